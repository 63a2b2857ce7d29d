"""Template tags of the components: times, names in the reader's language, contact links, form fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

register = template.Library()

_USUAL_PORTS = {"http": 80, "https": 443}


class Named(Protocol):
    name: str
    name_en: str


_TIME = '<time datetime="{}">{}</time>'


@register.simple_tag
def when(moment: datetime | None, precision: str = "minute", *, exact: bool = False) -> SafeString:
    """A `<time>` in the house's zone and the reader's style; seconds only where they are known and `exact` asks.

    `precision` is second, minute or day, as the page gave it. Nothing for None.
    """
    if moment is None:
        return mark_safe("")
    local = timezone.localtime(moment)
    if precision == "day":
        machine = local.date().isoformat()
    elif precision == "second" and exact:
        machine = local.isoformat(timespec="seconds")
        return format_html(_TIME, machine, date_format(local, pgettext("date format", "j F Y, H:i:s")))
    else:
        machine = local.isoformat(timespec="minutes")
    return format_html(_TIME, machine, in_words(local, precision))


@register.filter
def in_words(moment: date | None, precision: str = "minute") -> str:
    """A day, or a moment to the minute, in the reader's style: for the middle of a sentence."""
    if moment is None:
        return ""
    if precision == "day" or not isinstance(moment, datetime):
        day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
        return date_format(day, pgettext("date format", "j F Y"))
    return date_format(timezone.localtime(moment), pgettext("date format", "j F Y, H:i"))


@register.filter
def local_name(thing: Named | None) -> str:
    """Name of a channel or topic in the reader's language; the Chinese one where there is no other."""
    if thing is None:
        return ""
    if (get_language() or "").startswith("en") and thing.name_en:
        return thing.name_en
    return thing.name


@register.filter
def with_commands(text: str) -> SafeString:
    """Text in which `commands` between backticks are set as such."""
    parts = str(text).split("`")
    if len(parts) % 2 == 0:
        return format_html("{}", text)
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if number % 2 else part,) for number, part in enumerate(parts))
    )


@register.filter
def contact_href(contact: str) -> str:
    """A link for the installation's contact: a page as it is, a mail address as mailto."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact else ""


@register.filter
def host(url: str) -> str:
    """The host of an address without `www.`, and with the port where it is not the usual one."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if ":" in name:
        name = f"[{name}]"
    return f"{name}:{port}" if name and port and port != _USUAL_PORTS.get(parts.scheme) else name


@register.filter
def with_errors_described(field: BoundField) -> SafeString:
    """The field's widget, tied to its hint and errors for screen readers."""
    described = [
        f"{field.auto_id}-{part}" for part, there in (("hint", field.help_text), ("errors", field.errors)) if there
    ]
    attributes = {"aria-describedby": " ".join(described) or None, "aria-invalid": "true" if field.errors else None}
    return field.as_widget(attrs={key: value for key, value in attributes.items() if value})


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: `hidden`, `choices` (a group of ticks or rounds), `tick` (one of them) or `line`."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def field_anchor(field: BoundField) -> str:
    """Id of the element a link to the field leads to; a group of choices has none of its own but its frame's."""
    return f"{field.auto_id}-field" if field_kind(field) == "choices" else str(field.id_for_label)


@register.filter
def error_count(form: BaseForm) -> int:
    """How many things are wrong with a form."""
    return sum(len(errors) for errors in form.errors.values())
