"""Carrying notices out of the house by mail: claimed, sent, marked; what fails is tried again, later each time.

A mail is claimed before it is sent and marked afterwards. Whoever dies between the two leaves a claim that runs out:
the same mail is then sent once more, with the same Message-ID, and nothing is lost.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wellspring.core.models import MailPace, NoticeChannel, NoticeDelivery, NoticeSettings, User
from wellspring.core.notices.mail import mail_is_on, mail_of

LEASE = timedelta(minutes=10)
"""A mail on its way for so long was lost with its worker."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
OUTAGE_PAUSE = timedelta(minutes=2)
"""For the mails that wait behind one whose server did not answer."""
GIVEN_UP_AFTER = timedelta(days=7)
MOST_REFUSALS = 3
"""A server that refuses a mail for good (5xx) is asked so often."""
MOST_AT_ONCE = 50

log = logging.getLogger("wellspring.notices")


@dataclass(frozen=True, slots=True)
class Claimed:
    """Deliveries to one person that leave in one mail, now ours until the lease is over."""

    batch: str
    user: User
    deliveries: list[NoticeDelivery]


def mails_due() -> QuerySet[NoticeDelivery]:
    """Deliveries by mail whose time has come."""
    return _open().filter(due_at__lte=timezone.now())


def deliver_mails(*, most: int = MOST_AT_ONCE) -> int:
    """Send the mails that are due, at most so many; how many left. Not inside a transaction.

    Ends at the first sign that the server cannot be reached at all.
    """
    if not mail_is_on():
        return 0
    sent = 0
    connection: BaseEmailBackend | None = None
    try:
        for _ in range(most):
            claimed = claim_mail()
            if claimed is None:
                break
            notices = [each.notification for each in claimed.deliveries]
            try:
                if connection is None:
                    connection = get_connection()
                    connection.open()
                mail = mail_of(notices, to=claimed.user, batch=claimed.batch)
                mail.connection = connection
                mail.send()
            except smtplib.SMTPDataError as refusal:
                _put_off(claimed, f"{refusal.smtp_code} {_text(refusal.smtp_error)}", refused=refusal.smtp_code >= 500)
            except smtplib.SMTPRecipientsRefused as refusal:
                code, text = next(iter(refusal.recipients.values()))
                _put_off(claimed, f"{code} {_text(text)}", refused=code >= 500)
            except (smtplib.SMTPException, OSError) as trouble:
                # The server, not this mail: it does not answer, does not know us, does not take our sender.
                _put_off(claimed, f"{type(trouble).__name__}: {trouble}", refused=False)
                mails_due().filter(batch="").update(due_at=timezone.now() + OUTAGE_PAUSE)
                break
            else:
                sent += 1
                _mark_sent(claimed)
    finally:
        if connection is not None:
            connection.close()
    return sent


def claim_mail() -> Claimed | None:
    """The next mail to send; None where nothing is due.

    One person's notices that are due leave together. A mail whose sender died is taken up as it was.
    """
    while True:
        with transaction.atomic():
            first = _locked(mails_due()).order_by("due_at", "pk").first()
            if first is None:
                return None
            user = first.notification.user
            own = _open().filter(notification__user=user)
            own = own.filter(batch=first.batch) if first.batch else own.filter(batch="", due_at__lte=timezone.now())
            deliveries = _worth_sending(user, list(_locked(own)))
            if not deliveries:
                continue
            batch = first.batch or secrets.token_hex(16)
            for delivery in deliveries:
                delivery.batch = batch
                delivery.attempts += 1
                delivery.due_at = timezone.now() + LEASE
            NoticeDelivery.objects.bulk_update(deliveries, ["batch", "attempts", "due_at"])
            return Claimed(batch, user, deliveries)


def _open() -> QuerySet[NoticeDelivery]:
    return NoticeDelivery.objects.filter(channel=NoticeChannel.MAIL, sent_at=None, given_up_at=None)


def _locked(deliveries: QuerySet[NoticeDelivery]) -> QuerySet[NoticeDelivery]:
    return deliveries.select_related("notification__user").select_for_update(of=("self",), skip_locked=True)


def _worth_sending(user: User, deliveries: Sequence[NoticeDelivery]) -> list[NoticeDelivery]:
    """Those not read meanwhile; none where she cannot or does not want to be mailed any more. The others end here."""
    pace = NoticeSettings.objects.filter(user=user).values_list("mail_pace", flat=True).first()
    wanted = user.is_active and bool(user.email) and pace != MailPace.OFF
    over = [each for each in deliveries if not wanted or each.notification.read_at is not None]
    NoticeDelivery.objects.filter(pk__in=[each.pk for each in over]).update(given_up_at=timezone.now(), batch="")
    return [each for each in deliveries if each not in over]


def _mark_sent(claimed: Claimed) -> None:
    NoticeDelivery.objects.filter(batch=claimed.batch).update(sent_at=timezone.now(), batch="", last_error="")
    log.info("a mail with %s notices left", len(claimed.deliveries))


def _put_off(claimed: Claimed, problem: str, *, refused: bool) -> None:
    """Try again later; give up what was refused several times, or for a week."""
    now = timezone.now()
    log.warning("a mail with %s notices did not leave: %s", len(claimed.deliveries), problem)
    for delivery in claimed.deliveries:
        delivery.batch = ""
        delivery.last_error = " ".join(problem.split())[:300]
        delivery.due_at = _next_try(now, delivery.attempts)
        too_old = delivery.notification.happened_at < now - GIVEN_UP_AFTER
        if too_old or (refused and delivery.attempts >= MOST_REFUSALS):
            delivery.given_up_at = now
    NoticeDelivery.objects.bulk_update(claimed.deliveries, ["batch", "last_error", "due_at", "given_up_at"])


def _next_try(now: datetime, attempts: int) -> datetime:
    return now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(max(0, attempts - 1), 20))


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
