"""What sessions bring to the page of the day, to private calendars, and to the bar of one's pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_session, make_talk
from tests.web.pages import page, words
from wellspring.core.ics import calendar_file
from wellspring.people.models import Member
from wellspring.people.viewer import viewer_of
from wellspring.sharing.models import AgendaSlot, SessionState, SlotState
from wellspring.sharing.services.swaps import ask_swap

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def summaries(member: Member) -> list[str]:
    feed = Calendar.from_ical(calendar_file(viewer_of(member.user), today=timezone.localdate()))
    return [str(event["summary"]) for event in feed.walk("VEVENT") if "sharing-" in str(event["uid"])]


def test_the_day_shows_the_next_session_my_place_and_my_draft() -> None:
    me = make_member()
    session = make_session(title="十月分享会")
    make_session(title="再下一次", starts_at=timezone.now() + timedelta(days=9))
    AgendaSlot.objects.create(session=session, speaker=me)
    make_talk(author=me, title="楼道堆物的难处")
    told = words(page(client_of(me), "/today/"), ".today-main")
    assert "十月分享会" in told
    assert "再下一次" not in told
    assert "被提名" in told
    assert "楼道堆物的难处" in told
    assert "楼道堆物的难处" not in page(client_of(make_member()), "/today/").html


def test_a_swap_that_waits_for_me_stands_on_the_day() -> None:
    session, speaker, me = make_session(), make_member(full_name="李芳"), make_member()
    slot = AgendaSlot.objects.create(session=session, speaker=speaker, state=SlotState.AGREED)
    ask_swap(actor=viewer_of(speaker.user), slot=slot, asked=me)
    assert "李芳" in words(page(client_of(me), "/today/"), ".today-main")


def test_who_has_no_session_ahead_finds_nothing_of_them_on_the_day() -> None:
    make_session(state=SessionState.CANCELLED)
    make_session(starts_at=timezone.now() - timedelta(days=2))
    make_session(org=make_org("荷塘社区"))
    assert "session-row" not in page(client_of(make_member()), "/today/").html


def test_the_calendar_holds_ones_own_units_sessions_and_no_cancelled_ones() -> None:
    street = make_org("城南街道", level="subdistrict")
    community = make_org("甲社区", parent=street)
    session = make_session(org=community, title="甲的分享会", place="二楼")
    make_session(org=community, title="取消的", state=SessionState.CANCELLED)
    make_session(org=make_org("荷塘社区"), title="别处的")
    worker = make_member(org=community)
    assert summaries(worker) == ["甲的分享会"]
    above = make_member("leader", org=street)
    assert summaries(above) == []
    session.host = above
    session.save()
    assert summaries(above) == ["甲的分享会"]
    with override("zh-hans"):
        feed = Calendar.from_ical(calendar_file(viewer_of(above.user), today=timezone.localdate()))
    event = next(event for event in feed.walk("VEVENT") if "sharing-" in str(event["uid"]))
    assert str(event["description"]) == "二楼。由您主持。"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)


def test_the_bar_has_room_for_six_and_that_of_elders_for_four() -> None:
    leader = make_member("leader")
    tree = page(client_of(leader), "/today/")
    assert len(tree.css(".member-bar li")) <= 6
    leader.user.elder_mode = True
    leader.user.save()
    links = page(client_of(leader), "/today/").css(".member-bar-link span:first-of-type")
    assert [node.text().strip() for node in links] == ["今日", "分享", "资讯库", "通知"]
