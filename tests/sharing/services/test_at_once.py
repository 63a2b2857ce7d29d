"""Two people at one agenda in the same moment: each is answered, and the agenda stays sound."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.sharing.factories import make_session
from wellspring.people.viewer import viewer_of
from wellspring.sharing.errors import SharingError
from wellspring.sharing.models import AgendaSlot, SharingSession, SlotState
from wellspring.sharing.services.agenda import move_slot, propose_speaker, volunteer
from wellspring.sharing.services.session_checks import SessionWords
from wellspring.sharing.services.sessions import set_up_session
from wellspring.sharing.services.swaps import answer_swap, ask_swap

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, done in the same moment: empty, or the code of its refusal."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            gate.wait(10)
            act()
        except SharingError as error:
            return error.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_who_is_proposed_by_two_and_volunteers_herself_stands_there_once() -> None:
    session, me = make_session(), make_member()
    leaders = [make_viewer("leader") for _ in range(2)]
    herself = viewer_of(me.user)
    at_once(
        *(lambda actor=actor: propose_speaker(actor=actor, session=session, member=me) for actor in leaders),
        lambda: volunteer(actor=herself, session=session),
    )
    assert AgendaSlot.objects.filter(session=session, speaker=me).count() == 1


def test_an_agenda_that_two_arrange_keeps_everybody_in_a_place_of_her_own() -> None:
    session = make_session()
    slots = [AgendaSlot.objects.create(session=session, speaker=make_member(), position=n) for n in range(4)]
    one, other = make_viewer("leader"), make_viewer("leader")
    assert at_once(
        lambda: move_slot(actor=one, slot=slots[3], up=True),
        lambda: move_slot(actor=other, slot=slots[0], up=False),
    ) == ["", ""]
    positions = AgendaSlot.objects.filter(session=session).values_list("position", flat=True)
    assert sorted(positions) == [0, 1, 2, 3]


def test_two_swaps_against_each_other_are_both_answered() -> None:
    session, later = make_session(), make_session(starts_at=timezone.now() + timedelta(days=9))
    one, other = (
        AgendaSlot.objects.create(session=each, speaker=make_member(), state=SlotState.AGREED)
        for each in (session, later)
    )
    first, second = viewer_of(one.speaker.user), viewer_of(other.speaker.user)
    there = ask_swap(actor=first, slot=one, asked=other.speaker, other=other)
    back = ask_swap(actor=second, slot=other, asked=one.speaker, other=one)
    said = at_once(
        lambda: answer_swap(actor=second, swap=there, agrees=True),
        lambda: answer_swap(actor=first, swap=back, agrees=True),
    )
    assert sorted(said) == ["", "agenda_problem"]
    assert {slot.speaker_id for slot in AgendaSlot.objects.all()} == {one.speaker_id, other.speaker_id}


def test_a_form_that_is_pressed_twice_in_one_moment_sets_up_one_session() -> None:
    actor, moment = make_viewer("leader"), timezone.now() + timedelta(days=5)
    org = make_session(starts_at=timezone.now() + timedelta(days=50)).org

    def press() -> object:
        words = SessionWords("分享会")
        return set_up_session(actor=actor, org=org, starts_at=moment, place="三楼", words=words)

    assert at_once(press, press) == ["", ""]
    assert SharingSession.objects.filter(starts_at=moment).count() == 1
