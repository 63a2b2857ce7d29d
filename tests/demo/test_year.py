"""The demo's year: ideas in every state, nothing in the future, history and present agree, gone with the demo."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.utils import timezone

from tests.library.factories import make_snapshot
from tests.people.factories import make_member
from tests.sharing.factories import make_remark
from wellspring.demo.leaving import leave_demo
from wellspring.demo.people import COMMUNITY
from wellspring.demo.seed import demo_sources, load_demo
from wellspring.demo.year.evidence import lay_evidence
from wellspring.people.models import OrgUnit
from wellspring.plan.models import ItemState, Outcome, PlanItem, Progress, WorkPlan
from wellspring.sharing.models import (
    Decision,
    Endorsement,
    Evidence,
    Idea,
    IdeaStatus,
    Remark,
    SessionSeries,
    SharingSession,
    StudyVersion,
    Talk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year() -> None:
    load_demo(base_port=8101)


def test_a_year_of_sessions_lies_behind() -> None:
    held = SharingSession.objects.filter(org__name=COMMUNITY, state="held")
    assert held.count() == 12
    assert len({(session.starts_at.year, session.starts_at.month) for session in held}) == 12
    assert all(timezone.localtime(session.starts_at).hour == 14 for session in held)
    assert Talk.objects.filter(state="given").count() == 24


def test_loading_it_again_changes_nothing() -> None:
    before = Idea.objects.count(), Remark.objects.count(), PlanItem.objects.count()
    load_demo(base_port=8101)
    assert (Idea.objects.count(), Remark.objects.count(), PlanItem.objects.count()) == before


def test_ideas_stand_in_every_state() -> None:
    states = set(Idea.objects.filter(org__name=COMMUNITY).values_list("status", flat=True))
    assert states == set(IdeaStatus.values)


def test_an_ideas_state_is_its_last_decision() -> None:
    for idea in Idea.objects.all():
        last = idea.decisions.last()
        assert (last.status if last else IdeaStatus.COLLECTED) == idea.status, idea.title
        assert idea.status != IdeaStatus.DECLINED or idea.decision_reason


def test_the_suggestion_of_the_report_was_studied_and_carried_out() -> None:
    idea = Idea.objects.get(title__startswith="提高居家养老服务普及率")
    assert idea.proposer.user.full_name == "小徐"
    assert idea.status == IdeaStatus.REPORTED
    assert idea.is_golden
    assert idea.study_versions.count() == 3
    item = PlanItem.objects.get(origin_kind="sharing.idea", origin_id=idea.pk)
    assert item.state == ItemState.DONE
    assert item.outcome.value is not None
    assert item.baseline is not None
    assert item.outcome.value > 2 * item.baseline
    assert item.postponements.count() == 1


def test_nothing_of_it_lies_in_the_future() -> None:
    now = timezone.now()
    for model, field in (
        (Decision, "decided_at"),
        (Remark, "said_at"),
        (Endorsement, "endorsed_at"),
        (StudyVersion, "written_at"),
        (Progress, "written_at"),
        (Outcome, "recorded_at"),
        (SharingSession, "ended_at"),
    ):
        assert not model._default_manager.filter(**{f"{field}__gt": now}).exists(), model


def test_nobody_endorses_her_own_idea() -> None:
    assert not Endorsement.objects.filter(member=F("idea__proposer")).exists()


def test_items_lie_in_the_period_of_their_plan() -> None:
    for item in PlanItem.objects.select_related("plan"):
        assert item.plan.starts_on <= item.due_on <= item.plan.ends_on, item.goal
    assert WorkPlan.objects.filter(closed_at__isnull=False).exists()
    assert WorkPlan.objects.filter(closed_at=None).exists()


def test_evidence_leads_to_the_reports_once_they_are_crawled() -> None:
    wanted = Evidence.objects.filter(title="家里“长”出一张养老床位")
    assert wanted.count() == 1
    assert lay_evidence() == 0
    source = demo_sources().first()
    snapshot = make_snapshot(title="家里“长”出一张养老床位", source=source)
    make_snapshot(title="一通电话追回的八万元")
    assert lay_evidence() == 1
    assert wanted.get().snapshot == snapshot
    assert lay_evidence() == 0


def test_it_goes_when_the_demo_is_left() -> None:
    leave_demo()
    for model in (Idea, SharingSession, SessionSeries, Talk, PlanItem, WorkPlan):
        assert not model._default_manager.exists(), model


def test_it_stays_where_somebody_from_outside_took_part() -> None:
    unit = OrgUnit.objects.get(name=COMMUNITY)
    idea = Idea.objects.filter(org=unit).first()
    assert idea is not None
    make_remark(idea, author=make_member(org=unit))
    leave_demo()
    assert SharingSession.objects.filter(org=unit, state="held").count() == 12


def test_the_next_session_has_its_chair_and_speakers_and_a_draft() -> None:
    coming = SharingSession.objects.filter(state="planned").order_by("starts_at")[0]
    assert coming.host is not None
    assert coming.starts_at > timezone.now()
    assert {slot.state for slot in coming.slots.all()} == {"agreed", "proposed"}
    assert Talk.objects.get(state="draft").suggestions.count() == 1
