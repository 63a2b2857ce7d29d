"""Template filters that tell in the reader's language how crawling went: why not captured, how a source is."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from wellspring.core.errors import told_stored
from wellspring.engine.records import SourceKind
from wellspring.library.models import Capture, Reading, Refusal, Visit
from wellspring.library.queries.sources import Health

register = template.Library()


@register.filter
def why(failed: Refusal | Visit | Reading | None) -> str:
    """The stored reason of a refusal, a visit or a reading; empty where there is none."""
    if failed is None or not failed.error_code:
        return ""
    return told_stored(failed.error_message, failed.error_data) or failed.error_code


@register.filter
def health_name(health: Health) -> str:
    return {
        Health.WELL: _("well"),
        Health.FAILING: _("failing"),
        Health.NEW: _("not visited yet"),
        Health.RUNNING: _("being visited"),
        Health.PAUSED: _("paused"),
        Health.RETIRED: _("retired"),
    }[health]


@register.filter
def kind_name(kind: str) -> str:
    return {
        SourceKind.FEED.value: _("feed"),
        SourceKind.SITEMAP.value: _("sitemap"),
        SourceKind.LIST.value: _("list page"),
    }.get(kind, kind)


@register.filter
def robots_evidence(capture: Capture) -> str:
    """What robots.txt said, in words."""
    reason = capture.robots_reason
    if not reason:
        return _("not asked")
    if reason.startswith("allowed"):
        return _("allowed by the site's robots.txt")
    if reason.startswith("none"):
        return _("the site has no robots.txt, so it may be visited")
    return reason


@register.filter
def reading_kind(kind: str) -> str:
    return {
        "article": _("read as a report"),
        "list": _("read as a list page, not a report"),
        "other": _("read, but it is no report"),
    }.get(kind, kind)
