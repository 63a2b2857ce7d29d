"""The tabs above every page of sessions, talks and ideas."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission

register = template.Library()

TABS = (
    ("sharing:home", marked("Sessions"), Permission.TAKE_PART),
    ("sharing:ideas", marked("Ideas"), Permission.SEE_FIGURES),
    ("sharing:mine", marked("Mine"), Permission.TAKE_PART),
    ("sharing:figures", marked("Figures"), Permission.SEE_FIGURES),
)
"""Address, what is on it, and what one needs somewhere to see the tab."""


@register.inclusion_tag("core/components/_tabs.html", takes_context=True)
def sharing_tabs(context: Context) -> dict[str, Any]:
    """Those that the viewer may open; `page_here` names the one she is on."""
    viewer = context["request"].viewer
    tabs = [
        (_(name), address, context.get("page_here") == url_name)
        for url_name, name, permission in TABS
        if viewer.may(permission) and (address := _address(url_name))
    ]
    return {"tabs": tabs, "label": _("Sharing sessions")}


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
