"""`wellspring source add` and `source list`: sources from the shell."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from wellspring.cli.setup import data_option

if TYPE_CHECKING:
    from wellspring.library.services.trial import Trial

SHOWN = 10
REUSES = ("unknown", "full_text", "excerpt", "link_only")


@click.group()
def command() -> None:
    """Add a source, or see how the sources are."""


@command.command()
@click.argument("url")
@click.option("--name", help="Name readers see; the title of the feed or page by default.")
@click.option("--channel", metavar="SLUG", help="Channel its reports are filed in; the first one by default.")
@click.option("--pattern", default="", metavar="REGEX", help="Only reports whose address matches.")
@click.option("--reuse", type=click.Choice(REUSES), default="unknown", help="What the publisher lets us show.")
@click.option("--interval", default=60, metavar="MINUTES", help="Time between two visits (60).")
@click.option("--delay", type=float, metavar="SECONDS", help="Time between two requests; the installation's own.")
@click.option("--yes", is_flag=True, help="Save without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; nothing is asked, and --yes saves.")
@data_option
def add(
    url: str,
    name: str | None,
    channel: str | None,
    pattern: str,
    reuse: str,
    interval: int,
    delay: float | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Find out what URL is (feed, sitemap or list page), show what it would capture, and save it as a source."""
    from wellspring.cli.source_tables import show_saved, show_trial, trial_json
    from wellspring.library.models import Reuse
    from wellspring.library.services.sources import add_source, channel_named
    from wellspring.people.viewer import INSTALLATION

    asks = sys.stdin.isatty() and not yes and not as_json
    chosen = channel_named(channel) if channel else None
    trial = _trial(url, pattern, asks=asks, yes=yes, quiet=as_json)
    if not as_json:
        show_trial(trial, most=SHOWN)
    saves = trial.kind is not None and (yes or (asks and _confirmed()))
    source = None
    if saves and trial.kind is not None:
        source = add_source(
            actor=INSTALLATION,
            url=trial.url,
            name=name or trial.name,
            kind=trial.kind,
            channel=chosen,
            reuse=Reuse(reuse),
            pattern=pattern,
            interval_minutes=interval,
            delay=delay,
        )
    if as_json:
        click.echo(json.dumps(trial_json(trial, source), ensure_ascii=False, indent=2))
    elif trial.kind is not None:
        show_saved(source)
    if trial.kind is None:
        sys.exit(1)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def list_sources(as_json: bool) -> None:
    """Every source with its health: last visit, found, captured, refused, why, next visit."""
    from wellspring.cli.source_tables import health_json, show_health
    from wellspring.library.models import Source
    from wellspring.library.queries.sources import sources_with_health

    rows = sources_with_health(list(Source.objects.select_related("channel")))
    if as_json:
        click.echo(json.dumps([health_json(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        show_health(rows)


def _trial(url: str, pattern: str, *, asks: bool, yes: bool, quiet: bool) -> Trial:
    """Look at the address; of a page that advertises feeds, at the feed that is chosen instead."""
    from django.utils.translation import gettext as _
    from rich.console import Console

    from wellspring.library.crawling import fetch_settings
    from wellspring.library.services.trial import try_source

    console = Console(stderr=True, quiet=quiet)
    if "://" not in url:
        url = f"https://{url}"
    with console.status(_("Looking at %(url)s …") % {"url": url}):
        trial = try_source(url, fetch_settings(), pattern=pattern)
    if not trial.feeds or (not asks and (trial.kind is not None or not yes)):
        return trial
    feed = _chosen_feed(trial.feeds, must=trial.kind is None) if asks else trial.feeds[0]
    if not feed:
        return trial
    with console.status(_("Looking at %(url)s …") % {"url": feed}):
        return try_source(feed, fetch_settings(), pattern=pattern)


def _chosen_feed(feeds: tuple[str, ...], *, must: bool) -> str:
    from django.utils.translation import gettext as _

    click.echo(_("This page advertises feeds, which tell more surely what is new:"))
    for number, feed in enumerate(feeds, 1):
        click.echo(f"  {number}  {feed}")
    number = click.prompt(
        _("Number of the feed to use (0: none of them)"),
        type=click.IntRange(0, len(feeds)),
        default=1 if must else 0,
    )
    return feeds[number - 1] if number else ""


def _confirmed() -> bool:
    from django.utils.translation import gettext as _

    return click.confirm(_("Save it as a source?"), default=True)
