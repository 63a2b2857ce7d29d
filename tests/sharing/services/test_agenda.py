"""The agenda: proposed, volunteered, declined, taken off, arranged; whose talk it is; what stays when plans change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.sharing.factories import make_session, make_talk
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import Member
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.errors import AgendaProblem
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.queries.agenda import agenda_of, waiting_talks
from wellspring.sharing.services.agenda import (
    choose_talk,
    move_slot,
    propose_speaker,
    propose_speakers,
    set_minutes,
    take_off,
    take_over_talk,
    volunteer,
)
from wellspring.sharing.services.sessions import cancel_session
from wellspring.sharing.services.speaking import agree_to_speak, decline_to_speak, enter_absence

pytestmark = pytest.mark.django_db


def be(member: Member) -> Viewer:
    return viewer_of(member.user)


def order(session: SharingSession) -> list[Member]:
    return [slot.speaker for slot in AgendaSlot.objects.filter(session=session).order_by("position", "id")]


def told(kind: str) -> list[str]:
    return [notice.user.full_name for notice in Notification.objects.filter(kind=kind).select_related("user")]


def test_a_proposed_speaker_is_told_and_the_chair_hears_her_answer() -> None:
    chair, speaker = make_member(full_name="主持"), make_member(full_name="李芳")
    session = make_session(host=chair)
    slot = propose_speaker(actor=be(chair), session=session, member=speaker)
    assert told("sharing.proposed") == ["李芳"]
    assert slot.why["place"] >= 1
    agree_to_speak(actor=be(speaker), slot=slot)
    assert agree_to_speak(actor=be(speaker), slot=slot).state == SlotState.AGREED
    assert told("sharing.answered") == ["主持"]


def test_nobody_is_on_an_agenda_twice_nor_from_elsewhere() -> None:
    leader, speaker, session = make_viewer("leader"), make_member(), make_session()
    propose_speaker(actor=leader, session=session, member=speaker)
    with pytest.raises(AgendaProblem):
        propose_speaker(actor=leader, session=session, member=speaker)
    with pytest.raises(AgendaProblem):
        propose_speaker(actor=leader, session=session, member=make_member("observer"))
    with pytest.raises(AgendaProblem):
        propose_speaker(actor=leader, session=session, member=make_member(left_on=timezone.localdate()))
    with pytest.raises(PermissionDenied):
        propose_speaker(actor=be(speaker), session=session, member=make_member())


def test_the_first_of_the_order_are_asked_and_nobody_against_whom_something_speaks() -> None:
    session = make_session()
    for _ in range(3):
        make_member()
    make_member(joined_on=timezone.localdate())
    assert len(propose_speakers(actor=make_viewer("leader"), session=session, count=10)) == 3
    with pytest.raises(AgendaProblem):
        propose_speakers(actor=make_viewer("leader"), session=session, count=1)


def test_whoever_volunteers_is_on_it_once_and_the_leaders_are_told() -> None:
    make_member("leader", full_name="负责人")
    me, session = make_member(), make_session()
    assert volunteer(actor=be(me), session=session) == volunteer(actor=be(me), session=session)
    assert told("sharing.volunteered") == ["负责人"]
    with pytest.raises(AgendaProblem):
        volunteer(actor=be(me), session=make_session(state=SessionState.HELD))


def test_a_volunteer_takes_herself_off_and_a_proposed_speaker_is_taken_off_with_a_reason() -> None:
    leader, me, session = make_viewer("leader"), make_member(full_name="李芳"), make_session()
    take_off(actor=be(me), slot=volunteer(actor=be(me), session=session))
    slot = propose_speaker(actor=leader, session=session, member=me)
    with pytest.raises(PermissionDenied):
        take_off(actor=be(me), slot=slot)
    with pytest.raises(AgendaProblem):
        take_off(actor=leader, slot=slot, reason=" ")
    take_off(actor=leader, slot=slot, reason="时间不够")
    assert told("sharing.taken_off") == ["李芳"]
    with pytest.raises(AgendaProblem):
        take_off(actor=leader, slot=slot, reason="再来一次")


def test_who_declined_can_come_after_all_or_be_asked_again() -> None:
    leader, me, session = make_viewer("leader"), make_member(), make_session()
    slot = propose_speaker(actor=leader, session=session, member=me)
    with pytest.raises(AgendaProblem):
        decline_to_speak(actor=be(me), slot=slot, reason="")
    assert decline_to_speak(actor=be(me), slot=slot, reason="培训").state == SlotState.DECLINED
    agree_to_speak(actor=be(me), slot=slot)
    assert decline_to_speak(actor=be(me), slot=slot, reason="发烧").state == SlotState.ABSENT
    again = propose_speaker(actor=leader, session=session, member=me)
    assert [each.pk for each in AgendaSlot.objects.filter(session=session)] == [again.pk]


def test_only_the_speaker_answers_and_only_who_leads_enters_an_absence() -> None:
    leader, me, other, session = make_viewer("leader"), make_member(), make_member(), make_session()
    slot = propose_speaker(actor=leader, session=session, member=me)
    for act in (agree_to_speak, lambda **more: decline_to_speak(reason="x", **more)):
        with pytest.raises(PermissionDenied):
            act(actor=leader, slot=slot)
    with pytest.raises(PermissionDenied):
        enter_absence(actor=be(other), slot=slot, reason="x")
    assert enter_absence(actor=leader, slot=slot, reason="请假").state == SlotState.ABSENT


def test_a_talk_that_was_not_given_waits_for_another_session() -> None:
    leader, me = make_viewer("leader"), make_member()
    session, following = make_session(), make_session(starts_at=timezone.now() + timedelta(days=20))
    talk = make_talk(author=me, state="ready")
    slot = propose_speaker(actor=leader, session=session, member=me)
    choose_talk(actor=be(me), slot=slot, talk=talk)
    assert not waiting_talks(following).exists()
    enter_absence(actor=leader, slot=slot, reason="住院")
    assert list(waiting_talks(following)) == [talk]
    taken = take_over_talk(actor=leader, session=following, talk=talk)
    assert (taken.talk, taken.state) == (talk, SlotState.PROPOSED)
    with pytest.raises(AgendaProblem):
        take_over_talk(actor=leader, session=make_session(), talk=talk)
    cancel_session(actor=leader, session=following, reason="台风")
    assert list(waiting_talks(session)) == [talk]


def test_a_speaker_chooses_among_her_own_talks_only() -> None:
    leader, me, session = make_viewer("leader"), make_member(), make_session()
    slot = propose_speaker(actor=leader, session=session, member=me)
    draft = make_talk(author=me, title="不要告诉别人")
    assert choose_talk(actor=be(me), slot=slot, talk=draft).state == SlotState.AGREED
    assert "不要告诉别人" not in str(AuditEntry.objects.get(action="sharing.slot_talk").data)
    for talk in (make_talk(state="ready"), make_talk(author=me, state="given")):
        with pytest.raises(AgendaProblem):
            choose_talk(actor=be(me), slot=slot, talk=talk)
    with pytest.raises(PermissionDenied):
        choose_talk(actor=leader, slot=slot, talk=draft)
    assert choose_talk(actor=be(me), slot=slot, talk=None).talk is None


def test_the_order_and_the_minutes_are_arranged_and_add_up() -> None:
    leader = make_viewer("leader")
    session = make_session(minutes=40)
    members = [make_member() for _ in range(3)]
    slots = [propose_speaker(actor=leader, session=session, member=member) for member in members]
    move_slot(actor=leader, slot=slots[2], up=True)
    move_slot(actor=leader, slot=slots[0], up=True)
    assert order(session) == [members[0], members[2], members[1]]
    set_minutes(actor=leader, slot=slots[0], minutes=20)
    for wrong in (0, -5, 181):
        with pytest.raises(AgendaProblem):
            set_minutes(actor=leader, slot=slots[0], minutes=wrong)
    agenda = agenda_of(leader, session)
    assert (agenda.minutes, agenda.over) == (50, 10)
    assert [row.begins - session.starts_at for row in agenda.rows if row.begins] == [
        timedelta(),
        timedelta(minutes=20),
        timedelta(minutes=35),
    ]


def test_at_a_session_under_way_whoever_is_put_down_speaks_and_phones_are_told() -> None:
    session = make_session(state=SessionState.RUNNING)
    slot = propose_speaker(actor=make_viewer("leader"), session=session, member=make_member())
    session.refresh_from_db()
    assert slot.state == SlotState.AGREED
    assert session.live_version > 0


def test_an_agenda_that_is_over_stays_as_it_is() -> None:
    leader, me = make_viewer("leader"), make_member()
    session = make_session(state=SessionState.HELD)
    slot = AgendaSlot.objects.create(session=session, speaker=me)
    for act in (
        lambda: propose_speaker(actor=leader, session=session, member=make_member()),
        lambda: move_slot(actor=leader, slot=slot, up=True),
        lambda: set_minutes(actor=leader, slot=slot, minutes=5),
        lambda: take_off(actor=leader, slot=slot, reason="x"),
        lambda: agree_to_speak(actor=be(me), slot=slot),
        lambda: choose_talk(actor=be(me), slot=slot, talk=None),
    ):
        with pytest.raises(AgendaProblem):
            act()
