"""Forms of a plan: opening one, its note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, UnitField, VersionedForm
from wellspring.people.queries.units import UnitRow
from wellspring.plan.models import Period, WorkPlan

LONGEST_NOTE = 2000


class OpenForm(TellingForm):
    """Which unit, which period."""

    period = forms.ChoiceField(label=_("Period"), choices=Period.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 13)],
        help_text=_("Of a quarter any of its months; of a year it does not matter."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What this period is about."),
    )

    def __init__(self, data: Any, *, units: Iterable[UnitRow], initial: dict[str, Any] | None = None) -> None:
        today = timezone.localdate()
        units = list(units)
        begins = {"period": Period.MONTH, "year": today.year, "month": today.month, **(initial or {})}
        super().__init__(data, initial=begins)
        self.fields["org"] = UnitField(units, label=_("Unit"))
        if len(units) == 1:
            self.fields["org"].initial = units[0].unit.pk
            self.fields["org"].widget = forms.HiddenInput()
        self.order_fields(["org", "period", "year", "month", "note"])

    def chosen_day(self) -> date:
        """A day of the period; of a valid form."""
        return date(self.cleaned_data["year"], self.cleaned_data["month"], 1)


class NoteForm(VersionedForm):
    """What the plan is about."""

    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any, *, plan: WorkPlan) -> None:
        super().__init__(data, initial={"note": plan.note, "version": plan.version})
