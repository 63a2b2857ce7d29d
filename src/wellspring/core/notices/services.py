"""Writing notices, marking them as read, and keeping what a person has chosen about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from wellspring.core.calendar import WorkCalendar
from wellspring.core.models import (
    MailPace,
    NoticeChannel,
    NoticeChoice,
    NoticeDelivery,
    NoticeSettings,
    Notification,
    User,
)
from wellspring.core.notices.kinds import NoticeKind, notice_kinds
from wellspring.core.notices.mail import mail_is_on
from wellspring.core.notices.quiet import mail_due

REMINDED_AFTER = timedelta(days=1)
"""A notice that goes on growing unread is mailed again, but not more often than this."""
KEPT = timedelta(days=180)
"""How long a notice is kept after it was read."""
PRUNED_AT_ONCE = 5000


def notify(
    users: Iterable[User],
    kind: str,
    *,
    data: Mapping[str, Any] | None = None,
    url: str = "",
    about: models.Model | None = None,
) -> int:
    """Tell these people something, in the transaction of the change itself; returns how many are told.

    `kind`: a registered `NoticeKind`. `data`: plain JSON values for its sentence. `url`: a path of ours. While a notice
    of the same kind about the same thing (`about`) is unread, it grows instead of a second one being written.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a notice belongs inside the change's transaction")
    if url and not is_own_path(url):
        raise ValueError(f"a notice leads to a path of ours, not to {url!r}")
    sort = notice_kinds()[kind]
    now = timezone.now()
    # Their rows are locked until commit: two notices at once about one thing become one notice of two.
    people = (
        User.objects.select_for_update(no_key=True)
        .filter(pk__in={user.pk for user in users}, is_active=True)
        .order_by("pk")
    )
    wanted = _wanted(list(people), sort)
    thing = _thing(about)
    unread = Notification.objects.select_for_update().filter(
        user__in=wanted, kind=kind, read_at=None, object_type=thing[0], object_id=thing[1]
    )
    growing = {notice.user_id: notice for notice in unread} if thing[1] is not None else {}
    written = json.loads(json.dumps(dict(data or {})))
    fresh = []
    for user_id, (is_shown, _mail) in wanted.items():
        notice = growing.get(user_id)
        if notice is None:
            notice = Notification(user_id=user_id, kind=kind, object_type=thing[0], object_id=thing[1], created_at=now)
            fresh.append(notice)
            notice.is_shown = is_shown
        else:
            notice.count += 1
            notice.is_shown = notice.is_shown or is_shown
        notice.data, notice.url, notice.happened_at = written, url, now
    Notification.objects.bulk_update(growing.values(), ["count", "is_shown", "data", "url", "happened_at"])
    notices = [*growing.values(), *Notification.objects.bulk_create(fresh)]
    _plan_mail(notices, wanted, sort, now)
    return len(notices)


def mark_read(user: User, notice_id: int) -> Notification | None:
    """Mark one of her notices as read; the notice, or None where she has none of this number."""
    with transaction.atomic():
        notice = Notification.objects.select_for_update().filter(user=user, pk=notice_id, is_shown=True).first()
        if notice is not None and notice.read_at is None:
            _mark(Notification.objects.filter(pk=notice.pk))
        return notice


def mark_all_read(user: User, *, until: datetime | None = None) -> int:
    """Mark her notices as read, those that came after `until` excepted; how many."""
    with transaction.atomic():
        unread = Notification.objects.filter(user=user, read_at=None, is_shown=True)
        if until is not None:
            unread = unread.filter(happened_at__lte=until)
        return _mark(unread)


def save_notice_settings(user: User, wishes: NoticeSettings, choices: Mapping[str, tuple[bool, bool]]) -> None:
    """Keep when she wants to be left alone, and for each kind whether she wants it in the house and by mail."""
    with transaction.atomic():
        wishes.user = user
        wishes.save()
        kinds = notice_kinds()
        NoticeChoice.objects.filter(user=user, kind__in=choices).delete()
        NoticeChoice.objects.bulk_create(
            NoticeChoice(user=user, kind=code, in_app=in_app, by_mail=by_mail)
            for code, (in_app, by_mail) in choices.items()
            if (in_app, by_mail) != (True, kinds[code].by_mail)
        )


def prune_notices() -> int:
    """Delete notices that were read half a year ago, some thousands at most; how many."""
    old = Notification.objects.filter(read_at__lt=timezone.now() - KEPT).values_list("pk", flat=True)
    return Notification.objects.filter(pk__in=list(old[:PRUNED_AT_ONCE])).delete()[1].get(Notification._meta.label, 0)


def is_own_path(url: str) -> bool:
    """Whether it is a path of this site and nothing that a browser takes for another."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def _mark(notices: models.QuerySet[Notification]) -> int:
    """Read, and so not to be carried any further."""
    ids = list(notices.values_list("pk", flat=True))
    NoticeDelivery.objects.filter(notification__in=ids, sent_at=None, batch="").delete()
    return Notification.objects.filter(pk__in=ids).update(read_at=timezone.now())


def _thing(about: models.Model | None) -> tuple[str, int | None]:
    return ("", None) if about is None else (about._meta.label_lower, about.pk)


def _wanted(people: list[User], kind: NoticeKind) -> dict[int, tuple[bool, NoticeSettings | None]]:
    """Who wants this kind: whether in the house, and with which wishes by mail (None: not by mail)."""
    wishes = {each.user_id: each for each in NoticeSettings.objects.filter(user__in=people)}
    choices = {
        user_id: (in_app, by_mail)
        for user_id, in_app, by_mail in NoticeChoice.objects.filter(user__in=people, kind=kind.code).values_list(
            "user_id", "in_app", "by_mail"
        )
    }
    wanted: dict[int, tuple[bool, NoticeSettings | None]] = {}
    for user in people:
        in_app, by_mail = choices.get(user.pk, (True, kind.by_mail))
        own = wishes.get(user.pk) or NoticeSettings(user=user)
        can_mail = mail_is_on() and bool(user.email) and own.mail_pace != MailPace.OFF
        # Who wants it by mail alone still sees it where no mail can be sent.
        is_shown = in_app or kind.always_shown or (by_mail and not can_mail)
        if is_shown or by_mail:
            wanted[user.pk] = (is_shown, own if by_mail and can_mail else None)
    return wanted


def _plan_mail(
    notices: list[Notification],
    wanted: Mapping[int, tuple[bool, NoticeSettings | None]],
    kind: NoticeKind,
    now: datetime,
) -> None:
    known = {each.notification_id: each for each in NoticeDelivery.objects.filter(notification__in=notices)}
    calendar = WorkCalendar()
    fresh, again = [], []
    for notice in notices:
        wishes = wanted[notice.user_id][1]
        if wishes is None:
            continue
        due = now if kind.is_urgent else mail_due(wishes, now, calendar)
        delivery = known.get(notice.pk)
        if delivery is None:
            fresh.append(NoticeDelivery(notification=notice, channel=NoticeChannel.MAIL, due_at=due))
        elif delivery.given_up_at or (delivery.sent_at and delivery.sent_at < now - REMINDED_AFTER):
            delivery.sent_at = delivery.given_up_at = None
            delivery.due_at, delivery.attempts, delivery.batch, delivery.last_error = due, 0, "", ""
            again.append(delivery)
    NoticeDelivery.objects.bulk_create(fresh)
    NoticeDelivery.objects.bulk_update(again, ["sent_at", "given_up_at", "due_at", "attempts", "batch", "last_error"])
