"""Setting up the robots of group chats, trying them, and counting what they have to tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.calendar import WorkCalendar
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import NoticeSettings, User
from wellspring.core.notices.kinds import notice_kinds
from wellspring.core.notices.quiet import next_loud_moment
from wellspring.core.notices.services import notify
from wellspring.people.models import GroupWebhook, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import paths_above, users_with
from wellspring.people.viewer import Actor
from wellspring.people.webhooks.errors import TriedTooOften, WebhookProblem
from wellspring.people.webhooks.queries import visible_webhooks
from wellspring.people.webhooks.robots import EXAMPLES, RobotAnswer, fits
from wellspring.people.webhooks.sending import tell_robot

GATHERED_FOR = timedelta(seconds=30)
"""What comes within this time leaves as one message."""
LEAST_GAP = timedelta(minutes=1)
"""Between two messages to one robot; the services allow about twenty a minute."""
TRIAL_SECONDS = 5


@transaction.atomic
def add_webhook(*, actor: Actor, org: OrgUnit, name: str, service: str, url: str, secret: str = "") -> GroupWebhook:
    """Give a unit's group chat a robot. Raises WebhookProblem where name or address cannot be used."""
    actor.require(Permission.MANAGE_WEBHOOKS, org=org)
    _check_name(org, name)
    webhook = GroupWebhook.objects.create(
        org=org,
        name=name,
        service=service,
        url=_checked_url(service, url),
        secret=secret.strip(),
        host=_host(url),
        created_by=actor.user,
    )
    _record("people.webhook_added", actor, webhook)
    return webhook


@transaction.atomic
def change_webhook(
    *, actor: Actor, webhook: GroupWebhook, version: int, name: str, service: str, url: str = "", secret: str = ""
) -> GroupWebhook:
    """Change a robot; an empty `url` or `secret` keeps the one that is stored, a new `url` without one forgets it.

    Raises ChangedMeanwhile where `version` is not what stands now, WebhookProblem.
    """
    locked = _locked(actor, webhook.pk)
    if locked.version != version:
        raise ChangedMeanwhile(version=locked.version, differences=_differences(locked, name, service))
    _check_name(locked.org, name, besides=locked.pk)
    before = {"name": locked.name, "service": locked.service, "url": "", "secret": ""}
    after = {"name": name, "service": service, "url": url, "secret": secret}
    if url:
        locked.url, locked.host = _checked_url(service, url), _host(url)
        locked.secret = secret.strip()
    elif secret:
        locked.secret = secret.strip()
    if not fits(service, locked.url.open()):
        raise _no_such_robot(service)
    locked.name, locked.service = name, service
    _start_afresh(locked)
    locked.version += 1
    locked.save()
    changes = audit.differences(before, after, secret=("url", "secret"))
    _record("people.webhook_changed", actor, locked, changes=changes)
    return locked


@transaction.atomic
def switch_webhook(*, actor: Actor, webhook: GroupWebhook, on: bool) -> None:
    """Let a robot speak, or be silent until it is switched on again. What happens meanwhile is not told later."""
    locked = _locked(actor, webhook.pk)
    if (locked.off_at is None) == on:
        return
    if on:
        locked.off_at, locked.off_reason = None, ""
        _start_afresh(locked)
    else:
        locked.off_at, locked.off_reason = timezone.now(), "by_hand"
        locked.pending, locked.due_at = 0, None
    locked.version += 1
    locked.save()
    _record("people.webhook_switched_on" if on else "people.webhook_switched_off", actor, locked)


@transaction.atomic
def remove_webhook(*, actor: Actor, webhook: GroupWebhook) -> None:
    """Forget a robot, its address and its secret."""
    locked = _locked(actor, webhook.pk)
    _record("people.webhook_removed", actor, locked)
    locked.delete()


