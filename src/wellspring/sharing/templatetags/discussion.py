"""The form of a remark below a suggestion, wherever suggestions are shown."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from wellspring.sharing.forms.remarks import RemarkForm
from wellspring.sharing.queries.discussion import Discussed

register = template.Library()


@register.inclusion_tag("sharing/talks/_remark_form.html", takes_context=True)
def remark_form(context: Context, one: Discussed) -> dict[str, Any]:
    """The empty form for a suggestion's idea; `next` and `newest` as they stand around it."""
    assert one.idea is not None
    return {
        "one": one,
        "form": RemarkForm(idea_id=one.idea.pk),
        **{name: context.get(name, "") for name in ("next", "newest", "csrf_token")},
    }
