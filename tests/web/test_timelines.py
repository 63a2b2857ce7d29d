"""Every object of the desk shows on its page what was done with it, by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.library.factories import make_channel, make_snapshot, make_source, make_topic
from tests.people.factories import make_member, make_org
from tests.web.pages import page
from wellspring.library.models import Field
from wellspring.library.services.channels import ChannelWords, save_channel
from wellspring.library.services.corrections import correct_snapshot
from wellspring.library.services.source_changes import pause_source
from wellspring.people.models import Member
from wellspring.people.queries.audit import visible_entries
from wellspring.people.services.invitations import invite
from wellspring.people.services.units import change_unit
from wellspring.people.viewer import Actor, viewer_of
from wellspring.people.webhooks.services import add_webhook
from wellspring.topics.services import TopicWords, change_topic

pytestmark = pytest.mark.django_db

ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000"


def a_source(actor: Actor) -> str:
    source = make_source("柳湾网")
    pause_source(actor=actor, source=source)
    return f"/manage/sources/{source.pk}/"


def a_channel(actor: Actor) -> str:
    channel = make_channel("safety", "平安")
    wanted = ChannelWords("平安法治", channel.name_en, ())
    save_channel(actor=actor, channel=channel, version=0, wanted=wanted)
    return f"/manage/channels/{channel.pk}/"


def a_topic(actor: Actor) -> str:
    topic = make_topic("waste", "垃圾分类")
    change_topic(actor=actor, topic_id=topic.pk, version=0, wanted=TopicWords("垃圾分类", "Waste", ("撤桶",), None))
    return f"/manage/topics/{topic.pk}/"


def a_snapshot(actor: Actor) -> str:
    snapshot = make_snapshot()
    wanted: dict[Field, Any] = {Field.TITLE: "改正的题目"}
    correct_snapshot(actor=actor, snapshot_id=snapshot.pk, version=0, wanted=wanted, reason="错字")
    return f"/manage/snapshots/{snapshot.pk}/"


def a_unit(actor: Actor) -> str:
    root = make_org("柳湾街道", level="subdistrict")
    other = make_org("荷塘街道", level="subdistrict")
    boss = make_member("administrator", org=root, user=actor.user)
    make_member("administrator", org=other, user=boss.user)
    unit = make_org("一网格", level="grid", parent=root)
    acting = viewer_of(boss.user)
    change_unit(actor=acting, unit=unit, name="一网格", level="grid", parent=other, version=0)
    return f"/manage/units/{unit.pk}/"


def a_robot(actor: Actor) -> str:
    robot = add_webhook(actor=actor, org=make_org(), name="值班群", service="feishu", url=ROBOT)
    return f"/manage/group-chats/{robot.pk}/"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (a_source, "paused the source “柳湾网”"),
        (a_channel, "平安 → 平安法治"),
        (a_topic, "nothing → 撤桶"),
        (a_snapshot, "corrected the snapshot"),
        (a_unit, "柳湾街道 → 荷塘街道"),
        (a_robot, "gave the group “值班群” a robot"),
    ],
)
def test_what_was_done_stands_on_the_page_of_the_thing(made: Callable[[Actor], str], said: str) -> None:
    member = make_member("administrator", full_name="沈书记")
    address = made(viewer_of(member.user))
    client = Client()
    client.force_login(member.user)
    timeline = page(client, address, "en").css_first(".timeline").text()
    assert said in timeline
    assert "沈书记" in timeline


def test_invitations_and_robots_are_told_in_the_unit_that_they_belong_to() -> None:
    here: Member = make_member("leader")
    elsewhere = make_member("leader", org=make_org("荷塘社区"))
    make_member("worker", org=elsewhere.org, user=here.user)
    actor = viewer_of(here.user)
    invite(actor=actor, org=here.org, full_name="小周")
    add_webhook(actor=actor, org=here.org, name="值班群", service="feishu", url=ROBOT)
    assert visible_entries(viewer=actor).count() == 2
    assert not visible_entries(viewer=viewer_of(elsewhere.user)).exists()
