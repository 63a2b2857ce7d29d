"""The page of the day: greeting, where one belongs, what waits, the cards; and what it costs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_snapshot, make_topic
from tests.people.factories import make_member, make_org, make_user
from tests.plan.factories import make_item
from tests.sharing.factories import make_idea, make_session, make_talk
from tests.web.pages import page, words
from wellspring.core import registry
from wellspring.core.registry import DeskPage, MemberPage, TodayCard, register_desk_pages, register_today_cards
from wellspring.people.today import greeting
from wellspring.sharing.models import AgendaSlot, SlotSwap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registries_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_desk_pages", list(registry._desk_pages))
    monkeypatch.setattr(registry, "_today_cards", list(registry._today_cards))
    monkeypatch.setattr(registry, "_member_pages", list(registry._member_pages))


def signed_in(*roles: str, **fields: object) -> Client:
    client = Client()
    client.force_login(make_member(*roles, **fields).user)  # type: ignore[arg-type]  # fields of many kinds
    return client


@pytest.mark.parametrize(
    ("hour", "says"), [(6, "早上好"), (12, "中午好"), (15, "下午好"), (20, "晚上好"), (3, "晚上好")]
)
def test_the_greeting_suits_the_hour(hour: int, says: str) -> None:
    with translation.override("zh-hans"):
        assert greeting(datetime(2025, 3, 5, hour, 30, tzinfo=ZoneInfo("Asia/Shanghai"))) == says


def test_signing_in_leads_to_the_page_of_the_day(settings: object) -> None:
    from django.shortcuts import resolve_url

    assert resolve_url(settings.LOGIN_REDIRECT_URL) == "/today/"  # type: ignore[attr-defined]  # Django's settings


def test_it_says_who_one_is_and_where_one_belongs() -> None:
    member = make_member("leader", "worker", full_name="范青")
    make_member("mentor", user=member.user, org=make_org("荷塘社区"))
    client = Client()
    client.force_login(member.user)
    tree = page(client, "/today/")
    assert "范青" in words(tree, "h1")
    places = words(tree, ".today-places")
    assert "柳湾社区 社工 负责人" in places
    assert "荷塘社区 师傅" in places


def test_who_belongs_nowhere_is_told_what_to_do() -> None:
    client = Client()
    client.force_login(make_user("沈知远"))
    assert "邀请链接" in words(page(client, "/today/"), ".notice")


def test_with_nothing_to_do_it_shows_the_way_to_the_library() -> None:
    assert "暂时没有要您处理的事" in words(page(signed_in(), "/today/"), ".empty")


def test_what_waits_at_the_desk_stands_there_for_who_may_decide() -> None:
    register_desk_pages(
        DeskPage("people:desk", "Invitations", "…", "people", "manage_people", waiting=lambda viewer: 3),
        DeskPage("people:desk", "Quiet", "…", "people", "manage_people", waiting=lambda viewer: 0),
    )
    waiting = words(page(signed_in("leader"), "/today/"), ".today-waiting")
    assert "3" in waiting
    assert "Quiet" not in waiting
    assert page(signed_in("worker"), "/today/").css_first(".today-waiting") is None


def test_cards_come_in_their_order_and_only_with_something_to_say() -> None:
    register_today_cards(
        TodayCard("late", "core/components/_notice.html", lambda viewer: {}, order=90),
        TodayCard("silent", "no/such/template.html", lambda viewer: None, order=10),
    )
    make_snapshot("分类的", topics=[make_topic()])
    tree = page(signed_in(), "/today/")
    assert "分类的" in words(tree, ".today-main .line")
    assert tree.css_first(".today-main .notice") is not None


def test_new_reports_on_topics_name_a_reprinted_title_once() -> None:
    topic = make_topic()
    for _ in range(3):
        make_snapshot("同一篇", topics=[topic])
    make_snapshot("没有主题的")
    tree = page(signed_in(), "/today/")
    assert [node.text().strip() for node in tree.css(".today-main .line-title")] == ["同一篇"]


def test_the_menu_has_her_pages_and_the_desk_only_for_who_works_there() -> None:
    leader = [link.attributes["href"] for link in page(signed_in("leader"), "/").css(".menu-sheet a")]
    worker = [link.attributes["href"] for link in page(signed_in("observer"), "/").css(".menu-sheet a")]
    assert {"/today/", "/notices/", "/manage/"} <= set(leader)
    assert "/manage/" not in worker
    assert Client().get("/").content.count(b"member-bar") == 0


def test_a_page_that_needs_a_permission_is_in_nobody_else_s_menu() -> None:
    registry.register_member_pages(MemberPage("people:desk", "Sources", "desk", 60, permission="manage_sources"))
    names = [node.text().strip() for node in page(signed_in("worker"), "/today/").css(".menu-sheet a")]
    assert "Sources" not in names


def test_the_page_costs_the_same_however_much_there_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    topics = [make_topic(), make_topic("elderly", "居家养老")]
    me = make_member("leader", "worker")
    for number in range(12):
        make_snapshot(f"第{number}篇", topics=topics)
        slot = AgendaSlot.objects.create(session=make_session(host=me), speaker=make_member())
        AgendaSlot.objects.create(session=slot.session, speaker=me, talk=make_talk(author=me))
        SlotSwap.objects.create(slot=slot, asked=me)
        make_idea(proposer=me, status="studying").contributors.add(me)
        make_idea(proposer=slot.speaker)
        make_item(owner=me, due_on=timezone.localdate())
    client = Client()
    client.force_login(me.user)
    with django_assert_max_num_queries(14):
        tree = page(client, "/today/")
    assert len(tree.css(".today-sharing li")) == 25, "places on agendas, swaps to answer and the latest draft"


@pytest.mark.parametrize("address", ["/", "/library/", "/library/channels/domestic/", "/library/outlets/"])
def test_a_public_page_costs_a_member_little_more_than_a_guest(
    address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_snapshot(topics=[make_topic()])
    Client().get(address)
    with CaptureQueriesContext(connection) as guests:
        Client().get(address)
    client = signed_in("leader")
    with django_assert_max_num_queries(len(guests) + 4):  # session, person, roles, unread notices
        client.get(address)
