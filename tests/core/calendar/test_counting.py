"""Counting in workdays, with the calculation told; checked against counting day by day."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellspring.core.calendar import add_workdays, day_of, next_workday, rolled_to_workday
from wellspring.core.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_a_deadline_in_the_golden_week_rolls_to_the_first_day_of_work() -> None:
    rolled = rolled_to_workday(date(2026, 10, 3))
    assert rolled.day == date(2026, 10, 8)
    assert [day.day.day for day in rolled.skipped] == [3, 4, 5, 6, 7]


def test_a_workday_stays_where_it_is() -> None:
    assert rolled_to_workday(date(2026, 10, 8)).day == date(2026, 10, 8)
    assert rolled_to_workday(date(2026, 10, 10)).day == date(2026, 10, 10), "a Saturday that is worked"


def test_the_next_workday_is_never_the_day_itself() -> None:
    assert next_workday(date(2026, 10, 9)) == date(2026, 10, 10)
    assert next_workday(date(2026, 9, 30)) == date(2026, 10, 8)


def test_workdays_are_counted_over_holidays_and_swaps() -> None:
    counted = add_workdays(date(2026, 9, 28), 5)
    assert counted.day == date(2026, 10, 10)  # 29, 30 September; 8, 9, 10 October


def test_the_calculation_is_told_in_words() -> None:
    with translation.override("en"):
        assert add_workdays(date(2026, 9, 29), 2).told() == (
            "2 workdays after 29 September 2026 is 8 October 2026. Not counted: 1 October to 7 October (National Day)."
        )
        assert rolled_to_workday(date(2026, 10, 8)).told() == "8 October 2026 is a workday."
        assert "may change" in rolled_to_workday(date(2090, 10, 2)).told()
    with translation.override("zh-hans"):
        assert rolled_to_workday(date(2026, 10, 7)).told() == (
            "2026年10月7日不是工作日，顺延至下一个工作日2026年10月8日。其中不计：10月7日（国庆节）。"
        )


@pytest.mark.parametrize("count", [0, -1, 2501])
def test_a_count_that_makes_no_sense_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="2500"):
        add_workdays(date(2026, 1, 5), count)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(date(2010, 1, 1), date(2026, 6, 1)), count=st.integers(1, 60))
def test_counting_agrees_with_looking_at_every_day(start: date, count: int) -> None:
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= day_of(day).is_workday
    counted = add_workdays(start, count)
    assert counted.day == day
    assert (day - start).days == count + len(counted.skipped)


def test_a_day_that_the_office_took_off_is_stepped_over() -> None:
    CalendarDay.objects.create(day=date(2026, 10, 8), is_workday=False, name="社区运动会")
    assert rolled_to_workday(date(2026, 10, 8)).day == date(2026, 10, 9)
