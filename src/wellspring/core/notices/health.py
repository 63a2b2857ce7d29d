"""What `wellspring doctor` and the desk's health page say about notices by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.core.models import NoticeChannel, NoticeDelivery
from wellspring.core.notices.mail import mail_is_on
from wellspring.core.registry import Finding

OVERDUE = timedelta(minutes=30)
_LATELY = timedelta(days=7)


def look_at_mails() -> Iterator[Finding]:
    """Mails that do not leave, and why."""
    if not mail_is_on():
        yield Finding("good", _("No mail server is set: notices are shown on the site only."))
        return
    now = timezone.now()
    waits = Q(channel=NoticeChannel.MAIL, sent_at=None, given_up_at=None)
    counts = NoticeDelivery.objects.filter(sent_at=None).aggregate(
        failing=Count("pk", filter=waits & ~Q(last_error="")),
        overdue=Count("pk", filter=waits & Q(due_at__lt=now - OVERDUE)),
        lost=Count("pk", filter=Q(given_up_at__gt=now - _LATELY) & ~Q(last_error="")),
    )
    failing, overdue, lost = counts["failing"], counts["overdue"], counts["lost"]
    if failing:
        troubled = NoticeDelivery.objects.filter(waits).exclude(last_error="").order_by("-due_at")
        last = troubled.values_list("last_error", flat=True)[0]
        said = ngettext(
            "%(count)s notice could not be mailed yet: %(problem)s",
            "%(count)s notices could not be mailed yet: %(problem)s",
            failing,
        )
        yield Finding(
            "wrong",
            said % {"count": failing, "problem": last},
            _("Check WELLSPRING_EMAIL_URL and the mail server. It is tried again by itself."),
        )
    if overdue:
        said = ngettext(
            "%(count)s notice should have been mailed half an hour ago.",
            "%(count)s notices should have been mailed half an hour ago.",
            overdue,
        )
        yield Finding("wrong", said % {"count": overdue}, _("See whether the worker runs (`wellspring worker`)."))
    if lost:
        said = ngettext(
            "%(count)s notice of the last week was not accepted by the mail server.",
            "%(count)s notices of the last week were not accepted by the mail server.",
            lost,
        )
        yield Finding("warning", said % {"count": lost}, _("Check the mail addresses of the people concerned."))
    if not (failing or overdue or lost):
        yield Finding("good", _("Notices leave by mail as they are due."))
