"""The door of a session that has not begun, for its page: saying that one is here, beginning it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from wellspring.sharing.models import SharingSession
from wellspring.sharing.queries.day import doorway_of

register = template.Library()


@register.inclusion_tag("sharing/day/_doorway.html", takes_context=True)
def doorway(context: Context, session: SharingSession) -> dict[str, Any]:
    """What this viewer can do there now: one query."""
    return {
        "door": doorway_of(context["request"].viewer, session),
        "session": session,
        "csrf_token": context.get("csrf_token"),
    }
