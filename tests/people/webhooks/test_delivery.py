"""Groups are told a count and a link; what a robot refuses is tried again, and a robot that keeps refusing goes off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.people.factories import make_member, make_org
from tests.people.webhooks.conftest import MakeRobot
from tests.servers.raw import redirect, response
from tests.servers.robots import KEY, SECRET, Robots, told
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import GroupWebhook
from wellspring.people.notices.kinds import INVITATION_USED, WEBHOOK_OFF
from wellspring.people.permissions import Permission
from wellspring.people.webhooks.delivery import deliver_to_groups
from wellspring.people.webhooks.health import look_at_webhooks
from wellspring.people.webhooks.services import count_for_group, notify_unit
from wellspring.people.webhooks.tasks import sweep_groups

pytestmark = pytest.mark.django_db
MESSAGE = "源动力：有 3 条新通知，请登录查看。https://ws.example.org/notices/"


def count(times: int = 1, org: object = None) -> None:
    with transaction.atomic():
        for _ in range(times):
            count_for_group(org or make_org())  # type: ignore[arg-type]  # a unit


def make_due() -> None:
    GroupWebhook.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(seconds=1))


def once_more() -> int:
    make_due()
    return deliver_to_groups()


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
def test_several_notices_leave_as_one_message_with_a_count_and_a_link(
    make_robot: MakeRobot, robots: Robots, service: str
) -> None:
    make_robot(service)
    count(3)
    assert deliver_to_groups() == 0, "gathered for a moment first"
    assert once_more() == 1
    assert robots.said == [MESSAGE]
    assert once_more() == 0
    robot = GroupWebhook.objects.get()
    assert (robot.pending, robot.due_at, robot.attempts, robot.last_error) == (0, None, 0, "")
    assert robot.last_sent_at is not None


@pytest.mark.parametrize("service", ["dingtalk", "feishu"])
def test_messages_are_signed_where_the_robot_asks_for_it(make_robot: MakeRobot, robots: Robots, service: str) -> None:
    robots.signed = True
    robot = make_robot(service)
    count(3)
    assert once_more() == 0
    robot.refresh_from_db()
    assert robot.refusals == 1
    assert "sign" in robot.last_error
    robot.secret = SECRET
    robot.save()
    assert once_more() == 1
    assert robots.said == [MESSAGE]


def test_no_name_and_no_sentence_of_a_notice_reaches_the_group(make_robot: MakeRobot, robots: Robots) -> None:
    make_robot()
    leader = make_member("leader")
    with transaction.atomic():
        data = {"name": "陆听荷", "org": "柳湾社区"}
        assert notify_unit(leader.org, INVITATION_USED, permission=Permission.MANAGE_PEOPLE, data=data) == 1
    assert Notification.objects.get().user == leader.user
    once_more()
    assert len(robots.said) == 1
    assert "陆听荷" not in robots.said[0]
    assert "1 条新通知" in robots.said[0]


def test_the_nearest_unit_s_group_is_told_and_no_other(make_robot: MakeRobot, robots: Robots) -> None:
    street = make_org("枫桥街道")
    community = make_org("柳湾社区", parent=street)
    grid, other = make_org("一网格", parent=community), make_org("荷塘社区", parent=street)
    of_street, of_community = make_robot(org=street), make_robot(org=community)
    count(org=grid)
    count(org=other)
    assert {robot.pk: robot.pending for robot in GroupWebhook.objects.all()} == {of_street.pk: 1, of_community.pk: 1}
    GroupWebhook.objects.filter(pk=of_community.pk).update(off_at=timezone.now())
    count(org=grid)
    of_street.refresh_from_db()
    assert of_street.pending == 2


def test_messages_to_one_robot_keep_their_distance(make_robot: MakeRobot, robots: Robots) -> None:
    make_robot(last_sent_at=timezone.now())
    count()
    due = GroupWebhook.objects.get().due_at
    assert due is not None
    assert due > timezone.now() + timedelta(seconds=50)


def test_what_comes_while_a_message_is_on_its_way_is_told_next(
    make_robot: MakeRobot, robots: Robots, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wellspring.people.webhooks import delivery

    make_robot()
    count(3)
    ask = delivery.tell_robot

    def meanwhile(webhook: GroupWebhook, text: str) -> object:
        answer = ask(webhook, text)
        count(2)
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "tell_robot", meanwhile)
        once_more()
    assert GroupWebhook.objects.get().pending == 2
    once_more()
    assert "有 2 条" in robots.said[1]


def test_a_sender_that_dies_after_posting_costs_one_duplicate(
    make_robot: MakeRobot, robots: Robots, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_robot()
    count(3)
    make_due()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("wellspring.people.webhooks.delivery._settle", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver_to_groups()
    assert deliver_to_groups() == 0, "it may still be on its way"
    assert once_more() == 1
    assert once_more() == 0
    assert robots.said == [MESSAGE, MESSAGE]


@pytest.mark.parametrize(
    ("service", "instead"),
    [
        ("wecom", told(errcode=45009, errmsg="api freq out of limit")),
        ("dingtalk", told(errcode=130101, errmsg="send too fast, exceed 20 times per minute")),
        ("feishu", told(code=11232, msg="frequency limited")),
        ("wecom", response(b"", status="503 Service Unavailable")),
        ("feishu", response(b"", status="429 Too Many Requests")),
    ],
)
def test_a_busy_robot_is_asked_later_and_never_switched_off(
    make_robot: MakeRobot, robots: Robots, service: str, instead: bytes
) -> None:
    make_robot(service)
    count(3)
    robots.instead = instead
    waits = []
    for _ in range(8):
        assert once_more() == 0
        due = GroupWebhook.objects.get().due_at
        assert due is not None
        waits.append((due - timezone.now()).total_seconds())
    assert waits[0] < waits[1] < waits[4]
    assert GroupWebhook.objects.get().off_at is None
    robots.instead = None
    assert once_more() == 1
    assert robots.said == [MESSAGE]


@pytest.mark.parametrize(
    ("service", "instead", "problem"),
    [
        ("wecom", told(errcode=93000, errmsg=f"invalid webhook url {KEY}"), "93000"),
        ("dingtalk", told(errcode=310000, errmsg="keywords not in content"), "310000"),
        ("feishu", told(code=19024, msg="Key Words Not Found"), "19024"),
        ("wecom", response(b"gone", status="404 Not Found"), "404"),
        ("wecom", redirect("http://127.0.0.1/"), "302"),
        ("feishu", response(b"<html>", content_type="text/html"), "JSON"),
        ("dingtalk", told(ok=True), "JSON"),
    ],
)
def test_a_robot_that_keeps_refusing_is_switched_off_and_its_leader_told(
    make_robot: MakeRobot, robots: Robots, service: str, instead: bytes, problem: str
) -> None:
    leader, worker = make_member("leader"), make_member("worker")
    make_robot(service)
    count(3)
    robots.instead = instead
    for _ in range(6):
        once_more()
    robot = GroupWebhook.objects.get()
    assert robot.off_at is not None
    assert robot.off_reason == "refused"
    assert len(robots.server.requests) == 5
    assert problem in robot.last_error
    assert KEY not in robot.last_error
    notice = Notification.objects.get(kind=WEBHOOK_OFF)
    assert notice.user == leader.user != worker.user
    assert notice.url == f"/manage/group-chats/{robot.pk}/"
    assert AuditEntry.objects.get(action="people.webhook_gave_up").actor is None
    assert [finding.level for finding in look_at_webhooks()] == ["warning"]
    count()
    assert GroupWebhook.objects.get().pending == 0


def test_nothing_is_sent_into_the_house_s_own_network(make_robot: MakeRobot, robots: Robots) -> None:
    robot = make_robot()
    for host in ("10.0.0.8", "127.0.0.1:1", "[::1]", "169.254.169.254"):
        robot.url = f"https://{host}/cgi-bin/webhook/send?key={KEY}"
        robot.host, robot.pending, robot.refusals, robot.due_at = host, 1, 0, timezone.now()
        robot.save()
        assert deliver_to_groups() == 0
        robot.refresh_from_db()
        assert robot.refusals == 1, host
        assert KEY not in robot.last_error
    assert robots.server.requests == []


def test_an_address_sealed_with_a_lost_key_is_told_as_such(make_robot: MakeRobot, robots: Robots) -> None:
    robot = make_robot()
    robot.url.token = "s1.00000000.AAAA"
    robot.save()
    count()
    assert once_more() == 0
    assert "WELLSPRING_OLD_SECRET_KEYS" in GroupWebhook.objects.get().last_error


def test_a_robot_that_cannot_be_reached_is_tried_again(make_robot: MakeRobot, robots: Robots) -> None:
    robot = make_robot()
    count(3)
    robots.server.__exit__()
    assert once_more() == 0
    robot.refresh_from_db()
    assert robot.refusals == 0
    assert robot.attempts == 1
    assert robot.pending == 3
    assert KEY not in robot.last_error
    robots.server.__enter__()


def test_the_sweep_enqueues_one_task_while_a_group_waits(make_robot: MakeRobot, robots: Robots) -> None:
    make_robot()
    assert sweep_groups() == 0
    count()
    make_due()
    assert sweep_groups() == 1
    assert sweep_groups() == 0
