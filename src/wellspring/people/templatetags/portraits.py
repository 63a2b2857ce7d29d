"""Template tag of portraits."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wellspring.core.models import User

register = template.Library()


@register.simple_tag
def portrait(user: User, size: str = "") -> SafeString:
    """Her picture, or the first character of her name; decoration beside the name. `size`: `large` or nothing."""
    large = " is-large" if size == "large" else ""
    if user.portrait_id:
        address = reverse("people:file", kwargs={"key": user.portrait_id})
        return format_html(
            '<img class="portrait{}" src="{}" alt="" width="384" height="384" loading="lazy">', large, address
        )
    return format_html('<span class="portrait{}" aria-hidden="true">{}</span>', large, _first(user.get_full_name()))


def _first(name: str) -> str:
    """老宋书记 and 小徐 are told apart by what follows the forms of address."""
    rest = name.lstrip("老小") or name
    return rest[:1].upper()
