"""Series: made ahead, mended when the calendar changes, changed from a day on, ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_session
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import CalendarDay, Notification
from wellspring.people.models import Member
from wellspring.sharing.errors import SessionProblem
from wellspring.sharing.models import AgendaSlot, SessionSeries, SessionState, SharingSession
from wellspring.sharing.queries.series import SeriesWords, coming_days
from wellspring.sharing.services.series import change_series, end_series, start_series
from wellspring.sharing.services.series_ahead import make_all_ahead
from wellspring.sharing.services.sessions import move_session

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def wednesday() -> date:
    """The next Wednesday but the very next days."""
    day = timezone.localdate() + timedelta(days=5)
    return day + timedelta(days=(2 - day.weekday()) % 7)


def words(**fields: Any) -> SeriesWords:
    fields = {
        "title": "社工分享会",
        "recurrence": "weekly",
        "first_on": wednesday(),
        "starts_at": "14:00",
        "minutes": 90,
        "place": "二楼会议室",
        **fields,
    }
    return SeriesWords(**fields)


def started(**fields: Any) -> SessionSeries:
    return start_series(actor=make_viewer("leader"), org=make_org(), words=words(**fields))


def sessions(series: SessionSeries) -> list[SharingSession]:
    return list(SharingSession.objects.filter(series=series).order_by("planned_on"))


def put_down(session: SharingSession) -> Member:
    speaker = make_member()
    AgendaSlot.objects.create(session=session, speaker=speaker)
    return speaker


def office_closes(session: SharingSession) -> date:
    """The office gives the day of this session off; which day that is."""
    day = timezone.localtime(session.starts_at).date()
    CalendarDay.objects.create(day=day, is_workday=False, name="停电检修")
    return day


def held_on(session: SharingSession) -> date:
    session.refresh_from_db()
    return timezone.localtime(session.starts_at).date()


def test_sessions_are_made_three_months_ahead_at_the_hour_of_the_wall_clock() -> None:
    made = sessions(started())
    last = made[-1]
    assert last.planned_on is not None
    assert timezone.localdate() + timedelta(days=80) < last.planned_on <= timezone.localdate() + timedelta(days=92)
    assert {f"{timezone.localtime(session.starts_at):%H:%M}" for session in made} == {"14:00"}
    assert {timezone.localtime(session.starts_at).weekday() for session in made} <= {0, 1, 2, 3, 4, 5, 6}


def test_a_monthly_series_has_at_least_its_next_three_sessions() -> None:
    assert len(sessions(started(recurrence="monthly_weekday"))) >= 3


def test_the_months_chair_is_put_down_for_the_sessions_of_the_month() -> None:
    chair = make_member()
    moment = datetime.combine(wednesday(), time(9), SHANGHAI)
    make_session(host=chair, starts_at=moment)
    made = sessions(started())
    same = [session for session in made if timezone.localtime(session.starts_at).month == moment.month]
    assert same
    assert {session.host for session in same} == {chair}
    assert {session.host for session in made if session not in same} == {None}


def test_a_form_that_is_sent_twice_starts_one_series() -> None:
    assert started() == started()


def test_making_ahead_again_makes_nothing_twice() -> None:
    series = started()
    before = len(sessions(series))
    assert make_all_ahead() == ""
    assert len(sessions(series)) == before
    SharingSession.objects.filter(pk=sessions(series)[-1].pk).delete()
    assert make_all_ahead()
    assert len(sessions(series)) == before


def test_a_planned_session_follows_the_calendar_and_everybody_is_told() -> None:
    series = started()
    session = sessions(series)[2]
    put_down(session)
    day = office_closes(session)
    assert make_all_ahead()
    assert held_on(session) > day
    assert "停电检修" in session.move_reason
    assert Notification.objects.filter(kind="sharing.session_moved").exists()
    CalendarDay.objects.all().delete()
    assert make_all_ahead()
    assert held_on(session) == day


def test_a_session_that_somebody_moved_is_let_be() -> None:
    session = sessions(started())[2]
    moment = session.starts_at + timedelta(days=1, hours=2)
    move_session(actor=make_viewer("leader"), session=session, version=0, starts_at=moment, place="三楼", reason="迎检")
    office_closes(session)
    make_all_ahead()
    session.refresh_from_db()
    assert session.starts_at == moment


def test_a_session_that_finds_no_workday_is_taken_out_or_cancelled_where_somebody_is_on_it() -> None:
    series = started(moves_off_rest_days=False)
    empty, filled = sessions(series)[1:3]
    put_down(filled)
    office_closes(empty)
    office_closes(filled)
    make_all_ahead()
    assert not SharingSession.objects.filter(pk=empty.pk).exists()
    filled.refresh_from_db()
    assert filled.state == SessionState.CANCELLED
    assert "停电检修" in filled.cancel_reason
    assert make_all_ahead() == ""


def test_a_change_from_a_day_on_keeps_what_lies_before_and_takes_agendas_along() -> None:
    series = started()
    before, early, late, empty = sessions(series)[:4]
    speakers = put_down(early), put_down(late)
    assert early.planned_on is not None
    changed = change_series(
        actor=make_viewer("leader"),
        series=series,
        version=0,
        words=words(first_on=early.planned_on + timedelta(days=1), starts_at="09:30", place="三楼"),
    )
    series.refresh_from_db()
    assert (changed.pk != series.pk, series.ended_at is not None) == (True, True)
    assert SharingSession.objects.get(pk=before.pk).place == "二楼会议室"
    early.refresh_from_db()
    late.refresh_from_db()
    assert early.series == series  # its day lies before the change
    assert (late.series, late.place, f"{timezone.localtime(late.starts_at):%H:%M}") == (changed, "三楼", "09:30")
    assert timezone.localtime(late.starts_at).weekday() in (3, 4, 0)
    assert not SharingSession.objects.filter(pk=empty.pk).exists()
    assert [slot.speaker for slot in late.slots.all()] == [speakers[1]]
    planned = [session.planned_on for session in sessions(changed)]
    assert len(planned) == len(set(planned))
    assert make_all_ahead() == ""


def test_a_series_of_which_nothing_lies_before_is_changed_in_place() -> None:
    series = started()
    changed = change_series(actor=make_viewer("leader"), series=series, version=0, words=words(minutes=60))
    assert changed.pk == series.pk
    assert {session.minutes for session in sessions(series)} == {60}
    with pytest.raises(ChangedMeanwhile) as caught:
        change_series(actor=make_viewer("leader"), series=series, version=0, words=words(minutes=45))
    assert [(each.now, each.wanted) for each in caught.value.differences] == [("60", "45")]


def test_a_cancelled_session_stays_cancelled_when_its_series_changes() -> None:
    series = started()
    called_off = sessions(series)[1]
    SharingSession.objects.filter(pk=called_off.pk).update(state=SessionState.CANCELLED)
    changed = change_series(
        actor=make_viewer("leader"), series=series, version=0, words=words(first_on=called_off.planned_on)
    )
    days = [timezone.localtime(session.starts_at).date() for session in sessions(changed)]
    assert days.count(timezone.localtime(called_off.starts_at).date()) == 1


def test_a_series_ends_with_empty_sessions_gone_and_filled_ones_cancelled() -> None:
    series = started()
    first, filled, empty = sessions(series)[:3]
    put_down(filled)
    assert first.planned_on is not None
    actor = make_viewer("leader")
    with pytest.raises(SessionProblem) as caught:
        end_series(actor=actor, series=series, last_on=first.planned_on, reason="")
    assert caught.value.field == "reason"
    end_series(actor=actor, series=series, last_on=first.planned_on, reason="改为按需举行")
    filled.refresh_from_db()
    assert (filled.state, filled.cancel_reason) == (SessionState.CANCELLED, "改为按需举行")
    assert not SharingSession.objects.filter(pk=empty.pk).exists()
    assert SharingSession.objects.get(pk=first.pk).state == SessionState.PLANNED
    assert make_all_ahead() == ""
    with pytest.raises(SessionProblem):
        end_series(actor=actor, series=series, last_on=first.planned_on, reason="x")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"minutes": 5}, "minutes"),
        ({"first_on": date(2020, 1, 1)}, "first_on"),
        ({"first_on": date(2090, 1, 1)}, "first_on"),
        ({"until_on": date(2020, 1, 1)}, "until_on"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(SessionProblem) as caught:
        started(**fields)
    assert caught.value.field == field
    assert not SessionSeries.objects.exists()


def test_only_who_may_set_up_sessions_starts_changes_and_ends_series() -> None:
    series = started()
    for actor in (make_viewer(), make_viewer("leader", org=make_org("荷塘社区"))):
        with pytest.raises(PermissionDenied):
            start_series(actor=actor, org=series.org, words=words())
        with pytest.raises(PermissionDenied):
            change_series(actor=actor, series=series, version=0, words=words())
        with pytest.raises(PermissionDenied):
            end_series(actor=actor, series=series, last_on=timezone.localdate(), reason="x")


def test_the_page_of_a_series_shows_its_next_days_with_their_sessions() -> None:
    series = started()
    days = coming_days(series)
    assert [day.session for day in days[:3]] == sessions(series)[:3]
