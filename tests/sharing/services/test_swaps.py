"""Swaps: within a session, between two, stepping in; what makes them impossible meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member
from tests.sharing.factories import make_session, make_talk
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import Member
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.errors import AgendaProblem
from wellspring.sharing.models import AgendaSlot, SharingSession, SlotState
from wellspring.sharing.queries.swaps import partners_of, swaps_to_answer
from wellspring.sharing.services.agenda import take_off
from wellspring.sharing.services.speaking import decline_to_speak
from wellspring.sharing.services.swaps import answer_swap, ask_swap, withdraw_swap

pytestmark = pytest.mark.django_db


def be(member: Member) -> Viewer:
    return viewer_of(member.user)


def place(session: SharingSession, position: int = 0, **fields: object) -> AgendaSlot:
    speaker = make_member()
    return AgendaSlot.objects.create(
        session=session,
        speaker=speaker,
        position=position,
        state=SlotState.AGREED,
        talk=make_talk(author=speaker),
        **fields,
    )


def later() -> SharingSession:
    return make_session(starts_at=timezone.now() + timedelta(days=17))


def test_two_speakers_of_two_sessions_change_places_with_their_talks() -> None:
    one, other = place(make_session()), place(later())
    mine, hers = (one.speaker, one.talk), (other.speaker, other.talk)
    swap = ask_swap(actor=be(one.speaker), slot=one, asked=other.speaker, other=other, note="孩子开家长会")
    assert list(swaps_to_answer(be(other.speaker))) == [swap]
    answer_swap(actor=be(other.speaker), swap=swap, agrees=True)
    one.refresh_from_db()
    other.refresh_from_db()
    assert ((one.speaker, one.talk), (other.speaker, other.talk)) == (hers, mine)
    assert Notification.objects.get(kind="sharing.swap_answered").user == mine[0].user
    assert {entry.action for entry in AuditEntry.objects.all()} >= {"sharing.swap_asked", "sharing.swap_agreed"}


def test_two_speakers_of_one_session_change_their_turns() -> None:
    session = make_session()
    one, between, other = place(session, 0), place(session, 1), place(session, 2)
    answer_swap(
        actor=be(other.speaker),
        swap=ask_swap(actor=be(one.speaker), slot=one, asked=other.speaker, other=other),
        agrees=True,
    )
    order = AgendaSlot.objects.filter(session=session).order_by("position", "id")
    assert list(order) == [other, between, one]


def test_a_colleague_steps_in_and_the_talk_stays_with_its_author() -> None:
    slot, colleague = place(make_session()), make_member()
    answer_swap(actor=be(colleague), swap=ask_swap(actor=be(slot.speaker), slot=slot, asked=colleague), agrees=True)
    slot.refresh_from_db()
    assert (slot.speaker, slot.talk, slot.state) == (colleague, None, SlotState.AGREED)


def test_a_swap_that_is_declined_or_taken_back_changes_nothing() -> None:
    slot, colleague = place(make_session()), make_member()
    speaker = slot.speaker
    swap = ask_swap(actor=be(speaker), slot=slot, asked=colleague)
    with pytest.raises(AgendaProblem):
        ask_swap(actor=be(speaker), slot=slot, asked=make_member())
    answer_swap(actor=be(colleague), swap=swap, agrees=False)
    answer_swap(actor=be(colleague), swap=swap, agrees=False)
    with pytest.raises(AgendaProblem):
        answer_swap(actor=be(colleague), swap=swap, agrees=True)
    again = ask_swap(actor=be(speaker), slot=slot, asked=colleague)
    withdraw_swap(actor=be(speaker), swap=again)
    with pytest.raises(AgendaProblem):
        answer_swap(actor=be(colleague), swap=again, agrees=True)
    slot.refresh_from_db()
    assert slot.speaker == speaker


def test_only_the_speaker_asks_and_only_the_asked_answers() -> None:
    slot, colleague, third = place(make_session()), make_member(), make_member()
    with pytest.raises(PermissionDenied):
        ask_swap(actor=be(third), slot=slot, asked=colleague)
    swap = ask_swap(actor=be(slot.speaker), slot=slot, asked=colleague)
    for who in (third, slot.speaker):
        with pytest.raises(PermissionDenied):
            answer_swap(actor=be(who), swap=swap, agrees=True)
    with pytest.raises(PermissionDenied):
        withdraw_swap(actor=be(colleague), swap=swap)


def test_a_swap_is_late_once_a_place_is_gone_declined_or_the_colleague_left() -> None:
    one, other, colleague = place(make_session()), place(later()), make_member()
    swap = ask_swap(actor=be(one.speaker), slot=one, asked=other.speaker, other=other)
    decline_to_speak(actor=be(other.speaker), slot=other, reason="出差")
    with pytest.raises(AgendaProblem):
        answer_swap(actor=be(other.speaker), swap=swap, agrees=True)
    stepping_in = ask_swap(actor=be(one.speaker), slot=one, asked=colleague)
    actor = be(colleague)
    colleague.left_on = date(2025, 1, 1)
    colleague.save()
    with pytest.raises(AgendaProblem):
        answer_swap(actor=actor, swap=stepping_in, agrees=True)


def test_a_swap_whose_place_was_taken_off_says_so() -> None:
    slot, colleague = place(make_session(), is_volunteer=True), make_member()
    swap = ask_swap(actor=be(slot.speaker), slot=slot, asked=colleague)
    take_off(actor=be(slot.speaker), slot=slot)
    with pytest.raises(AgendaProblem):
        answer_swap(actor=be(colleague), swap=swap, agrees=True)


def test_nobody_comes_to_speak_twice_at_one_session() -> None:
    session, following = make_session(), later()
    one, both, other = place(session), place(session, 1), place(following)
    AgendaSlot.objects.create(session=following, speaker=both.speaker, position=1)
    keys = {partner.key for partner in partners_of(one)}
    assert f"slot-{both.pk}" in keys
    assert f"slot-{other.pk}" in keys
    assert f"slot-{AgendaSlot.objects.get(session=following, speaker=both.speaker).pk}" not in keys
    assert f"member-{both.speaker_id}" not in keys
    with pytest.raises(AgendaProblem):
        ask_swap(actor=be(one.speaker), slot=one, asked=both.speaker)
