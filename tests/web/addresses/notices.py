"""Addresses of notices and of groups' robots."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tests.people.factories import make_org, make_user
from tests.web.addresses.answers import POST_ONLY, everybody, only, signed_in
from wellspring.core.models import Notification
from wellspring.core.notices.services import notify
from wellspring.people.models import GroupWebhook
from wellspring.people.notices.kinds import ROLE_GIVEN

TABLE = {
    "people:notices": signed_in(),
    "people:unread_notices": signed_in(is_page=False),
    "people:read_notices": POST_ONLY,
    "people:notice": everybody(404, guest=302),  # of somebody else
    "people:notice_choices": signed_in(),
    "people:webhooks": only("leader", "administrator", "stranger"),
    "people:add_webhook": only("leader", "administrator", "stranger"),
    "people:webhook": only("leader", "administrator", stranger=404),
    "people:remove_webhook": only("leader", "administrator", stranger=404),
    "people:try_webhook": POST_ONLY,
    "people:switch_webhook": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A notice of somebody who does not ask; a robot of the community that the table is about."""
    with transaction.atomic():
        notify([make_user()], ROLE_GIVEN, data={"role": "mentor", "org": "柳湾社区"}, url="/library/")
    robot = GroupWebhook.objects.create(org=make_org(), name="柳湾工作群", service="wecom", url="https://a.example/")
    about_the_robot = ("webhook", "remove_webhook", "try_webhook", "switch_webhook")
    return {
        "people:notice": {"pk": Notification.objects.latest("pk").pk},
        **{f"people:{name}": {"pk": robot.pk} for name in about_the_robot},
    }
