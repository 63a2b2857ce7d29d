"""Template tags of one's own account."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def account_tabs(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The parts of one's account as tabs: words, address, whether it is the page's own."""
    path = context["request"].path
    tabs = [
        (_("Profile"), reverse("people:account")),
        (_("Portrait"), reverse("people:portrait")),
        (_("Password"), reverse("people:password")),
        (_("Second factor"), reverse("mfa_index")),
        (_("Signed in on"), reverse("people:sessions")),
        (_("Notices"), reverse("people:notice_choices")),
        (_("Private calendar"), reverse("people:own_feed")),
    ]
    if settings.OTHER_SERVICES:
        tabs.append((_("Other services"), reverse("socialaccount_connections")))
    here = max((address for _words, address in tabs if path.startswith(address)), key=len, default="")
    return [(words, address, address == here) for words, address in tabs]


@register.filter
def as_json(value: object) -> str:
    """The value as JSON, to stand in an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)
