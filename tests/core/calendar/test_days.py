"""What kind of day a day is: facts of announced years, the law before a notice, and the office's own word first."""

from datetime import date

import pytest

from wellspring.core.calendar import Kind, Origin, day_of, days_between, is_announced, lunar_of
from wellspring.core.models import CalendarDay

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-10-01", Kind.HOLIDAY, "National Day"),
        ("2026-10-07", Kind.HOLIDAY, "National Day"),  # off by swap
        ("2026-10-10", Kind.SWAPPED, "National Day"),  # a Saturday that is worked
        ("2026-02-14", Kind.SWAPPED, "Spring Festival"),
        ("2026-02-23", Kind.HOLIDAY, "Spring Festival"),
        ("2026-10-08", Kind.WORKDAY, ""),
        ("2026-10-11", Kind.REST, ""),
        ("2015-09-03", Kind.HOLIDAY, "70th anniversary of the victory in the War of Resistance"),
        ("2023-12-15", Kind.WORKDAY, ""),
    ],
)
def test_an_announced_day_is_what_the_notice_says(day: str, kind: Kind, name: str) -> None:
    found = day_of(date.fromisoformat(day))
    assert (found.kind, found.name, found.is_announced) == (kind, name, True)
    assert found.is_workday == (kind in {Kind.WORKDAY, Kind.SWAPPED})


def test_before_the_notice_only_the_law_is_known_and_said_to_be_all() -> None:
    assert not is_announced(2090)
    holiday, weekend = day_of(date(2090, 10, 2)), day_of(date(2090, 10, 15))
    assert (holiday.kind, holiday.origin, holiday.is_announced) == (Kind.HOLIDAY, Origin.LAW, False)
    assert (weekend.kind, weekend.origin, weekend.is_announced) == (Kind.REST, Origin.WEEKDAY, False)
    assert not any(day.kind == Kind.SWAPPED for day in days_between(date(2090, 1, 1), date(2090, 12, 31)))


def test_the_years_that_are_known_have_no_gap() -> None:
    assert [year for year in range(2004, 2027) if not is_announced(year)] == []
    assert not is_announced(2003)


def test_the_office_has_the_last_word() -> None:
    CalendarDay.objects.create(day=date(2026, 10, 8), is_workday=False, name="社区运动会", note="全员参加")
    CalendarDay.objects.create(day=date(2026, 10, 11), is_workday=True)
    sports, sunday = day_of(date(2026, 10, 8)), day_of(date(2026, 10, 11))
    assert (sports.kind, sports.told_name, sports.note) == (Kind.HOLIDAY, "社区运动会", "全员参加")
    assert (sunday.kind, sunday.origin, sunday.is_workday) == (Kind.SWAPPED, Origin.OFFICE, True)


def test_a_year_of_days_costs_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture that makes a context
        assert len(days_between(date(2026, 1, 1), date(2026, 12, 31))) == 365


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        ("2026-02-17", "正月", "丙午马年 正月初一"),
        ("2026-09-25", "十五", "丙午马年 八月十五"),
        ("2025-07-25", "闰六月", "乙巳蛇年 闰六月初一"),
        ("2026-04-05", "清明", "丙午马年 二月十八 清明"),
    ],
)
def test_the_lunar_date_is_told_with_leap_months_and_solar_terms(day: str, short: str, long: str) -> None:
    lunar = lunar_of(date.fromisoformat(day))
    assert (lunar.short, lunar.long) == (short, long)
