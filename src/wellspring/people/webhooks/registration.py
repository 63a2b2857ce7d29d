"""What group chats add to the house: a page of the desk, a sweep of the worker, a look at their health."""

from __future__ import annotations

from wellspring.core.registry import (
    DeskPage,
    HealthCheck,
    register_desk_pages,
    register_health_checks,
    register_sweep,
)
from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission
from wellspring.people.webhooks.health import look_at_webhooks
from wellspring.people.webhooks.tasks import sweep_groups


def register_group_chats() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_desk_pages(
        DeskPage(
            url_name="people:webhooks",
            name=marked("Group chats"),
            about=marked("Robots that tell your unit's WeCom, DingTalk or Feishu group how many notices wait."),
            group="office",
            permission=Permission.MANAGE_WEBHOOKS.value,
            icon="chat",
        )
    )
    register_sweep("groups to tell", sweep_groups)
    register_health_checks(HealthCheck("group_chats", marked("Robots of group chats"), look_at_webhooks))
