"""Telling groups how many notices there are: claimed, posted, settled; a robot that keeps refusing is switched off."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.models import GroupWebhook
from wellspring.people.notices.kinds import WEBHOOK_OFF
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.webhooks.robots import Outcome, RobotAnswer
from wellspring.people.webhooks.sending import tell_robot
from wellspring.people.webhooks.services import LEAST_GAP

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_REFUSALS = 5
"""In a row; then the robot is switched off."""
MOST_AT_ONCE = 20

log = logging.getLogger("wellspring.notices")


def groups_due() -> QuerySet[GroupWebhook]:
    """Robots that have something to tell, and whose time has come."""
    return GroupWebhook.objects.filter(off_at=None, due_at__lte=timezone.now())


def deliver_to_groups(*, most: int = MOST_AT_ONCE) -> int:
    """Tell the groups that are due, at most so many; how many were told. Not inside a transaction."""
    told = 0
    with override(settings.LANGUAGE_CODE):
        for _ in range(most):
            webhook = _claim()
            if webhook is None:
                break
            answer = tell_robot(webhook, _message(webhook.pending))
            _settle(webhook, answer)
            told += answer.outcome is Outcome.TOLD
    return told


def _message(count: int) -> str:
    """A count and a link, and nothing else."""
    here = settings.ENVIRONMENT.public_url
    link = f"{here}{reverse('people:notices')}" if here else ""
    said = ngettext(
        "%(site)s: %(count)s new notice. Sign in to read it. %(link)s",
        "%(site)s: %(count)s new notices. Sign in to read them. %(link)s",
        count,
    )
    site = settings.ENVIRONMENT.site_name or gettext("Wellspring")
    return (said % {"site": site, "count": count, "link": link}).strip()


def _claim() -> GroupWebhook | None:
    with transaction.atomic():
        due = groups_due().select_related("org").select_for_update(of=("self",), skip_locked=True)
        webhook = due.order_by("due_at", "pk").first()
        if webhook is None:
            return None
        webhook.due_at = timezone.now() + LEASE
        webhook.attempts += 1
        webhook.save(update_fields=["due_at", "attempts"])
        return webhook


def _settle(claimed: GroupWebhook, answer: RobotAnswer) -> None:
    with transaction.atomic():
        robots = GroupWebhook.objects.select_related("org").select_for_update(of=("self",))
        webhook = robots.filter(pk=claimed.pk, off_at=None).first()
        if webhook is None:  # removed or switched off meanwhile
            return
        now = timezone.now()
        if answer.outcome is Outcome.TOLD:
            webhook.pending = max(0, webhook.pending - claimed.pending)
            webhook.attempts = webhook.refusals = 0
            webhook.last_error, webhook.last_sent_at = "", now
            webhook.due_at = now + LEAST_GAP if webhook.pending else None
        else:
            pause = FIRST_PAUSE * 2 ** min(max(0, webhook.attempts - 1), 20)
            webhook.due_at = now + min(LONGEST_PAUSE, pause)
            webhook.last_error = answer.said[:300]
            webhook.refusals = webhook.refusals + 1 if answer.outcome is Outcome.REFUSED else 0
            log.warning("the robot of a group at %s was not told: %s", webhook.host, answer.said)
            if webhook.refusals >= MOST_REFUSALS:
                _switch_off(webhook)
        webhook.save()


def _switch_off(webhook: GroupWebhook) -> None:
    webhook.off_at, webhook.off_reason = timezone.now(), "refused"
    webhook.pending, webhook.due_at = 0, None
    webhook.version += 1
    data = {"name": webhook.name, "unit": webhook.org.name, "host": webhook.host}
    audit.record("people.webhook_gave_up", actor=None, on=webhook, data=data)
    notify(
        users_with(Permission.MANAGE_WEBHOOKS, webhook.org),
        WEBHOOK_OFF,
        data={"name": webhook.name, "problem": webhook.last_error},
        url=reverse("people:webhook", args=[webhook.pk]),
        about=webhook,
    )
