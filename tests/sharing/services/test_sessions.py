"""Single sessions: who may set up, move and cancel them, what is refused, who is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_session, make_talk
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import GroupWebhook, Leave
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.errors import SessionProblem, WorthALook
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.services.session_checks import SessionWords
from wellspring.sharing.services.session_notices import remind_of_tomorrow
from wellspring.sharing.services.sessions import (
    cancel_session,
    change_session,
    move_session,
    reinstate_session,
    set_up_session,
)

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def workday_ahead() -> datetime:
    """A Wednesday at 14:00, some weeks ahead and clear of every holiday."""
    day = timezone.localdate() + timedelta(days=7)
    while day.weekday() != 2 or day.month in (1, 2, 4, 5, 6, 9, 10):
        day += timedelta(days=1)
    return datetime.combine(day, time(14), SHANGHAI)


def set_up(actor: Viewer, **fields: Any) -> SharingSession:
    words = SessionWords(title=fields.pop("title", "社工分享会"), host=fields.pop("host", None))
    fields.setdefault("starts_at", workday_ahead())
    fields.setdefault("org", make_org())
    return set_up_session(actor=actor, place=fields.pop("place", "二楼"), words=words, **fields)


def told(kind: str) -> set[str]:
    return {notice.user.full_name for notice in Notification.objects.filter(kind=kind).select_related("user")}


def test_a_leader_sets_up_a_session_and_its_chair_is_told() -> None:
    chair = make_member(full_name="李芳")
    session = set_up(make_viewer("leader"), host=chair)
    assert session.state == SessionState.PLANNED
    assert told("sharing.chair") == {"李芳"}
    assert AuditEntry.objects.get(action="sharing.session_set_up").org_path == session.org.path


def test_the_months_chair_sets_up_sessions_and_a_colleague_does_not() -> None:
    chair = make_member()
    with pytest.raises(PermissionDenied):
        set_up(viewer_of(chair.user))
    make_session(host=chair, starts_at=timezone.now())
    assert set_up(viewer_of(chair.user)).pk
    with pytest.raises(PermissionDenied):
        set_up(viewer_of(chair.user), org=make_org("荷塘社区"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": timezone.now() - timedelta(days=1)}, "day"),
        ({"starts_at": timezone.now() + timedelta(days=900)}, "day"),
        ({"title": "  "}, "title"),
        ({"place": " "}, "place"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(SessionProblem) as caught:
        set_up(make_viewer("leader"), **fields)
    assert caught.value.field == field
    assert not SharingSession.objects.exists()


def test_a_chair_who_will_have_left_is_refused() -> None:
    leaving = make_member(left_on=workday_ahead().date() - timedelta(days=1))
    with pytest.raises(SessionProblem) as caught:
        set_up(make_viewer("leader"), host=leaving)
    assert caught.value.field == "host"


def test_a_closed_unit_holds_no_more_sessions() -> None:
    org = make_org()
    org.closed_on = timezone.localdate()
    org.save()
    with pytest.raises(SessionProblem):
        set_up(make_viewer("leader"), org=org)


def test_what_may_be_a_slip_is_shown_once_then_saved() -> None:
    actor, chair = make_viewer("leader"), make_member()
    moment = workday_ahead()
    day = moment.date()
    Leave.objects.create(member=chair, from_on=day, until_on=day)
    set_up(actor, starts_at=moment - timedelta(minutes=60))
    with pytest.raises(WorthALook) as caught:
        set_up(actor, starts_at=moment, host=chair, seen=())
    codes = {look.code for look in caught.value.looks}
    assert codes == {"place_taken", "chair_away"}
    with pytest.raises(WorthALook):
        set_up(actor, starts_at=moment, host=chair, seen={"place_taken"})
    assert set_up(actor, starts_at=moment, host=chair, seen=codes).pk
    assert set_up(actor, starts_at=moment + timedelta(days=1), place="三楼", seen=()).pk


def test_a_form_that_is_sent_twice_sets_up_one_session() -> None:
    actor, moment = make_viewer("leader"), workday_ahead()
    assert set_up(actor, starts_at=moment, seen=()) == set_up(actor, starts_at=moment, seen=())
    assert SharingSession.objects.count() == 1


def test_a_holiday_is_named_before_a_session_is_set_on_it() -> None:
    first = next(
        date(year, 10, 1) for year in range(timezone.localdate().year, 2100) if date(year, 10, 1) > timezone.localdate()
    )
    moment = datetime.combine(first, time(14), SHANGHAI)
    with override("zh-hans"), pytest.raises(WorthALook) as caught:
        set_up(make_viewer("leader"), starts_at=moment, seen=())
    assert [look.text for look in caught.value.looks] == ["10月1日不是工作日（国庆节）。"]


def test_two_who_change_a_session_at_once_are_told_of_each_other() -> None:
    actor, session = make_viewer("leader"), make_session()
    change_session(actor=actor, session=session, version=0, words=SessionWords("甲", minutes=60))
    with override("en"), pytest.raises(ChangedMeanwhile) as caught:
        change_session(actor=actor, session=session, version=0, words=SessionWords("乙", minutes=60))
    assert [(each.now, each.wanted) for each in caught.value.differences] == [("甲", "乙")]
    assert caught.value.version == 1


def test_everybody_is_told_of_a_move_and_the_group_counts_it() -> None:
    session = make_session()
    worker, speaker = make_member(full_name="范青"), make_member(full_name="李芳")
    make_member("observer", full_name="街道")
    make_member(org=make_org("荷塘社区"), full_name="邻居")
    robot = GroupWebhook.objects.create(org=session.org, name="群", service="wecom", url="x", host="x")
    slot = AgendaSlot.objects.create(session=session, speaker=speaker, talk=make_talk(author=speaker))
    leader = make_member("leader", full_name="负责人")
    moment = workday_ahead()
    moved = move_session(
        actor=viewer_of(leader.user), session=session, version=0, starts_at=moment, place="三楼", reason="迎检"
    )
    assert (moved.starts_at, moved.place, moved.move_reason) == (moment, "三楼", "迎检")
    assert told("sharing.session_moved") == {worker.user.full_name, "李芳"}
    robot.refresh_from_db()
    assert robot.pending == 1
    slot.refresh_from_db()
    assert slot.talk is not None


def test_a_move_needs_a_reason_a_change_and_a_planned_session() -> None:
    actor, session = make_viewer("leader"), make_session()
    moment = workday_ahead()
    with pytest.raises(SessionProblem) as caught:
        move_session(actor=actor, session=session, version=0, starts_at=moment, place="三楼", reason=" ")
    assert caught.value.field == "reason"
    with pytest.raises(SessionProblem):
        move_session(
            actor=actor, session=session, version=0, starts_at=session.starts_at, place=session.place, reason="x"
        )
    held = make_session(state=SessionState.HELD)
    with pytest.raises(SessionProblem):
        move_session(actor=actor, session=held, version=0, starts_at=moment, place="三楼", reason="x")
    with pytest.raises(PermissionDenied):
        move_session(actor=make_viewer(), session=session, version=0, starts_at=moment, place="三楼", reason="x")


def test_a_cancelled_session_keeps_its_agenda_and_can_be_taken_up_again() -> None:
    leader, worker = make_viewer("leader"), make_member(full_name="范青")
    session = make_session()
    AgendaSlot.objects.create(session=session, speaker=worker, state=SlotState.AGREED)
    for _ in range(2):
        cancel_session(actor=leader, session=session, reason="台风")
    assert told("sharing.session_cancelled") == {"范青"}
    assert Notification.objects.filter(kind="sharing.session_cancelled").get().count == 1
    assert session.slots.count() == 1
    assert reinstate_session(actor=leader, session=session).state == SessionState.PLANNED
    assert told("sharing.session_reinstated") == {"范青"}


def test_what_lies_behind_is_not_taken_up_again() -> None:
    session = make_session(state=SessionState.CANCELLED, starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(SessionProblem):
        reinstate_session(actor=make_viewer("leader"), session=session)


def test_everybody_is_reminded_the_day_before_and_once() -> None:
    make_member(full_name="范青")
    tomorrow = timezone.localtime() + timedelta(days=1)
    make_session(starts_at=tomorrow)
    make_session(starts_at=tomorrow, state=SessionState.CANCELLED)
    make_session(starts_at=tomorrow + timedelta(days=1))
    assert remind_of_tomorrow()
    assert not remind_of_tomorrow()
    assert told("sharing.session_tomorrow") == {"范青"}
    assert Notification.objects.filter(kind="sharing.session_tomorrow").count() == 1
