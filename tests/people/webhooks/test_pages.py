"""The desk's page about group chats: addresses stay hidden, a trial shows the robot's answer, two editors are told."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_member, make_org
from tests.people.webhooks.conftest import MakeRobot
from tests.servers.robots import KEY, SECRET, Robots, told
from tests.web.pages import page, parsed, words
from wellspring.core.models import AuditEntry
from wellspring.people.models import GroupWebhook, Member

pytestmark = pytest.mark.django_db
HERE = "/manage/group-chats/"


@pytest.fixture
def leader(client: Client) -> Member:
    member = make_member("leader")
    client.force_login(member.user)
    return member


def given(robots: Robots, service: str = "wecom", **changes: object) -> dict[str, object]:
    return {"org": make_org().pk, "name": "柳湾工作群", "service": service, "url": robots.address(service), **changes}


def test_an_empty_page_says_what_a_robot_is_good_for(client: Client, leader: Member) -> None:
    assert "尚未接入工作群" in words(page(client, HERE), ".empty")


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
def test_a_robot_is_added_tried_and_never_shown_whole(
    client: Client, leader: Member, robots: Robots, service: str
) -> None:
    robots.signed = True
    added = client.post(f"{HERE}add/", given(robots, service, secret=SECRET), follow=True)
    robot = GroupWebhook.objects.get()
    assert added.redirect_chain == [(f"{HERE}{robot.pk}/", 302)]
    tried = client.post(f"{HERE}{robot.pk}/trial/", follow=True)
    assert "已接收消息" in words(parsed(tried), ".notice.is-alive")
    assert robots.said == ["源动力：测试消息，机器人工作正常。"]
    for shown in (added, tried, client.get(HERE), client.get(f"{HERE}{robot.pk}/remove/")):
        assert KEY not in shown.content.decode()
        assert SECRET not in shown.content.decode()
    trail = "".join(f"{entry.action} {entry.data}" for entry in AuditEntry.objects.all())
    assert "people.webhook_added" in trail
    assert "people.webhook_tried" in trail
    assert KEY not in trail
    assert SECRET not in trail


def test_a_trial_that_is_refused_shows_the_robot_s_own_words(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot()
    robots.instead = told(errcode=93000, errmsg=f"invalid webhook url <b>{KEY}</b>")
    shown = client.post(f"{HERE}{robot.pk}/trial/", follow=True)
    said = words(parsed(shown), ".notice.is-wrong")
    assert "93000 invalid webhook url <b>…</b>" in said
    assert KEY not in shown.content.decode()


def test_trials_do_not_follow_each_other_quickly(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot()
    for _ in range(3):
        shown = client.post(f"{HERE}{robot.pk}/trial/", follow=True)
    assert len(robots.said) == 1
    assert "请稍等几秒" in words(parsed(shown), ".notice.is-wrong")
    cache.clear()
    client.post(f"{HERE}{robot.pk}/trial/")
    assert len(robots.said) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://oapi.dingtalk.com/robot/send?access_token=abc",
        "https://example.org/",
        "ftp://x",
        "十二",
    ],
)
def test_what_is_no_robot_s_address_is_told_with_an_example(
    client: Client, leader: Member, robots: Robots, url: str
) -> None:
    shown = parsed(client.post(f"{HERE}add/", given(robots, url=url)))
    assert "qyapi.weixin.qq.com" in words(shown, ".field-errors")
    assert shown.css_first("[name=name]").attributes["value"] == "柳湾工作群"
    assert not GroupWebhook.objects.exists()


def test_a_unit_has_one_robot_of_a_name(client: Client, leader: Member, make_robot: MakeRobot, robots: Robots) -> None:
    make_robot(name="柳湾工作群")
    assert "已有同名群" in words(parsed(client.post(f"{HERE}add/", given(robots))), ".field-errors")


def test_a_leader_reaches_the_robots_of_her_own_units_only(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    other = make_robot(org=make_org("荷塘社区"), name="荷塘群")
    assert "荷塘群" not in client.get(HERE).content.decode()
    for method, address in (
        ("get", f"{other.pk}/"),
        ("post", f"{other.pk}/"),
        ("post", f"{other.pk}/trial/"),
        ("post", f"{other.pk}/switch/"),
        ("post", f"{other.pk}/remove/"),
    ):
        assert getattr(client, method)(f"{HERE}{address}").status_code == 404, address
    shown = client.post(f"{HERE}add/", given(robots, org=other.org.pk))
    assert parsed(shown).css_first(".field-errors") is not None
    assert GroupWebhook.objects.count() == 1
    assert robots.said == []


def test_an_empty_address_keeps_the_stored_one_and_a_new_one_forgets_the_secret(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot("dingtalk", secret=SECRET, refusals=3, last_error="x")
    client.post(f"{HERE}{robot.pk}/", {"name": "新名", "service": "dingtalk", "version": 1})
    robot.refresh_from_db()
    assert (robot.name, robot.version, robot.refusals, robot.last_error) == ("新名", 2, 0, "")
    assert robot.url.open() == robots.address("dingtalk")
    assert robot.secret.open() == SECRET
    other = robots.address("dingtalk").replace(KEY, "another-key")
    client.post(f"{HERE}{robot.pk}/", {"name": "新名", "service": "dingtalk", "version": 2, "url": other})
    robot.refresh_from_db()
    assert robot.url.open() == other
    assert robot.secret.open() == ""


def test_a_service_that_does_not_fit_the_stored_address_is_refused(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot()
    shown = client.post(f"{HERE}{robot.pk}/", {"name": "x", "service": "feishu", "version": 1})
    assert parsed(shown).css_first(".field-errors") is not None
    robot.refresh_from_db()
    assert robot.service == "wecom"


def test_the_second_of_two_editors_is_told_and_sees_what_changed(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot(name="旧名")
    client.post(f"{HERE}{robot.pk}/", {"name": "甲的名", "service": "wecom", "version": 1})
    shown = parsed(client.post(f"{HERE}{robot.pk}/", {"name": "乙的名", "service": "wecom", "version": 1}))
    assert "甲的名" in words(shown, ".difference")
    assert "乙的名" in words(shown, ".difference")
    robot.refresh_from_db()
    assert robot.name == "甲的名"
    version = shown.css_first("[name=version]").attributes["value"]
    client.post(f"{HERE}{robot.pk}/", {"name": "乙的名", "service": "wecom", "version": version})
    robot.refresh_from_db()
    assert robot.name == "乙的名"


def test_a_robot_is_switched_off_and_on_again(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot(pending=4)
    client.post(f"{HERE}{robot.pk}/switch/", {"on": "0"})
    robot.refresh_from_db()
    assert (robot.off_reason, robot.pending) == ("by_hand", 0)
    client.post(f"{HERE}{robot.pk}/switch/", {"on": "1"})
    client.post(f"{HERE}{robot.pk}/switch/", {"on": "1"})
    robot.refresh_from_db()
    assert robot.off_at is None
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["people.webhook_switched_off", "people.webhook_switched_on"]


def test_a_robot_is_removed_after_a_question(
    client: Client, leader: Member, make_robot: MakeRobot, robots: Robots
) -> None:
    robot = make_robot()
    assert robot.name in words(page(client, f"{HERE}{robot.pk}/remove/"), ".confirm")
    assert GroupWebhook.objects.exists()
    client.post(f"{HERE}{robot.pk}/remove/", {"confirm": "yes"})
    assert not GroupWebhook.objects.exists()
    assert AuditEntry.objects.get().action == "people.webhook_removed"


def test_many_robots_cost_no_more_queries_than_one(
    client: Client,
    leader: Member,
    make_robot: MakeRobot,
    robots: Robots,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        make_robot(org=make_org(f"柳湾{number}网格", parent=leader.org), name=f"群{number}")
    with django_assert_max_num_queries(8):
        tree = page(client, HERE)
    assert len(tree.css("tbody tr")) == 30
