"""Shapes of what readers type into the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellspring.core.templatetags.components import local_name
from wellspring.library.models import Channel
from wellspring.topics.models import Topic

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)


class SearchForm(forms.Form):
    """Words and filters of a search. `from` and `to` are days, inclusive."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False, strip=True)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    source = forms.CharField(label=_("Source"), max_length=100, required=False)
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("Best match first")), ("newest", _("Newest first"))]
    )

    def __init__(self, data: Any, *, channels: Iterable[Channel], topics: Iterable[Topic]) -> None:
        super().__init__(data, auto_id="search-%s")
        first = ("", _("All"))
        _choices(self, "channel").choices = [first, *((each.slug, local_name(each)) for each in channels)]
        _choices(self, "topic").choices = [first, *((each.slug, local_name(each)) for each in topics)]
        for name in ("channel", "topic", "order"):
            self.fields[name].error_messages["invalid_choice"] = _(
                "“%(value)s” is not among them. Choose from the list."
            )
        self.fields["source"].widget.attrs.update({"list": "search-outlets", "autocomplete": "off"})
        # `from` is a word of Python's own, so these two cannot be attributes of the class.
        for name, label in (("from", pgettext_lazy("first day", "From")), ("to", pgettext_lazy("last day", "To"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                input_formats=["%Y-%m-%d"],
                widget=forms.DateInput(
                    format="%Y-%m-%d", attrs={"type": "date", "min": str(EARLIEST), "max": str(LATEST)}
                ),
                error_messages={"invalid": _("There is no such day. Write it like 2025-03-05.")},
            )

        for each in self.fields.values():
            # The filters stand beside the form, not in it, so that they can take a column of their own.
            each.widget.attrs["form"] = "search-form"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("from", "to"):
            day = cleaned.get(name)
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("Choose a day between 1990 and 2100."))
        if cleaned.get("from") and cleaned.get("to") and cleaned["from"] > cleaned["to"]:
            self.add_error("to", _("The last day lies before the first. Choose a later one."))
        for name in ("from", "to"):
            if name in self.errors:
                # A date field of the browser would throw away what it cannot read.
                self.fields[name].widget.input_type = "text"
        return cleaned


def _choices(form: forms.Form, name: str) -> forms.ChoiceField:
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    return found
