"""What `wellspring search` and `related` print: tables for people, JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from wellspring.engine.index import Marked
from wellspring.library.models import Snapshot
from wellspring.library.queries.search import FoundSnapshot

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def report_json(snapshot: Snapshot, excerpt: str) -> dict[str, Any]:
    return {
        "id": snapshot.pk,
        "title": snapshot.title,
        "excerpt": excerpt,
        "published_at": snapshot.published_at.isoformat() if snapshot.published_at else None,
        "source_name": snapshot.source_name or None,
        "channel": snapshot.channel.slug,
        "original_url": snapshot.original_url,
    }


def found_json(item: FoundSnapshot) -> dict[str, Any]:
    """The report, and the pieces of title and excerpt that match."""
    matches = [piece for piece, matched in (*item.title, *item.excerpt) if matched]
    return {**report_json(item.snapshot, plain(item.excerpt)), "matches": list(dict.fromkeys(matches))}


def plain(marked: Marked) -> str:
    return "".join(piece for piece, _matched in marked)


def show_found(items: Iterable[tuple[FoundSnapshot, Sequence[Snapshot]]]) -> None:
    """Each report with the place that matches, and where else the same is."""
    _show([(item.snapshot, _found(item, repeats)) for item, repeats in items])


def show_reports(snapshots: Sequence[Snapshot]) -> None:
    _show([(snapshot, _text(((snapshot.title, False),), "bold")) for snapshot in snapshots])


def _show(rows: Iterable[tuple[Snapshot, Any]]) -> None:
    table = Table(box=None, show_edge=False, pad_edge=False)
    table.add_column("ID", justify="right", no_wrap=True)
    table.add_column(_("Date"), no_wrap=True)
    table.add_column(_("Outlet"), overflow="fold", max_width=16)
    table.add_column(_("Report"), overflow="fold", ratio=1)
    for snapshot, report in rows:
        day = timezone.localtime(snapshot.dated_at).date().isoformat()
        table.add_row(str(snapshot.pk), day, _text(((snapshot.source_name, False),), ""), report)
    Console().print(table)


def _found(item: FoundSnapshot, repeats: Sequence[Snapshot]) -> Group:
    lines = [_text(item.title, "bold")]
    if item.excerpt:
        lines.append(_text(item.excerpt, "dim"))
    if repeats:
        where = " · ".join(f"{one.pk} {one.source.name if one.source else one.original_url}" for one in repeats)
        lines.append(_text(((f"{_('Also here:')} {where}", False),), ""))
    return Group(*lines)


def _text(marked: Marked, style: str) -> Text:
    """Matches stand out; what could steer the terminal is left out."""
    text = Text(style=style)
    for piece, matched in marked:
        text.append(_CONTROL.sub(" ", piece), style="yellow not dim" if matched else None)
    return text
