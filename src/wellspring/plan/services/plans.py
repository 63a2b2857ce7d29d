"""Plans: opened, their note changed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import PlanProblem
from wellspring.plan.models import Period, WorkPlan
from wellspring.plan.queries.plans import first_day
from wellspring.plan.services.changing import open_plan_held

EARLIEST, LATEST_YEARS = date(2000, 1, 1), 3


@transaction.atomic
def open_plan(
    *, actor: Actor, org: OrgUnit, period: Period | str, starts_on: date, note: str = "", allowed: bool = False
) -> WorkPlan:
    """The unit's plan of the period that `starts_on` lies in; the one that is there already, where one is.

    `allowed`: the caller has asked whether the actor may. Raises PlanProblem for a closed unit or an unlikely day.
    """
    if not allowed:
        actor.require(Permission.MANAGE_PLAN, org=org)
    starts_on = first_day(period, starts_on)
    if not starts_on >= EARLIEST or starts_on.year > timezone.localdate().year + LATEST_YEARS:
        raise PlanProblem(_("No plan is made for %(year)s. Check the year.") % {"year": starts_on.year}, field="year")
    if org.closed_on:
        raise PlanProblem(_("%(unit)s is closed; no plan is opened there any more.") % {"unit": org.name})
    plan, is_new = WorkPlan.objects.get_or_create(
        org=org,
        period=Period(period),
        starts_on=starts_on,
        defaults={"note": note.strip(), "created_by": actor.user},
    )
    if is_new:
        audit.record("plan.opened", actor=actor.user, on=plan, data=_said(plan))
    return plan


@transaction.atomic
def change_note(*, actor: Actor, plan: WorkPlan, version: int, note: str) -> WorkPlan:
    """Write what the plan is about. Raises PlanClosed, ChangedMeanwhile."""
    held = open_plan_held(plan)
    actor.require(Permission.MANAGE_PLAN, org=held.org)
    note = note.strip()
    if held.version != version and held.note != note:
        differences = [Difference(_("Note"), held.note, note)]
        raise ChangedMeanwhile(version=held.version, differences=differences)
    if held.note != note:
        held.note = note
        held.version += 1
        held.save(update_fields=["note", "version"])
        audit.record("plan.note_changed", actor=actor.user, on=held, data=_said(held))
    return held


def _said(plan: WorkPlan) -> dict[str, str]:
    return {"period": str(plan.period), "starts_on": plan.starts_on.isoformat()}
