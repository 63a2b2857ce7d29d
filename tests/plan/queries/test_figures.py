"""Figures count what is due in a span of days, unit by unit, for who may see them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_item, make_plan
from wellspring.people.models import Level
from wellspring.plan.models import ItemState, Outcome
from wellspring.plan.queries.figures import plan_figures

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)


def test_items_are_counted_by_state_time_and_verdict() -> None:
    plan, writer = make_plan(starts_on=FIRST), make_member()
    for ended, verdict in ((20, "reached"), (25, "partly")):
        moment = datetime(2025, 3, ended, 23, 30, tzinfo=timezone.get_default_timezone())
        item = make_item(plan=plan, state=ItemState.DONE, due_on=date(2025, 3, 20), ended_at=moment)
        Outcome.objects.create(item=item, verdict=verdict, text="好", recorded_by=writer.user)
    make_item(plan=plan, due_on=LAST)
    make_item(plan=plan, due_on=LAST + timedelta(days=1))
    make_item(plan=plan, due_on=LAST, state=ItemState.CARRIED)
    (figures,) = plan_figures(make_viewer(), first=FIRST, last=LAST)
    assert (figures.total, figures.done, figures.planned, figures.overdue) == (3, 2, 1, 1)
    assert (figures.on_time, figures.reached, figures.partly, figures.missed) == (1, 1, 1, 0)


def test_the_subdistrict_sees_its_communities_and_nobody_sees_others() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    here = make_org("园东社区", parent=street)
    for org in (here, make_org("荷塘社区")):
        make_item(plan=make_plan(org=org, starts_on=FIRST), due_on=LAST)
    shown = plan_figures(make_viewer("observer", org=street), first=FIRST, last=LAST)
    assert [figures.org_name for figures in shown] == ["园东社区"]
    assert plan_figures(make_viewer("observer", org=street), first=FIRST, last=LAST, org=make_org("荷塘社区")) == []
