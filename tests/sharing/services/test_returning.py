"""Kept ideas come back by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.plan.factories import make_item, make_plan
from tests.sharing.factories import make_idea, make_session
from wellspring.core.models import AuditEntry, Notification
from wellspring.plan.models import ItemState
from wellspring.sharing.models import Idea, IdeaStatus
from wellspring.sharing.seasons import next_day_of
from wellspring.sharing.services.decisions import decide_idea
from wellspring.sharing.services.returning import look_after_ideas, return_due_ideas, tell_overdue_studies

pytestmark = pytest.mark.django_db


def kept(**when: Any) -> Idea:
    return decide_idea(
        actor=make_viewer("leader"), idea=make_idea(), version=0, status="kept", reason="天冷，等开春", **when
    )


def test_an_idea_comes_back_on_its_day_and_not_before() -> None:
    day = timezone.localdate() + timedelta(days=30)
    idea = kept(revisit_on=day, revisit_when="入春")
    assert return_due_ideas(day - timedelta(days=1)) == 0
    assert return_due_ideas(day) == 1
    assert return_due_ideas(day) == 0
    idea.refresh_from_db()
    assert (idea.status, idea.revisit_on) == (IdeaStatus.COLLECTED, None)
    assert idea.returned_at is not None
    last = idea.decisions.last()
    assert last is not None
    assert (last.status, last.decided_by, last.revisit_when) == ("collected", None, "入春")
    assert AuditEntry.objects.filter(action="sharing.idea_returned", actor=None).exists()


def test_a_condition_in_words_alone_is_looked_at_after_three_months() -> None:
    idea = kept(revisit_when="新食堂开张以后")
    assert idea.revisit_on is not None
    assert return_due_ideas(idea.revisit_on - timedelta(days=1)) == 0
    assert return_due_ideas(timezone.localdate() + timedelta(days=90)) == 1


def test_proposer_leaders_and_the_chair_are_told_that_it_came_back() -> None:
    chair, leader = make_member(), make_member("leader")
    idea = kept(revisit_on=timezone.localdate() + timedelta(days=1))
    make_session(org=idea.org, host=chair, starts_at=timezone.now() + timedelta(days=2))
    bystander = make_member()
    return_due_ideas(timezone.localdate() + timedelta(days=1))
    told = {notice.user for notice in Notification.objects.filter(kind="sharing.idea_returned")}
    assert {idea.proposer.user, chair.user, leader.user} <= told
    assert bystander.user not in told


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.DROPPED])
def test_an_idea_comes_back_when_the_item_it_waits_for_has_ended(state: str) -> None:
    item = make_item()
    idea = kept(revisit_item=item)
    assert look_after_ideas() == ""
    item.state, item.drop_reason = state, "经费没有批"
    item.save()
    assert "1" in look_after_ideas()
    idea.refresh_from_db()
    assert idea.returned_at is not None


def test_an_item_that_is_carried_on_is_waited_for_in_the_next_plan() -> None:
    item = make_item()
    kept(revisit_item=item)
    item.state = ItemState.CARRIED
    item.save()
    assert return_due_ideas() == 0
    later = make_item(plan=make_plan(starts_on=date(2031, 1, 1)), came_from=item, owner=item.owner)
    assert return_due_ideas() == 0
    later.state = ItemState.DONE
    later.save()
    assert return_due_ideas() == 1


def test_an_overdue_study_is_told_once() -> None:
    idea = make_idea(status=IdeaStatus.STUDYING, study_due_on=timezone.localdate() - timedelta(days=1))
    assert tell_overdue_studies() == 1
    assert tell_overdue_studies() == 0
    assert Notification.objects.get(kind="sharing.study_overdue").user == idea.proposer.user


@pytest.mark.parametrize(
    ("season", "today", "day"),
    [
        ("spring", date(2026, 1, 5), date(2026, 3, 1)),
        ("spring", date(2026, 3, 1), date(2027, 3, 1)),
        ("winter", date(2026, 12, 2), date(2027, 12, 1)),
        ("5", date(2026, 4, 30), date(2026, 5, 1)),
    ],
)
def test_a_season_is_the_next_day_on_which_it_begins(season: str, today: date, day: date) -> None:
    assert next_day_of(season, today) == day
