"""Plan items that came of ideas, with their updates and outcomes up to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from wellspring.demo.year.cast import Cast
from wellspring.demo.year.told import ToldItem
from wellspring.people.models import OrgUnit
from wellspring.plan.models import ItemState, Outcome, Period, PlanItem, Postponement, Progress, WorkPlan
from wellspring.sharing.models import Idea


def write_item(
    told: ToldItem, *, idea: Idea, cast: Cast, after: Callable[[int, int], datetime], now: datetime
) -> PlanItem:
    """The item in the plan of the period in which it is due."""
    due_on = after(told.due, 0).date()
    item = PlanItem.objects.create(
        plan=plan_of(idea.org, told.period, due_on),
        goal=told.goal,
        topic=idea.topic,
        measure=told.measure,
        unit=told.unit,
        baseline=told.baseline,
        target=told.target,
        owner=cast.member(told.owner),
        due_on=due_on,
        origin_kind="sharing.idea",
        origin_id=idea.pk,
        created_by=cast.user("shen"),
        created_at=after(told.days, 30),
    )
    item.co_owners.set(cast.member(key) for key in told.co_owners)
    for update in told.progress:
        at = after(update.days, 120)
        if at > now:
            continue
        Progress.objects.create(
            item=item,
            text=update.text,
            value=update.value,
            is_at_risk=update.risk,
            written_by=cast.user(update.by),
            written_at=at,
        )
        item.state, item.is_at_risk = ItemState.UNDER_WAY, update.risk
        item.begun_at = item.begun_at or at
    moved = told.postponed
    if moved is not None and after(moved.days, 0) <= now:
        item.due_on = after(moved.until, 0).date()
        item.plan = plan_of(idea.org, told.period, item.due_on)
        Postponement.objects.create(
            item=item,
            from_on=due_on,
            until_on=item.due_on,
            reason=moved.reason,
            postponed_by=cast.user(moved.by),
            postponed_at=after(moved.days, 0),
        )
    outcome = told.outcome
    if outcome is not None and after(outcome.days, 150) <= now:
        Outcome.objects.create(
            item=item,
            verdict=outcome.verdict,
            value=outcome.value,
            text=outcome.text,
            recorded_by=cast.user(outcome.by),
            recorded_at=after(outcome.days, 150),
        )
        item.state, item.is_at_risk, item.ended_at = ItemState.DONE, False, after(outcome.days, 150)
    item.save()
    return item


def plan_of(org: OrgUnit, period: str, day: date) -> WorkPlan:
    """The unit's plan of the month, quarter or year that a day lies in; opened where there is none."""
    months = Period(period).months
    starts_on = date(day.year, (day.month - 1) // months * months + 1, 1)
    return WorkPlan.objects.get_or_create(org=org, period=period, starts_on=starts_on)[0]
