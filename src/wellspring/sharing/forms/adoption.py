"""The form by which an idea goes into the work plan: which plan, and the item."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.models import OrgUnit
from wellspring.plan.forms.items import ItemForm
from wellspring.plan.models import Period, WorkPlan
from wellspring.plan.queries.plans import first_day, following
from wellspring.sharing.models import Idea
from wellspring.sharing.services.adoption import PlanToOpen

LONGEST_DETAILS = 5000


class AdoptForm(ItemForm):
    """An item's form with the plan that it goes into; filled in from the idea and its newest details."""

    def __init__(self, data: Any, *, idea: Idea, details: str) -> None:
        plans = plans_to_choose(idea.org)
        self.plans = {_code(plan): plan for plan in plans}
        initial = {
            "goal": idea.title,
            "details": details[:LONGEST_DETAILS],
            "topic": idea.topic_id,
            "owner": idea.proposer_id,
            "due_on": _shown(plans[0]).ends_on,
        }
        super().__init__(data, plan=WorkPlan(org=idea.org), initial=initial)
        self.fields["where"] = forms.ChoiceField(
            label=_("Into which plan"), choices=[(code, _shown(plan).name) for code, plan in self.plans.items()]
        )
        self.order_fields(["version", "once", "where", *(name for name in self.fields if name != "where")])

    def chosen_plan(self) -> WorkPlan | PlanToOpen:
        """Of a valid form."""
        return self.plans[self.cleaned_data["where"]]


def plans_to_choose(org: OrgUnit, today: date | None = None) -> list[WorkPlan | PlanToOpen]:
    """This month's plan and the next one's, this quarter's and this year's, opened or not; then other open ones that
    are not over. One query."""
    today = today or timezone.localdate()
    rows = WorkPlan.objects.filter(org=org)
    there = {(plan.period, plan.starts_on): plan for plan in rows if plan.ends_on >= today}
    month = first_day(Period.MONTH, today)
    usual = [(Period.MONTH, month), (Period.MONTH, following(Period.MONTH, month))]
    usual += [(period, first_day(period, today)) for period in (Period.QUARTER, Period.YEAR)]
    chosen: list[WorkPlan | PlanToOpen] = []
    for period, starts_on in usual:
        plan = there.pop((period, starts_on), None)
        if plan is None:
            chosen.append(PlanToOpen(period, starts_on))
        elif plan.closed_at is None:
            chosen.append(plan)
    return chosen + [plan for plan in there.values() if plan.closed_at is None]


def _shown(plan: WorkPlan | PlanToOpen) -> WorkPlan:
    return plan if isinstance(plan, WorkPlan) else WorkPlan(period=plan.period, starts_on=plan.starts_on)


def _code(plan: WorkPlan | PlanToOpen) -> str:
    return f"{Period(plan.period).value}-{plan.starts_on.isoformat()}"