def try_webhook(*, actor: Actor, webhook: GroupWebhook) -> RobotAnswer:
    """Send a trial message now and give the robot's answer. Not inside a transaction. Raises TriedTooOften."""
    actor.require(Permission.MANAGE_WEBHOOKS, org=webhook.org)
    if not cache.add(f"webhook-trial-{webhook.pk}", True, TRIAL_SECONDS):
        raise TriedTooOften
    site = settings.ENVIRONMENT.site_name or _("Wellspring")
    answer = tell_robot(webhook, _("%(site)s: a trial message. This robot works.") % {"site": site})
    with transaction.atomic():
        _record("people.webhook_tried", actor, webhook, outcome=answer.outcome.value)
    return answer


def notify_unit(
    org: OrgUnit,
    kind: str,
    *,
    permission: Permission,
    data: Mapping[str, Any],
    url: str = "",
    about: models.Model | None = None,
    besides: User | None = None,
) -> int:
    """Tell those who may do this in the unit, and count it for the unit's group chat; returns how many people are told.

    In the transaction of the change. `besides`: who did it and need not be told.
    """
    people = [user for user in users_with(permission, org) if besides is None or user.pk != besides.pk]
    count = notify(people, kind, data=data, url=url, about=about)
    if notice_kinds()[kind].for_groups:
        count_for_group(org)
    return count


def count_for_group(org: OrgUnit) -> None:
    """One more for the robots of this unit; of the nearest unit above it where it has none. In a transaction."""
    robots = list(
        GroupWebhook.objects.select_for_update(of=("self",))
        .filter(org__path__in=paths_above(org), off_at=None)
        .select_related("org")
        .order_by("pk")
    )
    nearest = max((robot.org.path for robot in robots), key=len, default="")
    now = timezone.now()
    for robot in robots:
        if robot.org.path == nearest:
            robot.pending += 1
            if robot.due_at is None:
                earliest = now + GATHERED_FOR
                if robot.last_sent_at is not None:
                    earliest = max(earliest, robot.last_sent_at + LEAST_GAP)
                robot.due_at = next_loud_moment(earliest, NoticeSettings(), WorkCalendar())
            robot.save(update_fields=["pending", "due_at"])


def _locked(actor: Actor, pk: int) -> GroupWebhook:
    webhook = visible_webhooks(viewer=actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if webhook is None:
        raise Http404
    return webhook


def _start_afresh(webhook: GroupWebhook) -> None:
    webhook.attempts = webhook.refusals = 0
    webhook.last_error = ""
    webhook.due_at = timezone.now() if webhook.pending else None


def _check_name(org: OrgUnit, name: str, *, besides: int | None = None) -> None:
    others = GroupWebhook.objects.filter(org=org, name=name)
    if (others if besides is None else others.exclude(pk=besides)).exists():
        raise WebhookProblem(
            _("%(org)s has a robot for a group of this name already. Give another name.") % {"org": org.name},
            field="name",
        )


def _checked_url(service: str, url: str) -> str:
    if not fits(service, url.strip()):
        raise _no_such_robot(service)
    return url.strip()


def _no_such_robot(service: str) -> WebhookProblem:
    example = next(example for known, example in EXAMPLES.items() if known == service)
    return WebhookProblem(
        _("This is not the address of a robot of this service; it looks like %(example)s") % {"example": example},
        field="url",
    )


def _host(url: str) -> str:
    return (urlsplit(url.strip()).hostname or "")[:253]


def _differences(now: GroupWebhook, name: str, service: str) -> list[Difference]:
    fields = GroupWebhook._meta
    pairs = [
        (str(fields.get_field("name").verbose_name), now.name, name),
        (str(fields.get_field("service").verbose_name), now.service, service),
    ]
    return [Difference(label, stands, typed) for label, stands, typed in pairs if stands != typed]


def _record(action: str, actor: Actor, webhook: GroupWebhook, **more: object) -> None:
    """The host at most: the rest of the address is a key."""
    data = {"name": webhook.name, "unit": webhook.org.name, "host": webhook.host, **more}
    audit.record(action, actor=actor.user, on=webhook, data=data)
