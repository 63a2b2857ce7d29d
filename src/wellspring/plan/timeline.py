"""A plan's items drawn over its days: pure reckoning of bars and marks, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from wellspring.plan.models import ItemState, PlanItem, WorkPlan

WIDTH, LEFT, RIGHT = 960, 8, 8
HEAD, ROW, BAR = 34, 46, 12
_MANY_DAYS = 45
"""Up to so many days weeks are marked, beyond that months."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line down the drawing with what it says above it."""

    x: float
    text: str

    @property
    def is_last(self) -> bool:
        """So near to the edge that its words stand before it."""
        return self.x > WIDTH - 70


@dataclass(frozen=True, slots=True)
class Bar:
    """An item's time: from when it was begun, or added, to its due day, or the day on which it ended."""

    item: PlanItem
    begins: date
    ends: date
    x: float
    y: float
    width: float
    kind: str
    """`planned`, `under_way`, `done`, `ended`, with `overdue` or `risk` before those."""

    @property
    def text_y(self) -> float:
        return self.y - 8

    @property
    def middle(self) -> float:
        return self.y + BAR / 2

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    today: float | None
    """Where today is; None where it is not in the drawing."""
    width: int
    height: int
    bar: int = BAR

    @property
    def bottom(self) -> int:
        return self.height - 6


def timeline_of(plan: WorkPlan, items: Sequence[PlanItem]) -> Timeline:
    """Bars for these items of the plan, in their order; the days reach as far as the plan and its items do."""
    today = timezone.localdate()
    spans = [(item, *_span(item)) for item in items]
    first = min([plan.starts_on, *(max(begins, plan.starts_on - timedelta(days=31)) for _item, begins, _ends in spans)])
    last = min(max([plan.ends_on, *(ends for _item, _begins, ends in spans)]), plan.ends_on + timedelta(days=366))
    days = (last - first).days + 1
    scale = (WIDTH - LEFT - RIGHT) / days

    def at(day: date) -> float:
        return round(LEFT + (min(max(day, first), last + timedelta(days=1)) - first).days * scale, 1)

    bars = []
    for number, (item, begins, ends) in enumerate(spans):
        left, right = at(begins), at(ends + timedelta(days=1))
        y = HEAD + number * ROW + 26
        bars.append(Bar(item, begins, ends, left, y, max(round(right - left, 1), 4), _kind(item)))
    now = round(at(today) + scale / 2, 1) if first <= today <= last else None
    return Timeline(tuple(bars), tuple(_marks(first, last, at)), now, WIDTH, HEAD + len(bars) * ROW + 10)


def _span(item: PlanItem) -> tuple[date, date]:
    begins = timezone.localtime(item.begun_at or item.created_at).date()
    ends = item.due_on
    if item.ended_at is not None:
        ends = timezone.localtime(item.ended_at).date()
    return min(begins, ends), ends


def _kind(item: PlanItem) -> str:
    if item.is_overdue:
        return "overdue"
    if item.is_open:
        return "risk" if item.is_at_risk else item.state
    return "done" if item.state == ItemState.DONE else "ended"


def _marks(first: date, last: date, at: object) -> list[Mark]:
    assert callable(at)
    marks = []
    if (last - first).days < _MANY_DAYS:
        day = first - timedelta(days=first.weekday())
        while day <= last:
            if day >= first:
                marks.append(Mark(at(day), date_format(day, pgettext("date format", "j F"))))
            day += timedelta(days=7)
        return marks
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            marks.append(Mark(at(day), date_format(day, pgettext("date format of a month", "F"))))
        day = (day + timedelta(days=32)).replace(day=1)
    return marks
