"""Template tags of plans and items: the tabs, numbers with their unit, what a due day says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from wellspring.people.models import Member
from wellspring.plan.measure import told_number
from wellspring.plan.queries.item import has_left as has_left_by_now

register = template.Library()


@register.inclusion_tag("core/components/_tabs.html", takes_context=True)
def plan_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of the app; `page_here` of the page: url_name of the one it belongs to."""
    here = context.get("page_here")
    tabs = [
        (_("Work plans"), reverse("plan:home"), here == "plan:home"),
        (_("Mine"), reverse("plan:mine"), here == "plan:mine"),
    ]
    return {"tabs": tabs, "label": _("Work plan")}


@register.filter
def number(value: Decimal | None, unit: str = "") -> str:
    """A number of a measure with its unit, without needless zeros; a dash for none."""
    if value is None:
        return "—"
    text = told_number(value)
    return f"{text}{unit}" if unit in ("", "%", "％") else f"{text} {unit}"


@register.filter
def has_left(member: Member) -> bool:
    """Whether her membership has ended."""
    return has_left_by_now(member)
