"""Who is at a session, and what she takes away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.day import make_day
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.models import Leave, Member
from wellspring.people.viewer import viewer_of
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import Attendance, Minutes
from wellspring.sharing.queries.attendance import presence_at
from wellspring.sharing.services.attendance import check_in, enter_attendance, note_takeaway, take_attendance_out

pytestmark = pytest.mark.django_db


def test_who_taps_is_here_once() -> None:
    day = make_day()
    check_in(actor=day.speaker(0), session=day.session)
    check_in(actor=day.speaker(0), session=day.session)
    assert Attendance.objects.filter(session=day.session).count() == 1


@pytest.mark.parametrize(
    ("state", "in_minutes", "open_now"),
    [("planned", 29, True), ("planned", 31, False), ("planned", -30, True), ("planned", -200, False),
     ("running", -500, True), ("held", 0, False), ("cancelled", 0, False)],
)  # fmt: skip
def test_the_doors_are_open_from_half_an_hour_before_to_the_end(state: str, in_minutes: int, open_now: bool) -> None:
    day = make_day(state=state, in_minutes=in_minutes)
    if open_now:
        check_in(actor=day.speaker(0), session=day.session)
    else:
        with pytest.raises(DayProblem):
            check_in(actor=day.speaker(0), session=day.session)


def test_a_stranger_cannot_be_here() -> None:
    day = make_day()
    with pytest.raises(PermissionDenied):
        check_in(actor=make_viewer(org=make_org("荷塘社区")), session=day.session)


def test_presence_tells_here_missing_and_on_leave() -> None:
    day = make_day(speakers=1)
    away = make_member()
    today = timezone.localdate()
    Leave.objects.create(member=away, from_on=today, until_on=today + timedelta(days=2), kind="annual")
    make_member("observer")
    check_in(actor=day.speaker(0), session=day.session)
    presence = presence_at(day.session)
    assert [each.member_id for each in presence.here] == [day.slots[0].speaker_id]
    assert [member.pk for member in presence.missing] == [day.host.pk]
    assert [member.pk for member in presence.on_leave] == [away.pk]
    assert presence.expected == 2


def test_the_chair_enters_and_takes_out() -> None:
    day = make_day(state="held")
    people = [make_member(), make_member()]
    assert enter_attendance(actor=day.chair, session=day.session, members=people) == 2
    assert enter_attendance(actor=day.chair, session=day.session, members=people) == 0
    take_attendance_out(actor=day.chair, attendance=Attendance.objects.get(member=people[0]))
    assert [each.member_id for each in presence_at(day.session).here] == [people[1].pk]


def test_somebody_of_elsewhere_or_gone_is_not_entered() -> None:
    day = make_day()
    gone = make_member(left_on=timezone.localdate() - timedelta(days=1))
    for other in (make_member(org=make_org("荷塘社区")), gone):
        with pytest.raises(DayProblem) as refused:
            enter_attendance(actor=day.chair, session=day.session, members=[other])
        assert refused.value.code == "not_of_here"
    assert not Attendance.objects.exists()


def test_signed_minutes_keep_who_was_there() -> None:
    day = make_day(state="held")
    Minutes.objects.create(session=day.session, text="# 记录", signed_off_at=timezone.now())
    with pytest.raises(DayProblem) as refused:
        enter_attendance(actor=day.chair, session=day.session, members=[make_member()])
    assert refused.value.code == "minutes_signed"


def test_a_takeaway_is_kept_and_two_windows_are_told_of_each_other() -> None:
    day = make_day()
    check_in(actor=day.speaker(0), session=day.session)
    note_takeaway(actor=day.speaker(0), session=day.session, version=0, text="错时志愿岗可以试。")
    with pytest.raises(ChangedMeanwhile) as told:
        note_takeaway(actor=day.speaker(0), session=day.session, version=0, text="先问居民。")
    assert told.value.differences[0].now == "错时志愿岗可以试。"
    kept = note_takeaway(actor=day.speaker(0), session=day.session, version=told.value.version, text="先问居民。")
    assert (kept.takeaway, kept.version) == ("先问居民。", 2)


def test_the_same_takeaway_sent_twice_is_kept_once() -> None:
    day = make_day()
    check_in(actor=day.speaker(0), session=day.session)
    for _again in range(2):
        kept = note_takeaway(actor=day.speaker(0), session=day.session, version=0, text="先问居民。")
    assert kept.version == 1


def test_who_was_not_there_notes_nothing() -> None:
    day = make_day()
    with pytest.raises(DayProblem) as refused:
        note_takeaway(actor=day.speaker(0), session=day.session, version=0, text="收获很大")
    assert refused.value.code == "was_not_there"


def test_who_noted_a_takeaway_is_not_taken_out() -> None:
    day = make_day()
    check_in(actor=day.speaker(0), session=day.session)
    note_takeaway(actor=day.speaker(0), session=day.session, version=0, text="先问居民。")
    with pytest.raises(DayProblem):
        take_attendance_out(actor=day.chair, attendance=Attendance.objects.get())


def test_somebody_of_the_unit_above_may_come() -> None:
    street = make_org("枫桥街道", level="subdistrict")
    community = make_org("柳湾社区", parent=street)
    day = make_day()
    day.session.org = community
    day.session.save()
    guest: Member = make_member("leader", org=street)
    check_in(actor=viewer_of(guest.user), session=day.session)
    assert presence_at(day.session).here[0].member_id == guest.pk
