"""What of the work plan stands on `/today/`, and in private calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.calendar_sources import CalendarEntry, CalendarSource, register_calendar_source
from wellspring.core.registry import TodayCard, register_today_cards
from wellspring.people.models import Member, active
from wellspring.people.viewer import Viewer
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.queries.home import items_of
from wellspring.plan.queries.plans import visible_items

SHOWN = 5


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_today_cards(
        TodayCard("plan", "plan/_today.html", due_soon, order=30, styles="plan/plan.css"),
    )
    register_calendar_source(CalendarSource("plan", due_days))


def due_soon(viewer: Viewer) -> Mapping[str, object] | None:
    """What she owns or helps with that is overdue or due within a week; None where there is nothing of the kind."""
    mine = items_of(viewer, done_shown=0)
    near = [*mine.overdue, *mine.soon]
    if not near:
        return None
    return {"items": near[:SHOWN], "more": max(0, len(near) - SHOWN), "overdue": len(mine.overdue)}


def due_days(viewer: Viewer, first: date, last: date) -> Iterator[CalendarEntry]:
    """The due days of what she owns or helps with and is not finished."""
    if viewer.user is None:
        return
    hers = list(Member.objects.filter(active(), user=viewer.user).values_list("pk", flat=True))
    items = visible_items(viewer).filter(Q(owner__in=hers) | Q(co_owners__in=hers)).distinct()
    today = timezone.localdate()
    for item in items.filter(state__in=OPEN_STATES, due_on__range=(first, last)).order_by("due_on", "pk"):
        title = _("Due: %(goal)s") if item.due_on >= today else _("Overdue: %(goal)s")
        yield CalendarEntry(
            str(item.pk),
            title % {"goal": item.goal},
            item.due_on,
            item.due_on,
            path=reverse("plan:item", kwargs={"pk": item.pk}),
        )
