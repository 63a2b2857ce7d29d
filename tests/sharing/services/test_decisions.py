"""Deciding on ideas: who may, what each decision needs, who is told, and what happens when two decide at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.plan.factories import make_item, make_plan
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.viewer import INSTALLATION, viewer_of
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import AgendaSlot, Endorsement, Idea, IdeaStatus, SessionState, Talk
from wellspring.sharing.services.decisions import decide_idea
from wellspring.sharing.services.ideas import change_idea, collect_ideas, propose_idea

pytestmark = pytest.mark.django_db


def decided(idea: Idea, status: str, *, actor: Any = None, version: int | None = None, **more: Any) -> Idea:
    actor = actor or make_viewer("leader")
    return decide_idea(
        actor=actor, idea=idea, version=idea.version if version is None else version, status=status, **more
    )


def on_agenda(talk: Talk, **fields: Any) -> AgendaSlot:
    host = make_member()
    session = make_session(org=talk.org, host=host, **fields)
    return AgendaSlot.objects.create(session=session, speaker=talk.author, talk=talk)


def test_each_suggestion_of_a_talk_begins_one_idea_however_often_it_is_handed_in() -> None:
    talk = make_talk(suggestions=("设误时投放点", "晚间志愿岗"))
    first = collect_ideas(actor=viewer_of(talk.author.user), talk=talk)
    again = collect_ideas(actor=viewer_of(talk.author.user), talk=talk)
    assert [idea.title for idea in first] == ["设误时投放点", "晚间志愿岗"]
    assert first == again
    assert {(idea.org, idea.proposer) for idea in first} == {(talk.org, talk.author)}


def test_a_golden_idea_is_recorded_and_its_proposer_and_backers_are_told() -> None:
    idea, leader = make_idea(), make_viewer("leader")
    colleague, gone = make_member(), make_member()
    for member in (colleague, gone):
        Endorsement.objects.create(idea=idea, member=member)
    gone.left_on = timezone.localdate()
    gone.save()
    idea = decided(idea, "golden", actor=leader)
    assert (idea.status, idea.is_golden) == (IdeaStatus.GOLDEN, True)
    assert [decision.decided_by for decision in idea.decisions.all()] == [leader.user]
    told = {notice.user for notice in Notification.objects.filter(kind="sharing.idea_decided")}
    assert told == {idea.proposer.user, colleague.user}
    entry = AuditEntry.objects.get(action="sharing.idea_decided")
    assert (entry.data["decision"], entry.data["before"], entry.org_path) == ("golden idea", "collected", idea.org.path)


@pytest.mark.parametrize("status", ["declined", "kept"])
def test_every_no_and_every_later_needs_its_reason(status: str) -> None:
    idea = make_idea()
    with pytest.raises(IdeaProblem) as problem:
        decided(idea, status, reason="  ", revisit_when="明年入夏")
    assert problem.value.field == "reason"
    idea = decided(idea, status, reason="场地要到明年才腾出来", revisit_when="明年入夏")
    assert idea.decision_reason == "场地要到明年才腾出来"


def test_a_later_needs_a_condition_a_day_or_an_item() -> None:
    idea = make_idea()
    with pytest.raises(IdeaProblem) as problem:
        decided(idea, "kept", reason="再等等")
    assert problem.value.field == "revisit_when"
    with pytest.raises(IdeaProblem) as problem:
        decided(idea, "kept", reason="再等等", revisit_on=timezone.localdate())
    assert problem.value.field == "revisit_on"
    elsewhere = make_item(plan=make_plan(org=make_org("荷塘社区")))
    with pytest.raises(IdeaProblem) as problem:
        decided(idea, "kept", reason="再等等", revisit_item=elsewhere)
    assert problem.value.field == "revisit_item"
    item = make_item(plan=make_plan(org=idea.org))
    assert decided(idea, "kept", reason="再等等", revisit_item=item).revisit_item == item


def test_a_second_person_who_decides_meanwhile_is_shown_what_was_decided() -> None:
    idea = make_idea()
    decided(idea, "golden")
    with pytest.raises(ChangedMeanwhile) as changed:
        decided(idea, "declined", reason="经费不够", version=0)
    assert changed.value.version == 1
    rows = {row.label: (row.now, row.wanted) for row in changed.value.differences}
    assert len(rows) == 3
    assert any(row.wanted == "经费不够" for row in changed.value.differences)
    idea.refresh_from_db()
    assert idea.status == "golden"


def test_the_same_form_sent_twice_is_one_decision() -> None:
    idea, leader = make_idea(), make_viewer("leader")
    decided(idea, "declined", actor=leader, reason="已有同类项目", version=0)
    decided(idea, "declined", actor=leader, reason="已有同类项目", version=0)
    assert idea.decisions.count() == 1


def test_a_decision_can_be_revised_and_the_history_stays() -> None:
    idea = make_idea()
    idea = decided(idea, "golden")
    idea = decided(idea, "studying")
    assert idea.is_golden
    idea = decided(idea, "declined", reason="物业不同意")
    assert not idea.is_golden
    assert [decision.status for decision in idea.decisions.all()] == ["golden", "studying", "declined"]


def test_the_chair_of_the_session_decides_on_its_talks_and_on_no_other() -> None:
    talk = make_talk()
    (idea,) = collect_ideas(actor=INSTALLATION, talk=talk)
    slot = on_agenda(talk, state=SessionState.RUNNING)
    assert slot.session.host is not None
    chair = viewer_of(slot.session.host.user)
    idea = decided(idea, "golden", actor=chair)
    assert idea.decisions.get().session == slot.session
    slot.session.refresh_from_db()
    assert slot.session.live_version == 1
    (other,) = collect_ideas(actor=INSTALLATION, talk=make_talk())
    with pytest.raises(PermissionDenied):
        decided(other, "golden", actor=chair)


def test_neither_colleagues_nor_other_communities_nor_observers_decide() -> None:
    idea = make_idea(is_open=True)
    elsewhere = make_viewer("leader", org=make_org("荷塘社区"))
    for actor in (make_viewer("worker"), make_viewer("observer"), elsewhere, viewer_of(idea.proposer.user)):
        with pytest.raises(PermissionDenied):
            decided(idea, "golden", actor=actor)


def test_a_chair_who_left_decides_no_more() -> None:
    talk = make_talk()
    (idea,) = collect_ideas(actor=INSTALLATION, talk=talk)
    host = on_agenda(talk).session.host
    assert host is not None
    host.left_on = timezone.localdate()
    host.save()
    with pytest.raises(PermissionDenied):
        decided(idea, "golden", actor=viewer_of(host.user))


def test_what_stands_in_the_plan_is_decided_there() -> None:
    idea = make_idea(status=IdeaStatus.ADOPTED)
    item = make_item(origin_kind="sharing.idea", origin_id=idea.pk, plan=make_plan(org=idea.org))
    with pytest.raises(IdeaProblem):
        decided(idea, "declined", reason="不做了")
    item.state, item.drop_reason = "dropped", "经费没有批下来"
    item.save()
    assert decided(idea, "declined", reason="不做了").status == IdeaStatus.DECLINED
    with pytest.raises(IdeaProblem):
        decided(make_idea(status=IdeaStatus.REPORTED), "golden")
    with pytest.raises(IdeaProblem):
        decided(make_idea(), "adopted")


def test_an_idea_by_hand_is_one_idea_when_its_form_is_sent_twice() -> None:
    member = make_member()
    actor = viewer_of(member.user)
    first = propose_idea(actor=actor, org=member.org, title=" 错峰  助餐 ")
    assert propose_idea(actor=actor, org=member.org, title="错峰 助餐") == first
    assert (first.title, first.proposer) == ("错峰 助餐", member)
    with pytest.raises(IdeaProblem):
        propose_idea(actor=actor, org=member.org, title="  ")
    with pytest.raises(PermissionDenied):
        propose_idea(actor=actor, org=make_org("荷塘社区"), title="错峰助餐")


def test_words_of_an_idea_stay_once_somebody_has_remarked_on_it() -> None:
    idea = make_idea()
    actor = viewer_of(idea.proposer.user)
    idea = change_idea(actor=actor, idea=idea, version=0, title="错时投放", details="每晚七点到九点")
    with pytest.raises(ChangedMeanwhile):
        change_idea(actor=actor, idea=idea, version=0, title="错时投放点", details="")
    make_remark(idea)
    with pytest.raises(IdeaProblem):
        change_idea(actor=actor, idea=idea, version=1, title="错时投放点", details="")


def test_a_study_has_its_deadline_and_asks_its_contributors() -> None:
    idea, one = make_idea(), make_member()
    with pytest.raises(IdeaProblem) as problem:
        decided(idea, "studying", study_due_on=timezone.localdate() - timedelta(days=1))
    assert problem.value.field == "study_due_on"
    idea = decided(idea, "studying", study_due_on=timezone.localdate() + timedelta(days=14), contributors=[one])
    assert list(idea.contributors.all()) == [one]
    assert Notification.objects.get(kind="sharing.study_asked").user == one.user
