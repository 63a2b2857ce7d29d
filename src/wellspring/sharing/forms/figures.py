"""Of which unit and of which days figures are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, UnitField, day_field
from wellspring.people.models import OrgUnit
from wellspring.people.queries.units import UnitRow

LONGEST_DAYS = 366 * 5


class FiguresForm(TellingForm):
    """What is wrong narrows nothing and is told; without days: the last twelve months."""

    def __init__(self, data: Any, *, units: Iterable[UnitRow]) -> None:
        super().__init__(data)
        units = list(units)
        if len(units) > 1:
            self.fields["unit"] = UnitField(units, empty=_("all"), label=_("Unit"))
        self.fields["since"] = day_field(_("From"), required=False)
        self.fields["until"] = day_field(_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = _span(cleaned)
        if last < first:
            raise forms.ValidationError(now_in_words("The last day lies before the first. Check both."))
        if (last - first).days > LONGEST_DAYS or first.year < 2000 or last.year > 2100:
            raise forms.ValidationError(now_in_words("At most five years at once, between 2000 and 2100."))
        return cleaned

    def chosen(self) -> tuple[OrgUnit | None, tuple[date, date]]:
        """Unit, None for all, and first and last day."""
        if self.is_valid():
            return self.cleaned_data.get("unit"), _span(self.cleaned_data)
        return self.cleaned_data.get("unit"), _span({})


def _span(cleaned: dict[str, Any]) -> tuple[date, date]:
    last = cleaned.get("until") or timezone.localdate()
    usual = (last.replace(day=1) - timedelta(days=320)).replace(day=1) if last.year > 1 else last
    return cleaned.get("since") or usual, last


def data_of(form: forms.Form) -> dict[str, str]:
    """What was asked, for the form that exports the same."""
    return {name: str(form.data.get(name, "")) for name in form.fields if form.data.get(name)}
