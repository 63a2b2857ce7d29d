"""Addresses of notices and of groups' robots."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tests.people.factories import make_user
from tests.web.addresses.answers import POST_ONLY, everybody, signed_in
from wellspring.core.models import Notification
from wellspring.core.notices.services import notify
from wellspring.people.notices.kinds import ROLE_GIVEN

TABLE = {
    "people:notices": signed_in(),
    "people:unread_notices": signed_in(is_page=False),
    "people:read_notices": POST_ONLY,
    "people:notice": everybody(404, guest=302),  # of somebody else
    "people:notice_choices": signed_in(),
}


def arguments() -> dict[str, dict[str, Any]]:
    """A notice of somebody who does not ask."""
    with transaction.atomic():
        notify([make_user()], ROLE_GIVEN, data={"role": "mentor", "org": "柳湾社区"}, url="/library/")
    return {"people:notice": {"pk": Notification.objects.latest("pk").pk}}
