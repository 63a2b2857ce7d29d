"""Private calendars: what stands in them, for whom, and that an address that was taken back leads nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.people.factories import make_member, make_org
from wellspring.core.calendar_sources import CalendarEntry, CalendarSource, calendar_sources, register_calendar_source
from wellspring.core.ics import calendar_file, token_of, user_of_token
from wellspring.core.models import CalendarFeed, User
from wellspring.people.models import Leave, Member
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def feed_address(user: User) -> str:
    client_of(user).post("/account/calendar/renew/")
    return f"/calendar/{token_of(CalendarFeed.objects.get(user=user))}.ics"


def events(body: bytes) -> dict[str, tuple[date, date]]:
    found = {}
    for event in Calendar.from_ical(body).walk("VEVENT"):
        found[str(event["summary"])] = (event.decoded("dtstart"), event.decoded("dtend"))
    return found


def leave(member: Member, kind: str = "sick", **fields: Any) -> tuple[date, date]:
    first = timezone.localdate() + timedelta(days=3)
    Leave.objects.create(member=member, kind=kind, from_on=first, until_on=first + timedelta(days=1), **fields)
    return first, first + timedelta(days=2)  # the end of a calendar's day is the day after


def test_own_leave_has_its_kind_and_a_colleagues_only_that_she_is_away() -> None:
    member, colleague = make_member("worker", full_name="小徐"), make_member("worker", full_name="小李")
    other = make_member("worker", org=make_org("荷塘社区"), full_name="外人")
    days = leave(member, "annual")
    leave(colleague, "sick", note="阑尾手术")
    leave(other)
    body = Client().get(feed_address(member.user)).content
    found = events(body)
    assert found["年休假"] == days
    assert found["小李不在岗"] == days
    text = body.decode()
    for secret in ("病假", "阑尾", "外人"):
        assert secret not in text


def test_holidays_stand_as_one_and_swapped_workdays_by_themselves() -> None:
    found = events(calendar_file(viewer_of(make_member().user), today=date(2026, 9, 1)))
    assert found["国庆节"] == (date(2026, 10, 1), date(2026, 10, 8))
    assert found["调休上班 · 国庆节"] == (date(2026, 10, 10), date(2026, 10, 11))


def test_holidays_that_nobody_announced_yet_say_so() -> None:
    found = events(calendar_file(viewer_of(make_member().user), today=date(2090, 9, 1)))
    assert any("待国务院公布" in title for title in found)


def test_a_new_address_takes_the_one_before_back_and_off_is_off() -> None:
    member = make_member("worker")
    first = feed_address(member.user)
    second = feed_address(member.user)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client_of(member.user).post("/account/calendar/close/")
    assert Client().get(second).status_code == 404
    third = feed_address(member.user)
    assert third not in (first, second)
    assert Client().get(third).status_code == 200


def test_an_address_is_never_guessed_and_never_of_a_closed_account() -> None:
    member = make_member("worker")
    address = feed_address(member.user)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    number = f"{member.user.pk}.1"
    for guess in (number, f"{number}~", f"{number}~x", token[:-1], token.replace("~", "."), "x" * 2000, "~", "1.1.1~a"):
        assert user_of_token(guess) is None, guess
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_a_member_who_left_sees_nothing_of_her_unit_any_more() -> None:
    member, colleague = make_member("worker"), make_member("worker", full_name="小李")
    leave(colleague)
    address = feed_address(member.user)
    Member.objects.filter(pk=member.pk).update(left_on=timezone.localdate())
    assert "小李" not in Client().get(address).content.decode()


def test_the_file_is_one_that_calendar_programs_read() -> None:
    answer = Client().get(feed_address(make_member("worker").user))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    body = answer.content
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    calendar = Calendar.from_ical(body)
    uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(uids) == len(set(uids)) > 5
    assert all(event.get("dtstamp") for event in calendar.walk("VEVENT"))


def test_later_apps_put_meetings_in_with_time_and_page() -> None:
    known = calendar_sources()
    begins = datetime(2026, 9, 9, 6, 0, tzinfo=UTC)
    meeting = CalendarEntry(
        "7", "分享会; 第三次, 会议室", begins, begins + timedelta(hours=2), "带上\n笔记", "/sharing/7/"
    )
    register_calendar_source(CalendarSource("test", lambda viewer, first, last: [meeting]))
    try:
        body = calendar_file(viewer_of(make_member().user), today=date(2026, 9, 1), address="https://a.example")
    finally:
        register_calendar_source(CalendarSource("test", lambda viewer, first, last: []))
    assert len(calendar_sources()) == len(known) + 1
    (event,) = [one for one in Calendar.from_ical(body).walk("VEVENT") if str(one["uid"]).startswith("test-7@")]
    assert event.decoded("dtstart") == begins
    assert str(event["summary"]) == "分享会; 第三次, 会议室"
    assert str(event["url"]) == "https://a.example/sharing/7/"


def test_the_page_gives_address_and_code_only_once_it_is_on() -> None:
    client = client_of(make_member("worker").user)
    assert '<svg class="qr"' not in client.get("/account/calendar/").content.decode()
    client.post("/account/calendar/renew/")
    page = client.get("/account/calendar/").content.decode()
    assert '<svg class="qr"' in page
    assert ".ics" in page


def test_the_feed_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    member = make_member("worker")
    for number in range(20):
        leave(make_member("worker", full_name=f"人{number}"))
    address = feed_address(member.user)
    with django_assert_max_num_queries(9):
        Client().get(address)
