"""Running a session: beginning, one speaker after the other, absence, end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.sharing.day import make_day
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import AgendaSlot, Attendance, Minutes, SessionState, SlotState, Talk, TalkState
from wellspring.sharing.queries.day import left_open
from wellspring.sharing.services.running import (
    begin_session,
    begin_slot,
    end_session,
    end_slot,
    mark_absent,
    resume_session,
)

pytestmark = pytest.mark.django_db


def test_the_chair_begins_within_the_hour_before() -> None:
    day = make_day(state="planned", in_minutes=50)
    begin_session(actor=day.chair, session=day.session)
    assert day.now().state == SessionState.RUNNING
    assert day.now().begun_at is not None


def test_beginning_much_too_early_must_be_meant() -> None:
    day = make_day(state="planned", in_minutes=90)
    with pytest.raises(DayProblem) as refused:
        begin_session(actor=day.chair, session=day.session)
    assert refused.value.code == "session_early"
    begin_session(actor=day.chair, session=day.session, early=True)
    assert day.now().state == SessionState.RUNNING


def test_a_colleague_cannot_begin_the_session() -> None:
    day = make_day(state="planned")
    with pytest.raises(PermissionDenied):
        begin_session(actor=make_viewer(), session=day.session)


def test_a_chair_who_left_cannot_begin_it() -> None:
    day = make_day(state="planned")
    day.host.left_on = timezone.localdate()
    day.host.save()
    with pytest.raises(PermissionDenied):
        begin_session(actor=day.chair, session=day.session)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_over_or_cancelled_does_not_begin(state: str) -> None:
    day = make_day(state=state)
    with pytest.raises(DayProblem) as refused:
        begin_session(actor=day.chair, session=day.session)
    assert refused.value.code == "session_over"


def test_beginning_twice_does_no_harm() -> None:
    day = make_day(state="planned")
    first = begin_session(actor=day.chair, session=day.session)
    again = begin_session(actor=day.chair, session=day.session)
    assert again.begun_at == first.begun_at


def test_the_next_speaker_ends_the_one_before() -> None:
    day = make_day()
    begin_slot(actor=day.chair, slot=day.slots[0])
    begin_slot(actor=day.chair, slot=day.slots[1])
    assert day.slot(0).ended_at is not None
    assert day.slot(1).ended_at is None
    assert Talk.objects.get(pk=day.slots[0].talk_id).state == TalkState.GIVEN


def test_who_goes_on_speaking_keeps_the_time_she_used() -> None:
    day = make_day()
    slot = day.slots[0]
    now = timezone.now()
    AgendaSlot.objects.filter(pk=slot.pk).update(
        begun_at=now - timedelta(minutes=40), ended_at=now - timedelta(minutes=30)
    )
    begin_slot(actor=day.chair, slot=slot)
    begun = day.slot(0).begun_at
    assert begun is not None
    assert timedelta(minutes=10) <= timezone.now() - begun < timedelta(minutes=11)


def test_two_taps_on_the_same_speaker_are_one() -> None:
    day = make_day()
    first = begin_slot(actor=day.chair, slot=day.slots[0]).begun_at
    assert begin_slot(actor=day.chair, slot=day.slots[0]).begun_at == first


def test_nobody_speaks_before_the_session_began() -> None:
    day = make_day(state="planned")
    with pytest.raises(DayProblem) as refused:
        begin_slot(actor=day.chair, slot=day.slots[0])
    assert refused.value.code == "session_not_running"


def test_who_declined_is_not_given_the_floor() -> None:
    day = make_day()
    AgendaSlot.objects.filter(pk=day.slots[0].pk).update(state=SlotState.DECLINED)
    with pytest.raises(DayProblem) as refused:
        begin_slot(actor=day.chair, slot=day.slots[0])
    assert refused.value.code == "speaker_declined"


def test_an_absent_speaker_keeps_her_talk() -> None:
    day = make_day()
    mark_absent(actor=day.chair, slot=day.slots[0], reason="生病")
    slot = day.slot(0)
    assert (slot.state, slot.state_reason, slot.talk_id) == (SlotState.ABSENT, "生病", day.slots[0].talk_id)
    assert Talk.objects.get(pk=slot.talk_id).state == TalkState.READY


def test_who_comes_after_all_speaks() -> None:
    day = make_day()
    mark_absent(actor=day.chair, slot=day.slots[0], reason="堵车")
    begin_slot(actor=day.chair, slot=day.slots[0])
    assert (day.slot(0).state, day.slot(0).state_reason) == (SlotState.AGREED, "")


def test_who_was_put_down_a_second_time_speaks_there() -> None:
    day = make_day()
    mark_absent(actor=day.chair, slot=day.slots[0])
    AgendaSlot.objects.create(session=day.session, speaker=day.slots[0].speaker, state=SlotState.AGREED, position=9)
    with pytest.raises(DayProblem) as refused:
        begin_slot(actor=day.chair, slot=day.slots[0])
    assert refused.value.code == "speaks_twice"


def test_who_has_spoken_was_not_absent() -> None:
    day = make_day()
    begin_slot(actor=day.chair, slot=day.slots[0])
    end_slot(actor=day.chair, slot=day.slots[0])
    with pytest.raises(DayProblem):
        mark_absent(actor=day.chair, slot=day.slots[0])


def test_the_end_says_what_is_left_and_ends_who_speaks() -> None:
    day = make_day()
    begin_slot(actor=day.chair, slot=day.slots[0])
    told = left_open(day.now())
    assert len(told) == 2
    assert day.slots[1].speaker.user.get_full_name() in told[0]
    end_session(actor=day.chair, session=day.session)
    assert day.now().state == SessionState.HELD
    assert day.slot(0).ended_at is not None


def test_an_end_by_mistake_is_taken_back() -> None:
    day = make_day()
    end_session(actor=day.chair, session=day.session)
    resume_session(actor=day.chair, session=day.session)
    assert (day.now().state, day.now().ended_at) == (SessionState.RUNNING, None)


def test_a_signed_or_old_session_is_not_taken_up_again() -> None:
    day = make_day(state="held", ended_at=timezone.now() - timedelta(hours=13))
    with pytest.raises(DayProblem):
        resume_session(actor=day.chair, session=day.session)
    day = make_day(state="held")
    Minutes.objects.create(session=day.session, text="# 会议纪要", signed_off_at=timezone.now())
    with pytest.raises(DayProblem):
        resume_session(actor=day.chair, session=day.session)


def test_the_chair_leads_by_the_pages_buttons(client: Client) -> None:
    day = make_day(state="planned")
    client.force_login(day.host.user)
    page = reverse("sharing:session", args=[day.session.pk])
    assert client.post(reverse("sharing:begin", args=[day.session.pk])).url == page
    client.post(reverse("sharing:slot_begin", args=[day.slots[0].pk]))
    shown = client.get(page).content.decode()
    assert day.slots[0].talk.title in shown
    assert reverse("sharing:slot_end", args=[day.slots[0].pk]) in shown
    client.post(reverse("sharing:slot_absent", args=[day.slots[1].pk]), {"reason": "值班"})
    assert "值班" in client.get(page).content.decode()
    assert "没有决定" in client.get(reverse("sharing:end", args=[day.session.pk])).content.decode()
    client.post(reverse("sharing:end", args=[day.session.pk]))
    assert day.now().state == SessionState.HELD


def test_a_session_begun_too_early_is_asked_about(client: Client) -> None:
    day = make_day(state="planned", in_minutes=300)
    client.force_login(day.host.user)
    address = reverse("sharing:begin", args=[day.session.pk])
    asked = client.post(address)
    assert asked.status_code == 422
    assert "确定现在就开始" in asked.content.decode()
    client.post(address, {"confirm": "yes"})
    assert day.now().state == SessionState.RUNNING


def test_colleagues_see_no_buttons_of_the_chair(client: Client) -> None:
    day = make_day()
    client.force_login(make_member().user)
    shown = client.get(reverse("sharing:session", args=[day.session.pk])).content.decode()
    assert reverse("sharing:slot_begin", args=[day.slots[0].pk]) not in shown
    assert reverse("sharing:end", args=[day.session.pk]) not in shown


def test_who_leads_and_who_speaks_are_there_without_checking_in() -> None:
    day = make_day(state="planned", in_minutes=10)
    begin_session(actor=day.chair, session=day.session)
    begin_slot(actor=day.chair, slot=day.slots[0])
    there = Attendance.objects.filter(session=day.session).values_list("member", flat=True)
    assert set(there) == {day.host.pk, day.slots[0].speaker_id}


def test_who_was_called_up_by_mistake_is_not_there() -> None:
    day = make_day()
    begin_slot(actor=day.chair, slot=day.slots[0])
    mark_absent(actor=day.chair, slot=day.slots[0])
    assert not Attendance.objects.filter(session=day.session, member=day.slots[0].speaker).exists()
