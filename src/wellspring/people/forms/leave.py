"""The form of somebody's leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import VersionedForm, day_field
from wellspring.people.models import Leave, LeaveKind


class LeaveForm(VersionedForm):
    """First and last day, both included."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LeaveKind.choices)
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Seen by herself and by those who manage people. Write no more than is needed."),
    )

    def __init__(self, data: Any, *, leave: Leave | None = None) -> None:
        names = ("kind", "from_on", "until_on", "note", "version")
        super().__init__(data, initial={name: getattr(leave, name) for name in names} if leave else {"version": 0})
        self.fields["from_on"] = day_field(_("First day"))
        self.fields["until_on"] = day_field(_("Last day"), help_text=_("The last day away, included."))
        self.order_fields(["version", "kind", "from_on", "until_on", "note"])
