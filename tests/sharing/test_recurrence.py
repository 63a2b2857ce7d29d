"""Days of a series around holidays as they really were, and what holds for every rule."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from wellspring.core.calendar import WorkCalendar
from wellspring.core.models import CalendarDay
from wellspring.sharing.models import Recurrence
from wellspring.sharing.recurrence import next_occurrences, occurrences, rule_days, told_rule

pytestmark = pytest.mark.django_db


def days(recurrence: str, first_on: date, count: int, **more: object) -> list[date | None]:
    found = occurrences(recurrence, first_on, **more)  # type: ignore[arg-type]  # options of many kinds
    return [each.day for each in islice(found, count)]


def test_a_weekly_session_of_national_day_week_is_left_out_as_the_next_one_is_at_hand() -> None:
    # 2026: off from 1 to 7 October; Thursday the 8th is the next workday and the next session.
    assert days("weekly", date(2026, 9, 24), 3) == [date(2026, 9, 24), None, date(2026, 10, 8)]


def test_a_monthly_session_on_national_day_goes_to_the_first_workday_after_it() -> None:
    found = list(islice(occurrences("monthly_day", date(2026, 9, 2)), 2))
    assert found[1].planned_on == date(2026, 10, 2)
    assert found[1].day == date(2026, 10, 8)
    with override("zh-hans"):
        assert found[1].told() == "10月2日不是工作日（国庆节），顺延到下一个工作日。"


def test_a_workday_by_swap_is_a_workday() -> None:
    # Saturday 10 October 2026 is worked for the holiday.
    assert days("monthly_day", date(2026, 9, 10), 2) == [date(2026, 9, 10), date(2026, 10, 10)]


def test_spring_festival_2026_moves_a_fortnightly_session_over_the_whole_holiday() -> None:
    # Off from 15 to 23 February 2026.
    assert days("fortnightly", date(2026, 2, 3), 2) == [date(2026, 2, 3), date(2026, 2, 24)]


def test_a_series_that_does_not_move_leaves_rest_days_out() -> None:
    found = list(islice(occurrences("monthly_day", date(2026, 9, 2), moves_off_rest_days=False), 2))
    assert found[1].day is None
    with override("zh-hans"):
        assert found[1].told() == "10月2日不是工作日（国庆节），本次取消。"


def test_the_offices_own_word_about_a_day_counts() -> None:
    CalendarDay.objects.create(day=date(2026, 9, 10), is_workday=False, name="街道运动会")
    assert days("weekly", date(2026, 9, 3), 2) == [date(2026, 9, 3), date(2026, 9, 11)]


def test_a_day_near_a_holiday_that_is_not_announced_yet_may_change() -> None:
    found = list(islice(occurrences("weekly", date(2030, 3, 6)), 5))
    assert not found[0].may_change
    assert found[4].planned_on == date(2030, 4, 3)
    assert found[4].may_change  # Tomb-Sweeping Day is on the 5th


@pytest.mark.parametrize(
    ("recurrence", "first_on", "second"),
    [
        (Recurrence.MONTHLY_DAY, date(2025, 1, 31), date(2025, 2, 28)),
        (Recurrence.MONTHLY_DAY, date(2024, 1, 30), date(2024, 2, 29)),
        (Recurrence.MONTHLY_WEEKDAY, date(2025, 7, 30), date(2025, 8, 27)),
        (Recurrence.MONTHLY_WEEKDAY, date(2025, 1, 29), date(2025, 2, 26)),
        (Recurrence.MONTHLY_WEEKDAY, date(2025, 12, 3), date(2026, 1, 7)),
        (Recurrence.MONTHLY_DAY, date(2025, 12, 15), date(2026, 1, 15)),
        (Recurrence.FORTNIGHTLY, date(2025, 12, 24), date(2026, 1, 7)),
    ],
)
def test_the_second_day_of_a_rule_is_where_a_calendar_has_it(recurrence: str, first_on: date, second: date) -> None:
    assert list(islice(rule_days(recurrence, first_on), 2)) == [first_on, second]


def test_a_rule_ends_with_its_last_day() -> None:
    assert list(rule_days("weekly", date(2025, 3, 5), date(2025, 3, 19))) == [
        date(2025, 3, 5),
        date(2025, 3, 12),
        date(2025, 3, 19),
    ]
    found = next_occurrences("weekly", date(2025, 3, 5), 9, since=date(2025, 3, 12), until_on=date(2025, 3, 19))
    assert [each.planned_on for each in found] == [date(2025, 3, 12), date(2025, 3, 19)]


def test_the_rule_is_told_in_words() -> None:
    with override("zh-hans"):
        assert told_rule("weekly", date(2025, 3, 5)) == "每周星期三"
        assert told_rule("fortnightly", date(2025, 3, 5)) == "每两周一次，星期三"
        assert told_rule("monthly_weekday", date(2025, 3, 5)) == "每月第一个星期三"
        assert told_rule("monthly_weekday", date(2025, 7, 30)) == "每月最后一个星期三"
        assert told_rule("monthly_day", date(2025, 3, 5)) == "每月5日"
        assert told_rule("monthly_day", date(2025, 1, 31)) == "每月31日（小月为最后一天）"


def test_the_days_of_an_old_series_are_the_same_whence_ever_one_looks() -> None:
    whole = next_occurrences("weekly", date(2020, 1, 1), 400, since=date(2020, 1, 1))
    late = next_occurrences("weekly", date(2020, 1, 1), 20, since=date(2026, 1, 2))
    assert late == [each for each in whole if each.planned_on >= date(2026, 1, 2)][:20]


@settings(max_examples=60, deadline=None)
@given(
    recurrence=st.sampled_from(Recurrence.values),
    first_on=st.dates(date(2006, 1, 1), date(2040, 1, 1)),
    moves=st.booleans(),
)
def test_every_series_keeps_its_order_its_rule_and_to_workdays(recurrence: str, first_on: date, moves: bool) -> None:
    calendar = WorkCalendar()
    found = list(islice(occurrences(recurrence, first_on, moves_off_rest_days=moves, calendar=calendar), 20))
    assert found[0].planned_on == first_on
    assert [each.planned_on for each in found] == list(islice(rule_days(recurrence, first_on), 20))
    for one, following in pairwise(found):
        assert one.planned_on < following.planned_on
        if one.day is not None:
            assert one.planned_on <= one.day < following.planned_on
    for each in found:
        if each.day is None:
            assert not calendar.day(each.planned_on).is_workday
        else:
            assert calendar.day(each.day).is_workday
            assert moves or each.day == each.planned_on
            between = (each.planned_on + timedelta(days=n) for n in range((each.day - each.planned_on).days))
            assert not any(calendar.day(day).is_workday for day in between)
    weekdays = {each.planned_on.weekday() for each in found}
    assert recurrence == Recurrence.MONTHLY_DAY or weekdays == {first_on.weekday()}
