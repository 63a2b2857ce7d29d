"""Template filters of the library's desk: what a trial found, told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from wellspring.core.errors import told_stored

register = template.Library()


@register.filter
def sample_error(sample: Mapping[str, Any]) -> str:
    """Why the sample page could not be read."""
    return told_stored(str(sample.get("error", "")), sample.get("data") or {})


@register.filter
def sample_time(sample: Mapping[str, Any]) -> datetime | None:
    """Publish time of the sample page."""
    text = sample.get("published_at")
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


@register.filter
def robots_told(reason: str) -> str:
    """What robots.txt said, in words."""
    if reason.startswith("allowed"):
        return _("allowed by the site's robots.txt")
    if reason.startswith("none"):
        return _("the site has no robots.txt, so it may be visited")
    return reason or _("not asked")
