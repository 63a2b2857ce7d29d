"""Trials of addresses, as the desk shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from wellspring.engine.fetch.discover import narrowed
from wellspring.engine.records import CaptureKind, FoundPage
from wellspring.library.models import Source, SourceTrial
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

SHOWN = 10
KNOWN_ADDRESSES = 200


@dataclass(frozen=True, slots=True)
class Matches:
    """What a pattern lets through."""

    pages: list[FoundPage]
    """The first ten of them."""
    matching: int
    total: int


def visible_trials(*, viewer: Viewer) -> QuerySet[SourceTrial]:
    """Trials that the viewer may look at: all of them for who manages sources."""
    trials = SourceTrial.objects.select_related("source", "opml")
    return trials if viewer.may(Permission.MANAGE_SOURCES) else trials.none()


def matches(pages: Sequence[Sequence[str]], pattern: str) -> Matches:
    """Which of these `[address, title]` the pattern lets through. Raises DiscoveryError for one that cannot be used."""
    found = [FoundPage(url, title or None) for url, title in pages]
    through = narrowed(found, pattern)
    return Matches(list(through[:SHOWN]), len(through), len(found))


def known_addresses(source: Source) -> list[list[str]]:
    """`[address, title]` that the source pointed to: as last tried, else what was captured or refused lately."""
    trial = SourceTrial.objects.filter(final_url=source.url, found__gt=0).order_by("-pk").first()
    if trial is not None:
        return [list(page) for page in trial.pages]
    captured = source.captures.filter(kind=CaptureKind.PAGE.value).order_by("-pk")
    rows = captured.values_list("requested_url", "snapshot__title")[:KNOWN_ADDRESSES]
    return [[url, title or ""] for url, title in rows]
