"""What the page of the audit trail can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from wellspring.core.audit_told import action_names


def _actions() -> list[tuple[str, Any]]:
    return [("", _("everything")), *action_names()]


_LIKELY = (MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
"""Days with a day before and after them, in every zone."""


class AuditFilters(forms.Form):
    """Bound to the address's query; a value that is wrong narrows nothing and says so."""

    who = forms.CharField(label=_("Who"), required=False, max_length=80)
    action = forms.ChoiceField(label=_("What"), required=False, choices=_actions)
    since = forms.DateField(
        label=_("From"), required=False, validators=_LIKELY, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, validators=_LIKELY, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    object = forms.CharField(
        required=False, widget=forms.HiddenInput, validators=[RegexValidator(r"^[a-z]+\.[a-z]+:\d{1,18}$")]
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """What is right of what was asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
