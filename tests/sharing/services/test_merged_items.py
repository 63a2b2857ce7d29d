"""An idea whose item was merged into another waits for the outcome of that one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people.factories import make_viewer
from tests.plan.factories import make_item, make_plan
from tests.sharing.factories import make_idea
from wellspring.plan.services.dividing import merge_items
from wellspring.plan.services.items import ItemWords
from wellspring.plan.services.outcomes import record_outcome
from wellspring.sharing.models import IdeaStatus
from wellspring.sharing.services.decisions import has_open_item

pytestmark = pytest.mark.django_db


def test_two_ideas_merged_into_one_item_are_both_reported_by_its_outcome() -> None:
    leader, plan = make_viewer("leader"), make_plan()
    ideas = [make_idea(status=IdeaStatus.ADOPTED, is_golden=True) for _ in range(2)]
    items = [make_item(plan=plan, origin_kind="sharing.idea", origin_id=idea.pk) for idea in ideas]
    due_on = timezone.localdate() + timedelta(days=1)
    wanted = ItemWords(goal="两个金点子一起做", owner=items[0].owner, due_on=due_on)
    one = merge_items(actor=leader, items=items, wanted=wanted)
    assert all(has_open_item(idea) for idea in ideas)

    record_outcome(actor=leader, item=one, verdict="reached", text="都做成了")

    for idea in ideas:
        idea.refresh_from_db()
        assert idea.status == IdeaStatus.REPORTED
        assert not has_open_item(idea)
