"""The search for evidence in the editor, and the upload of a picture or paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.core.attachments.kinds import ENDINGS
from wellspring.sharing.models import Talk
from wellspring.sharing.services.evidence import LONGEST_NOTE
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics

PERIODS = (
    ("", _("Any time")),
    ("3", _("Last three months")),
    ("12", _("Last twelve months")),
    ("36", _("Last three years")),
)


class EvidenceSearch(forms.Form):
    """Words, topic and how long ago; the topic of the talk is offered first."""

    q = forms.CharField(label=_("Words to look for"), required=False, max_length=200)
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("Any topic"),
        to_field_name="slug",
    )
    months = forms.TypedChoiceField(label=_("When"), choices=PERIODS, required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, talk: Talk) -> None:
        initial = {"q": talk.topic.name if talk.topic else ""}
        super().__init__(data, initial=initial, auto_id="evidence-%s")
        field = self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = current_topics()


class UploadForm(forms.Form):
    """A file, and what it shows."""

    file = forms.FileField(
        label=_("Picture or paper"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS.values())}),
        help_text=_("JPEG, PNG, PDF, Word, Excel or PowerPoint, at most 10 MB."),
        error_messages={"required": _("Choose a file first.")},
    )
    note = forms.CharField(label=_("What it shows"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="upload-%s")
