"""The form for one day of the calendar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DayForm(forms.Form):
    is_workday = forms.TypedChoiceField(
        label=_("On this day"),
        choices=[("1", _("there is work")), ("0", _("there is no work"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=pgettext_lazy("of a day", "Name"),
        required=False,
        max_length=30,
        help_text=_("Such as a holiday of this place."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200, help_text=_("Why, for colleagues."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
