"""The form in which an archivist sets fields of a snapshot right, beside what was read from the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.core.templatetags.components import local_name
from wellspring.engine.records import Precision
from wellspring.library.models import Correction, Field, Snapshot
from wellspring.library.queries.corrections import told_corrections, told_value
from wellspring.library.queries.lists import channels
from wellspring.library.services.corrected_fields import value_of
from wellspring.topics.queries import current_topics

TIMES = (
    ("%Y-%m-%d %H:%M:%S", Precision.SECOND),
    ("%Y-%m-%d %H:%M", Precision.MINUTE),
    ("%Y-%m-%d", Precision.DAY),
)
SHAPES = {precision.value: shape for shape, precision in TIMES}
_BETWEEN_AUTHORS = re.compile(r"[、，,;；\n]+")


class CorrectionForm(forms.Form):
    """Every field as it stands; the hint of each says what was read from the page and by which rule."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    published_at = forms.CharField(label=gettext_lazy("Published"), max_length=19, required=False)
    source_name = forms.CharField(label=gettext_lazy("Source"), max_length=100, required=False)
    authors = forms.CharField(label=gettext_lazy("Authors"), max_length=600, required=False)
    editor = forms.CharField(label=gettext_lazy("Editor"), max_length=60, required=False)
    reprinted_from = forms.CharField(label=gettext_lazy("Reprinted from"), max_length=100, required=False)
    channel = forms.TypedChoiceField(label=gettext_lazy("Channel"), coerce=int)
    topics = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Topics"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Readers see it beside the correction. Such as: the page names the paper in a picture."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, snapshot: Snapshot, standing: list[Correction], version: int) -> None:
        self._standing = {field: value_of(snapshot, field) for field in Field}
        initial: dict[str, Any] = {**{field.value: value for field, value in self._standing.items()}}
        initial["published_at"] = _typed_time(self._standing[Field.PUBLISHED])
        initial["authors"] = "、".join(self._standing[Field.AUTHORS])
        super().__init__(data, initial=initial | {"version": version}, auto_id="correct-%s")
        _choose_from(self.fields["channel"], [(one.pk, local_name(one)) for one in channels()])
        _choose_from(self.fields["topics"], [(one.pk, local_name(one)) for one in current_topics()])
        told = {one.correction.field: one for one in told_corrections(standing)}
        for field in Field:
            corrected = told.get(field.value)
            was = corrected.was if corrected else ""
            if not corrected and field not in (Field.CHANNEL, Field.TOPICS):
                was = told_value(field, self._standing[field])
            self.fields[field.value].help_text = _hint(snapshot, field, was, corrected=corrected is not None)

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_published_at(self) -> dict[str, str | None]:
        text = self.cleaned_data["published_at"].strip()
        if not text:
            return {"at": None, "precision": ""}
        if text == self.initial["published_at"]:
            return dict(self._standing[Field.PUBLISHED])
        for shape, precision in TIMES:
            try:
                at = datetime.strptime(text, shape).replace(tzinfo=timezone.get_default_timezone())
            except ValueError:
                continue
            if not 1900 <= at.year <= 2100:
                break
            return {"at": at.astimezone(UTC).isoformat(), "precision": precision.value}
        raise ValidationError(_("Write it like 2025-03-05, 2025-03-05 11:09 or 2025-03-05 11:09:00."))

    def clean_authors(self) -> list[str]:
        names = [" ".join(name.split()) for name in _BETWEEN_AUTHORS.split(self.cleaned_data["authors"])]
        found = [name for name in names if name]
        if len(found) > 20 or any(len(name) > 60 for name in found):
            raise ValidationError(_("At most 20 names of 60 characters each, with 、 between them."))
        return found

    def clean_topics(self) -> list[int]:
        return sorted(self.cleaned_data["topics"])

    @property
    def wanted(self) -> dict[Field, Any]:
        """What a valid form asks for, in the form that corrections store."""
        return {field: self.cleaned_data[field.value] for field in Field}


def _typed_time(value: dict[str, Any]) -> str:
    if not value["at"]:
        return ""
    local = timezone.localtime(datetime.fromisoformat(value["at"]))
    return local.strftime(SHAPES.get(value["precision"], TIMES[1][0]))


def _hint(snapshot: Snapshot, field: Field, was: str, *, corrected: bool) -> str:
    evidence = snapshot.evidence.get(field.value) or {}
    if field in (Field.CHANNEL, Field.TOPICS):
        return _("Filed by itself: %(was)s") % {"was": was or _("none")} if corrected else ""
    hint = _("Read from the page: %(was)s") % {"was": was or _("nothing")}
    if evidence.get("from"):
        hint += " · " + _("found in: %(where)s") % {"where": str(evidence["from"])[:80]}
    if field is Field.PUBLISHED:
        hint += " · " + _("Write it like 2025-03-05, 2025-03-05 11:09 or 2025-03-05 11:09:00.")
    return hint


def _choose_from(field: forms.Field, choices: list[tuple[int, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
