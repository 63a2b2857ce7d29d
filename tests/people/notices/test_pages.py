"""The pages of notices: the list, the bell, the way to what it is about, the choices."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_org, make_user
from tests.web.pages import page, parsed, words
from wellspring.core.models import NoticeChoice, NoticeSettings, Notification, User
from wellspring.core.notices.queries import unread_count
from wellspring.core.notices.services import notify
from wellspring.people.notices.kinds import INVITATION_USED, NEW_DEVICE, ROLE_GIVEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def he(client: Client) -> User:
    user = make_user("小荷")
    client.force_login(user)
    return user


def tell(user: User, url: str = "/library/", **fields: object) -> Notification:
    with transaction.atomic():
        notify([user], ROLE_GIVEN, data={"role": "mentor", "org": "柳湾社区"}, url=url, **fields)  # type: ignore[arg-type]  # a model
    return Notification.objects.latest("pk")


def test_the_list_shows_what_is_unread_and_what_was_read(client: Client, he: User) -> None:
    tell(he)
    client.get(f"/notices/{tell(he).pk}/")
    tree = page(client, "/notices/")
    assert words(tree, ".notices-link").endswith("您已成为柳湾社区的老书记师傅。") or "柳湾社区" in words(
        tree, ".notices-link"
    )
    assert len(tree.css(".notices-row")) == 2
    assert len(tree.css(".notices-row.is-unread")) == 1
    assert len(page(client, "/notices/?show=unread").css(".notices-row")) == 1


def test_an_empty_list_says_what_will_stand_there(client: Client, he: User) -> None:
    assert "暂无通知" in words(page(client, "/notices/"), ".empty")
    client.get(f"/notices/{tell(he).pk}/")
    assert "没有未读" in words(page(client, "/notices/?show=unread"), ".empty")


def test_following_a_notice_marks_it_and_leads_to_its_page(client: Client, he: User) -> None:
    notice = tell(he)
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/library/"
    assert unread_count(he) == 0
    assert client.get(f"/notices/{tell(he, url='').pk}/")["Location"] == "/notices/"


def test_an_address_written_past_the_service_is_not_followed(client: Client, he: User) -> None:
    notice = tell(he)
    Notification.objects.update(url="//evil.example/")
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/notices/"


def test_the_notices_of_another_are_not_there(client: Client, he: User) -> None:
    notice = tell(make_user())
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    Notification.objects.update(read_at=None)
    assert "柳湾" not in page(client, "/notices/").body.text()


def test_all_are_marked_with_one_button(client: Client, he: User) -> None:
    tell(he)
    tell(he)
    tree = page(client, "/notices/")
    seen_at = tree.css_first("[name=seen_at]").attributes["value"]
    later = tell(he)
    answer = client.post("/notices/read/", {"seen_at": seen_at}, follow=True)
    assert "2 条通知" in words(parsed(answer), ".notice")
    assert list(Notification.objects.filter(read_at=None)) == [later]
    for nonsense in ("", "x", "2026-13-45T00:00:00", "2026-01-01T00:00:00"):
        assert client.post("/notices/read/", {"seen_at": nonsense}).status_code == 302


def test_the_bell_says_how_many_and_stays_silent_when_nothing_changed(client: Client, he: User) -> None:
    for _ in range(3):
        tell(he)
    tree = page(client, "/notices/unread/?known=0")
    assert words(tree, ".bell-count") == "3"
    assert "3 条未读通知" in words(tree, ".visually-hidden")
    assert client.get("/notices/unread/?known=3").status_code == 204
    client.logout()
    assert client.get("/notices/unread/", headers={"HX-Request": "true"}).status_code == 401


def test_a_long_list_is_paged_at_a_fixed_price(
    client: Client, he: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        tell(he, about=make_org(f"柳湾{number}社区"))
    with django_assert_max_num_queries(8):
        tree = page(client, "/notices/")
    assert len(tree.css(".notices-row")) == 20
    assert len(page(client, "/notices/?page=3").css(".notices-row")) == 5
    assert "没有第" in words(page(client, "/notices/?page=99"), ".notice")


def choose(client: Client, **changes: str) -> object:
    tree = page(client, "/account/notices/")
    sent = {"mail_pace": "at_once", "digest_at": "08:30", "quiet_from": "21:30", "quiet_until": "07:30"}
    for box in tree.css("input[type=checkbox][checked]"):
        sent[box.attributes["name"]] = "on"
    sent |= changes
    return client.post("/account/notices/", {name: value for name, value in sent.items() if value}, follow=True)


def test_choices_are_kept_and_shown_again(client: Client, he: User) -> None:
    choose(
        client,
        mail_pace="daily",
        quiet_from="20:00",
        rest_days="on",
        **{f"app-{ROLE_GIVEN}": "", f"mail-{ROLE_GIVEN}": "on"},
    )
    wishes = NoticeSettings.objects.get(user=he)
    assert (wishes.mail_pace, wishes.quiet_from.hour, wishes.rest_days) == ("daily", 20, True)
    choice = NoticeChoice.objects.get(user=he)
    assert (choice.kind, choice.in_app, choice.by_mail) == (ROLE_GIVEN, False, True)
    tree = page(client, "/account/notices/")
    assert "checked" not in tree.css_first(f"[name='app-{ROLE_GIVEN}']").attributes
    assert "checked" in tree.css_first(f"[name='mail-{ROLE_GIVEN}']").attributes
    choose(client, **{f"app-{ROLE_GIVEN}": "on", f"mail-{ROLE_GIVEN}": ""})
    assert not NoticeChoice.objects.exists()


def test_what_concerns_the_account_s_safety_cannot_be_switched_off(client: Client, he: User) -> None:
    tree = page(client, "/account/notices/")
    locked = [box.attributes["name"] for box in tree.css("input[disabled]")]
    assert len(locked) == 3
    choose(client, **dict.fromkeys(locked, ""))
    with transaction.atomic():
        assert notify([he], NEW_DEVICE, data={"device": "Firefox"}) == 1
        assert notify([he], INVITATION_USED, data={"name": "x", "org": "y"}) == 1


def test_a_time_that_is_none_is_told_and_the_rest_is_kept(client: Client, he: User) -> None:
    answer = choose(client, quiet_from="25:99", mail_pace="daily")
    tree = parsed(answer)  # type: ignore[arg-type]  # a response
    assert tree.css_first(".field-errors") is not None
    assert tree.css_first("[name=quiet_from]").attributes["value"] == "25:99"
    assert tree.css_first("option[value=daily][selected]") is not None
    assert not NoticeSettings.objects.exists()
