"""What `wellspring source` prints: tables for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wellspring.cli.setup import as_typed
from wellspring.core.errors import told, told_stored
from wellspring.library.models import Source
from wellspring.library.queries.sources import Health, SourceHealth
from wellspring.library.services.trial import Trial
from wellspring.library.templatetags.crawling import health_name, kind_name, why

MOST_IN_JSON = 500
"""Pages named in JSON; a sitemap may list a hundred times as many, and `would_capture` counts them all."""


def show_trial(trial: Trial, *, most: int) -> None:
    """What the address is and the first reports it would give."""
    console = Console()
    if trial.kind is None:
        click.echo(told(trial.problem) if trial.problem else trial.url)
        click.echo(_("It advertises these feeds; add one of them instead:"))
        for feed in trial.feeds:
            click.echo(f"  wellspring source add {feed}")
        return
    click.echo(f"{trial.name} · {kind_name(trial.kind)} · {trial.url}")
    if trial.sitemaps:
        click.echo(
            _("An index of %(count)s sitemaps; shown is the newest with reports in it.") % {"count": trial.sitemaps}
        )
    table = Table(box=None, show_edge=False, pad_edge=False)
    table.add_column("#", justify="right")
    table.add_column(_("Report"), overflow="fold", ratio=3)
    table.add_column(_("Updated"), no_wrap=True)
    table.add_column(_("Address"), overflow="fold", ratio=4)
    for number, page in enumerate(trial.pages[:most], 1):
        table.add_row(str(number), Text(page.title or "–"), _moment(page.updated_at), Text(page.url))
    if trial.pages:
        console.print(table)
    count = {"count": len(trial.pages), "found": trial.found}
    if len(trial.pages) != trial.found:
        click.echo(_("%(count)s of %(found)s reports match the pattern and would be captured.") % count)
    elif trial.pages:
        click.echo(_("%(count)s reports would be captured.") % count)
    else:
        click.echo(_("There are no reports in it at present; new ones are captured as they come."))
    if trial.feeds:
        click.echo(_("The page also advertises a feed: %(url)s") % {"url": trial.feeds[0]})


def show_saved(source: Source | None) -> None:
    """What happens next."""
    if source is None:
        click.echo(_("Nothing was saved. Add --yes to save it without being asked."))
        return
    click.echo(
        _(
            "Saved as “%(name)s” in channel %(channel)s. It is visited every %(minutes)s minutes while the crawler "
            "runs (`wellspring up`), or now with: %(command)s"
        )
        % {
            "name": source.name,
            "channel": source.channel.name,
            "minutes": source.interval_minutes,
            "command": as_typed(f"crawl --once --source {source.pk}"),
        }
    )


def trial_json(trial: Trial, source: Source | None) -> dict[str, Any]:
    return {
        "url": trial.url,
        "kind": trial.kind.value if trial.kind else None,
        "name": trial.name,
        "found": trial.found,
        "would_capture": len(trial.pages),
        "pages": [
            {"url": page.url, "title": page.title, "updated_at": _iso(page.updated_at)}
            for page in trial.pages[:MOST_IN_JSON]
        ],
        "sitemaps": trial.sitemaps,
        "feeds": list(trial.feeds),
        "problem": told(trial.problem) if trial.problem else None,
        "saved": {"id": source.pk, "name": source.name, "channel": source.channel.slug} if source else None,
    }


def show_health(rows: Sequence[SourceHealth]) -> None:
    if not rows:
        click.echo(_("There is no source yet. Add the first one: wellspring source add URL"))
        return
    table = Table(box=None, show_edge=False, pad_edge=False)
    table.add_column(_("Source"), overflow="fold", min_width=16)
    table.add_column(_("Kind"), overflow="fold", min_width=8)
    table.add_column(_("Last visit"), no_wrap=True)
    for title in (_("Found"), _("Captured"), _("Refused")):
        table.add_column(title, justify="right")
    table.add_column(_("State"), overflow="fold")
    table.add_column(_("Next visit"), no_wrap=True)
    for row in rows:
        last = row.last
        counts = (str(last.found), str(last.captured), str(last.refused)) if last else ("–", "–", "–")
        table.add_row(
            Text(f"{row.source.pk} {row.source.name}"),
            kind_name(row.source.kind),
            _visit(last.finished_at) if last else "–",
            *counts,
            Text(_state(row)),
            _visit(row.next_visit_at),
        )
    Console().print(table)


def health_json(row: SourceHealth) -> dict[str, Any]:
    last = row.last
    return {
        "id": row.source.pk,
        "name": row.source.name,
        "url": row.source.url,
        "kind": row.source.kind,
        "channel": row.source.channel.slug,
        "reuse": row.source.reuse,
        "pattern": row.source.pattern,
        "health": row.health.value,
        "reports": row.reports,
        "refused_now": row.refused,
        "last_visit": {
            "started_at": _iso(last.started_at),
            "finished_at": _iso(last.finished_at),
            "found": last.found,
            "captured": last.captured,
            "refused": last.refused,
            "error": last.error_code or None,
            "why": told_stored(last.error_message, last.error_data) or None,
        }
        if last
        else None,
        "next_visit_at": _iso(row.next_visit_at),
    }


def _state(row: SourceHealth) -> str:
    return why(row.last) if row.health is Health.FAILING else health_name(row.health)


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "–"


def _visit(moment: datetime | None) -> str:
    """Visits are not far away, and the line has room for the sources' names so."""
    return timezone.localtime(moment).strftime("%m-%d %H:%M") if moment else "–"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
