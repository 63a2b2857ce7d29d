"""From the golden idea to the plan and back: adopted, carried out, reported to its proposer and backers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_plan
from tests.sharing.factories import make_idea, make_session, make_talk
from wellspring.core.models import Notification
from wellspring.core.origins import origin_kinds
from wellspring.people.viewer import INSTALLATION, viewer_of
from wellspring.plan.models import Period, PlanItem, Verdict, WorkPlan
from wellspring.plan.services.items import ItemWords
from wellspring.plan.services.outcomes import record_outcome
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import AgendaSlot, Endorsement, Idea, IdeaFollow, IdeaStatus
from wellspring.sharing.services.adoption import PlanToOpen, adopt_idea
from wellspring.sharing.services.decisions import decide_idea
from wellspring.sharing.services.ideas import collect_ideas

pytestmark = pytest.mark.django_db


def words(idea: Idea, **more: Any) -> ItemWords:
    more.setdefault("owner", make_member(org=idea.org))
    return ItemWords(goal=idea.title, due_on=timezone.localdate() + timedelta(days=10), **more)


def golden(**fields: Any) -> Idea:
    return make_idea(status=IdeaStatus.GOLDEN, is_golden=True, **fields)


def adopted(idea: Idea, **more: Any) -> PlanItem:
    return adopt_idea(actor=make_viewer("leader"), idea=idea, plan=make_plan(org=idea.org), wanted=words(idea), **more)


def test_a_golden_idea_becomes_an_item_that_names_it_as_its_origin() -> None:
    idea = golden()
    item = adopted(idea)
    idea.refresh_from_db()
    assert (item.origin_kind, item.origin_id) == ("sharing.idea", idea.pk)
    assert (idea.status, idea.is_golden) == (IdeaStatus.ADOPTED, True)
    last = idea.decisions.last()
    assert last is not None
    assert last.status == IdeaStatus.ADOPTED
    assert Notification.objects.get(kind="sharing.idea_adopted").user == idea.proposer.user


def test_the_plan_of_a_month_is_opened_with_its_first_idea() -> None:
    idea = golden()
    plan = PlanToOpen(Period.MONTH, timezone.localdate().replace(day=1))
    item = adopt_idea(actor=make_viewer("leader"), idea=idea, plan=plan, wanted=words(idea))
    assert item.plan == WorkPlan.objects.get(org=idea.org)


def test_the_form_sent_twice_makes_one_item() -> None:
    idea = golden()
    assert adopted(idea, once="a1") == adopted(idea, once="a1")
    with pytest.raises(IdeaProblem):
        adopted(idea, once="a2")
    assert PlanItem.objects.count() == 1


def test_only_golden_and_studied_ideas_go_into_the_plan() -> None:
    for status in (IdeaStatus.COLLECTED, IdeaStatus.KEPT, IdeaStatus.DECLINED, IdeaStatus.REPORTED):
        with pytest.raises(IdeaProblem):
            adopted(make_idea(status=status, decision_reason="经费"))


def test_the_chair_adopts_what_her_session_found_golden_and_colleagues_do_not() -> None:
    talk = make_talk()
    (idea,) = collect_ideas(actor=INSTALLATION, talk=talk)
    host = make_member()
    AgendaSlot.objects.create(session=make_session(org=talk.org, host=host), speaker=talk.author, talk=talk)
    chair = viewer_of(host.user)
    idea = decide_idea(actor=chair, idea=idea, version=0, status="golden")
    with pytest.raises(PermissionDenied):
        adopt_idea(actor=make_viewer("worker"), idea=idea, plan=make_plan(org=idea.org), wanted=words(idea))
    assert adopt_idea(actor=chair, idea=idea, plan=make_plan(org=idea.org), wanted=words(idea)).origin_id == idea.pk


def test_an_idea_goes_into_a_plan_of_its_own_unit_only() -> None:
    idea = golden()
    with pytest.raises(IdeaProblem):
        adopt_idea(actor=INSTALLATION, idea=idea, plan=make_plan(org=make_org("荷塘社区")), wanted=words(idea))


def test_proposer_backers_and_followers_are_told_the_outcome() -> None:
    idea = golden(is_open=True)
    backer, follower = make_member(), make_member(org=make_org("荷塘社区"))
    Endorsement.objects.create(idea=idea, member=backer)
    IdeaFollow.objects.create(idea=idea, user=follower.user)
    item = adopted(idea)
    record_outcome(actor=make_viewer("leader"), item=item, verdict=Verdict.REACHED, text="误时投放少了六成")
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.REPORTED
    last = idea.decisions.last()
    assert last is not None
    assert (last.status, last.decided_by) == (IdeaStatus.REPORTED, None)
    notices = Notification.objects.filter(kind="sharing.idea_reported")
    assert {notice.user for notice in notices} == {idea.proposer.user, backer.user, follower.user}
    assert notices[0].data["verdict"] == "reached"


def test_an_idea_that_waits_for_the_outcome_comes_back_with_it() -> None:
    item = adopted(golden())
    waiting = decide_idea(
        actor=make_viewer("leader"), idea=make_idea(), version=0, status="kept", reason="先看效果", revisit_item=item
    )
    record_outcome(actor=make_viewer("leader"), item=item, verdict=Verdict.PARTLY, text="有改善")
    waiting.refresh_from_db()
    assert waiting.status == IdeaStatus.COLLECTED
    assert waiting.returned_at is not None


def test_an_item_shows_its_idea_with_a_link_to_those_only_who_may_open_it() -> None:
    idea = golden()
    links = origin_kinds()["sharing.idea"].links
    mine = links(make_viewer("worker"), [idea.pk, 999_999])
    assert list(mine) == [idea.pk]
    assert mine[idea.pk].address.endswith(f"/ideas/{idea.pk}/")
    assert links(make_viewer("worker", org=make_org("荷塘社区")), [idea.pk])[idea.pk].address == ""


def test_the_plans_to_choose_are_those_of_now_and_next_that_are_not_closed() -> None:
    from wellspring.sharing.forms.adoption import plans_to_choose

    org = make_org()
    closed = make_plan(org=org, starts_on=date(2026, 11, 1))
    closed.closed_at = timezone.now()
    closed.save()
    year = make_plan(org=org, starts_on=date(2026, 1, 1), period=Period.YEAR)
    make_plan(org=org, starts_on=date(2026, 8, 1))
    chosen = plans_to_choose(org, date(2026, 11, 24))
    assert chosen == [PlanToOpen(Period.MONTH, date(2026, 12, 1)), PlanToOpen(Period.QUARTER, date(2026, 10, 1)), year]
