"""Mails that carry notices: what stands in them, and whether this installation sends any."""

from __future__ import annotations

from django.conf import settings


def mail_is_on() -> bool:
    """Whether a mail server is set (WELLSPRING_EMAIL_URL)."""
    return bool(getattr(settings.ENVIRONMENT, "email_url", ""))
