"""The calendar's pages: a month, a day, and input that makes no sense."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.people.factories import make_member
from wellspring.core.models import CalendarDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> Client:
    client = Client()
    client.force_login(make_member("leader").user)
    return client


def test_a_month_begins_on_monday_and_shows_holidays_swaps_and_lunar_days(
    leader: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        answer = leader.get("/manage/calendar/?month=2026-10")
    month = answer.context["month"]
    assert all(week[0].day.day.weekday() == 0 for week in month.weeks)
    assert month.workdays == 18
    assert [(run.first.day.day, run.last.day.day) for run in month.special] == [(1, 7), (10, 10)]
    page = answer.content.decode()
    assert "国庆节" in page
    assert "九月" in page  # the lunar month that begins on the 10th


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "1999-01", "x", "2100-01", "٢٠٢٦-٠١"])
def test_a_month_that_there_is_not_shows_this_one(leader: Client, month: str) -> None:
    assert leader.get("/manage/calendar/", {"month": month}).status_code == 200


@pytest.mark.parametrize("day", ["2026-02-30", "20260203", "2026-W05-1", "1800-01-01", "x"])
def test_a_day_that_there_is_not_is_not_found(leader: Client, day: str) -> None:
    assert leader.get(f"/manage/calendar/{day}/").status_code == 404


def test_before_the_notice_the_page_says_so(leader: Client) -> None:
    assert "国务院" in leader.get("/manage/calendar/?month=2090-10").content.decode()
    assert "国务院尚未" not in leader.get("/manage/calendar/?month=2026-10").content.decode()


def test_a_day_is_set_and_taken_back_on_its_page(leader: Client) -> None:
    address = "/manage/calendar/2026-10-08/"
    answer = leader.post(address, {"is_workday": "0", "name": "社区运动会", "note": "全员", "version": "0"})
    assert answer["Location"] == "/manage/calendar/?month=2026-10"
    assert CalendarDay.objects.get().name == "社区运动会"
    assert "社区运动会" in leader.get(address).content.decode()
    leader.post(f"{address}restore/")
    assert not CalendarDay.objects.exists()


def test_the_form_keeps_what_was_typed(leader: Client) -> None:
    answer = leader.post("/manage/calendar/2026-10-08/", {"is_workday": "maybe", "name": "社区运动会"})
    assert answer.status_code == 200
    assert "社区运动会" in answer.content.decode()
    CalendarDay.objects.create(day=date(2026, 10, 8), is_workday=False, name="别人写的")
    answer = leader.post("/manage/calendar/2026-10-08/", {"is_workday": "0", "name": "我写的", "version": "0"})
    page = answer.content.decode()
    assert "别人写的" in page
    assert "我写的" in page
