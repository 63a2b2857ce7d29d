"""Forms about units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellspring.people.forms.telling import TellingForm, UnitField, VersionedForm
from wellspring.people.models import Level, OrgUnit
from wellspring.people.queries.units import UnitRow


class AddUnitForm(TellingForm):
    """A new unit: its name, level and place."""

    name = forms.CharField(label=pgettext_lazy("unit", "Name"), max_length=60)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)

    def __init__(self, data: Any, *, units: Iterable[UnitRow], parent: OrgUnit | None, may_root: bool) -> None:
        rank = Level(parent.level).rank + 1 if parent else 0
        first = list(Level)[min(rank, len(Level) - 1)]
        super().__init__(data, initial={"parent": parent.pk if parent else "", "level": first.value})
        self.fields["parent"] = UnitField(
            units, label=_("Belongs to"), empty=_("Nothing above it") if may_root else None
        )


class ChangeUnitForm(VersionedForm):
    """Name, level and place of a unit."""

    name = forms.CharField(label=pgettext_lazy("unit", "Name"), max_length=60)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)

    def __init__(self, data: Any, *, unit: OrgUnit, units: Iterable[UnitRow], may_root: bool) -> None:
        initial = {"name": unit.name, "level": unit.level, "parent": unit.parent_id or "", "version": unit.version}
        super().__init__(data, initial=initial)
        elsewhere = [row for row in units if not row.unit.path.startswith(unit.path)]
        parent = unit.parent
        if parent is not None and parent.pk not in {row.unit.pk for row in elsewhere}:
            elsewhere.insert(0, UnitRow(parent, 0))  # it may stay where it is
        empty = _("Nothing above it") if may_root or unit.parent_id is None else None
        self.fields["parent"] = UnitField(elsewhere, label=_("Belongs to"), empty=empty)
