"""Mails that carry notices: whether this installation sends any, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from wellspring.core.models import Notification, User
from wellspring.core.notices.kinds import notice_kinds
from wellspring.core.notices.queries import is_confidential, sentence


def mail_is_on() -> bool:
    """Whether a mail server is set (WELLSPRING_EMAIL_URL)."""
    return bool(settings.ENVIRONMENT.email_url)


def mail_of(notices: Sequence[Notification], *, to: User, batch: str) -> EmailMultiAlternatives:
    """One mail that tells `to` of these notices, in her language.

    What a confidential notice says stays in the house: it is counted and linked to. Two mails of one `batch` have the
    same Message-ID, by which mail programs know the second as the first.
    """
    with override(to.language or settings.LANGUAGE_CODE):
        site = settings.ENVIRONMENT.site_name or gettext("Wellspring")
        told = [notice for notice in notices if not is_confidential(notice)]
        context = {
            "site": site,
            "name": to.get_full_name(),
            "lines": [
                {"sentence": sentence(notice), "count": notice.count, "link": _link("people:notice", notice.pk)}
                for notice in told
            ],
            "untold": len(notices) - len(told),
            "list_link": _link("people:notices"),
            "choices_link": _link("people:notice_choices"),
        }
        mail = EmailMultiAlternatives(
            subject=gettext("%(site)s: %(about)s") % {"site": site, "about": _about(notices, told)},
            body=render_to_string("core/notices/mail.txt", context).strip() + "\n",
            to=[to.email],
            headers={"Message-ID": f"<{batch}@{_domain()}>", "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("core/notices/mail.html", context), "text/html")
        return mail


def _about(notices: Sequence[Notification], told: Sequence[Notification]) -> str:
    if len(notices) == 1 and told:
        return gettext(notice_kinds()[told[0].kind].name)
    return ngettext("%(count)s new notice", "%(count)s new notices", len(notices)) % {"count": len(notices)}


def _link(name: str, *arguments: int) -> str:
    return (
        f"{settings.ENVIRONMENT.public_url}{reverse(name, args=arguments)}" if settings.ENVIRONMENT.public_url else ""
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
