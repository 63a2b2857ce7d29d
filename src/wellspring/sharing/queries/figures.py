"""Figures of sessions, talks and ideas: by unit, by month, by state, and how long it takes until an idea is decided."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import (
    Attendance,
    Decision,
    Idea,
    IdeaStatus,
    SessionState,
    SharingSession,
    Talk,
    TalkState,
)

Span = tuple[date, date]
"""First and last day, both included."""


@dataclass(slots=True)
class Tally:
    """What was counted, of a unit or of a month."""

    sessions: int = 0
    """Held."""
    attended: int = 0
    """People present, over all those sessions."""
    talks: int = 0
    """Given."""
    ideas: int = 0
    """Handed in."""
    golden: int = 0
    """Of those, found golden by now."""
    adopted: int = 0
    """Of those, in the plan or carried out by now."""
    reported: int = 0
    """Of those, carried out and reported back by now."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days passed until something happened to an idea."""

    days: float | None
    """The median; None where it happened to none."""
    count: int
    """To how many ideas it happened."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some units in a span of days."""

    total: Tally
    by_state: Sequence[tuple[IdeaStatus, int]]
    """Ideas that were handed in within the span, by where they stand now; every state."""
    by_month: Sequence[tuple[date, Tally]]
    """Every month of the span, by its first day."""
    by_unit: Sequence[tuple[OrgUnit, Tally]]
    """Units in which anything happened, top down."""
    until_decided: Wait
    """From handing in to the first decision by people."""
    until_adopted: Wait
    until_reported: Wait


@dataclass(slots=True)
class _Counting:
    units: dict[int, Tally] = field(default_factory=dict)
    months: dict[date, Tally] = field(default_factory=dict)

    def add(self, org: int, month: date, one: Tally) -> None:
        self.units[org] = self.units.get(org, Tally()) + one
        self.months[month] = self.months.get(month, Tally()) + one


def units_with_figures(viewer: Viewer) -> QuerySet[OrgUnit]:
    """Units whose figures she sees, top down."""
    return OrgUnit.objects.filter(viewer.below(Permission.SEE_FIGURES)).order_by("path")


def figures_of(viewer: Viewer, span: Span, unit: OrgUnit | None = None) -> Figures:
    """Of `unit` and all below it, without it of all units whose figures she sees. Six queries."""
    where = viewer.below(Permission.SEE_FIGURES, "org__path")
    if unit is not None:
        where &= Q(org__path__startswith=unit.path)
    counting = _Counting({}, {month: Tally() for month in _months(span)})
    _count(counting, SharingSession.objects.filter(where, state=SessionState.HELD), "starts_at", span, "sessions")
    _count_attended(counting, where, span)
    _count(counting, Talk.objects.filter(where, state=TalkState.GIVEN), "given_at", span, "talks")
    waits = _count_ideas(counting, Idea.objects.filter(where), span)
    units = OrgUnit.objects.filter(pk__in=counting.units).order_by("path")
    total = Tally()
    for tally in counting.units.values():
        total += tally
    return Figures(
        total=total,
        by_state=waits.states,
        by_month=sorted(counting.months.items()),
        by_unit=[(each, counting.units[each.pk]) for each in units],
        until_decided=_wait(waits.decided),
        until_adopted=_wait(waits.adopted),
        until_reported=_wait(waits.reported),
    )


@dataclass(slots=True)
class _Waits:
    states: list[tuple[IdeaStatus, int]] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)
    adopted: list[float] = field(default_factory=list)
    reported: list[float] = field(default_factory=list)


def _count_ideas(counting: _Counting, ideas: QuerySet[Idea], span: Span) -> _Waits:
    rows = _within(ideas, "proposed_at", span).annotate(
        first_decided=_first(Q(decided_by__isnull=False)),
        first_adopted=_first(Q(status=IdeaStatus.ADOPTED)),
        first_reported=_first(Q(status=IdeaStatus.REPORTED)),
    )
    states: Counter[str] = Counter()
    waits = _Waits()
    fields = ("org", "status", "is_golden", "proposed_at", "first_decided", "first_adopted", "first_reported")
    for org, status, is_golden, begun, *moments in rows.order_by().values_list(*fields):
        states[status] += 1
        in_plan = status in (IdeaStatus.ADOPTED, IdeaStatus.REPORTED)
        one = Tally(ideas=1, golden=is_golden, adopted=in_plan, reported=status == IdeaStatus.REPORTED)
        counting.add(org, timezone.localtime(begun).date().replace(day=1), one)
        for wait, moment in zip((waits.decided, waits.adopted, waits.reported), moments, strict=True):
            if moment is not None:
                wait.append(max(0.0, (moment - begun) / timedelta(days=1)))
    waits.states = [(status, states[status]) for status in IdeaStatus]
    return waits


def _count(counting: _Counting, rows: QuerySet, moment: str, span: Span, name: str) -> None:  # type: ignore[type-arg]  # sessions or talks
    found = _within(rows, moment, span).order_by().annotate(month=TruncMonth(moment))
    for org, month, count in found.values_list("org", "month").annotate(n=Count("pk")):
        counting.add(org, month.date(), Tally(**{name: count}))


def _count_attended(counting: _Counting, where: Q, span: Span) -> None:
    sessions = _within(SharingSession.objects.filter(where, state=SessionState.HELD), "starts_at", span)
    rows = Attendance.objects.filter(session__in=sessions.order_by().values("pk")).order_by()
    rows = rows.annotate(month=TruncMonth("session__starts_at"))
    for org, month, count in rows.values_list("session__org", "month").annotate(n=Count("pk")):
        counting.add(org, month.date(), Tally(attended=count))


def _first(which: Q) -> Subquery:
    rows = Decision.objects.filter(which, idea=OuterRef("pk")).order_by().values("idea")
    return Subquery(rows.annotate(first=Min("decided_at")).values("first"))


def _within(rows: QuerySet, moment: str, span: Span) -> QuerySet:  # type: ignore[type-arg]  # of any of the tables
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in span)
    return rows.filter(**{f"{moment}__gte": first, f"{moment}__lt": last + timedelta(days=1)})


def _months(span: Span) -> Iterable[date]:
    month = span[0].replace(day=1)
    while month <= span[1]:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _wait(days: list[float]) -> Wait:
    return Wait(round(statistics.median(days), 1) if days else None, len(days))
