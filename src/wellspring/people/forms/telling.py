"""Forms that tell what a service refused, keep what was typed, and show what somebody else changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wellspring.core.errors import DomainError
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.models import OrgUnit
from wellspring.people.queries.units import UnitRow

T = TypeVar("T")
DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
CHOOSE = _("Choose one of them.")
FILL_IN = _("Please fill this in.")
CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)


class TellingForm(forms.Form):
    """Bound to a service by `saved`: what it refuses stands beside the field it is about."""

    differences: tuple[Difference, ...] = ()
    """After somebody else was faster."""

    def full_clean(self) -> None:
        """As Django's, with a few plain words for what was left empty."""
        for field in self.fields.values():
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = CHOOSE if isinstance(field, CHOOSING) else FILL_IN
        super().full_clean()

    def saved(self, call: Callable[[dict[str, Any]], T], *, letting: tuple[type[DomainError], ...] = ()) -> T | None:
        """What `call` makes of the cleaned data; None where the form or the service says no, told in the form.

        `letting`: failures that the page answers in another way than beside the form.
        """
        if not self.is_valid():
            return None
        try:
            return call(self.cleaned_data)
        except letting:
            raise
        except ChangedMeanwhile as error:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["version"] = str(error.version)
            self.data = data
            self.differences = error.differences
            self.add_error(None, error.message)
        except DomainError as error:
            field = getattr(error, "field", "")
            self.add_error(field if field in self.fields else None, error.message)
        return None


class VersionedForm(TellingForm):
    """Carries the version of the thing that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, by the browser's calendar or typed as the office writes it."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This day does not exist. Write it as 2025-03-05.")},
    )


class UnitField(forms.TypedChoiceField):
    """A unit out of a tree, indented by depth."""

    def __init__(self, rows: Iterable[UnitRow], *, empty: Any = None, **kwargs: Any) -> None:
        rows = list(rows)
        self.units = {str(row.unit.pk): row.unit for row in rows}
        choices: list[tuple[str, Any]] = [("", empty)] if empty is not None else []
        if empty is None and len(rows) > 1:
            choices = [("", _("Choose a unit"))]  # none is taken by mistake because it stands first
        choices += [(str(row.unit.pk), "\u3000" * row.depth + row.unit.name) for row in rows]
        kwargs.setdefault("required", empty is None)
        super().__init__(
            choices=choices,
            coerce=self._unit,
            empty_value=None,
            error_messages={"invalid_choice": _("This unit is not among those you may choose.")},
            **kwargs,
        )

    def _unit(self, value: str) -> OrgUnit:
        return self.units[value]
