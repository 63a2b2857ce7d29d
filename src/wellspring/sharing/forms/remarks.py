"""The form of a remark."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm
from wellspring.sharing.services.remarks import LONGEST


class RemarkForm(TellingForm):
    """What one has to say; carries a mark by which the same form sent twice is known."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your remark"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
        error_messages={"required": _("Write your remark first.")},
    )

    def __init__(self, data: Any = None, *, idea_id: int) -> None:
        super().__init__(data, auto_id=f"remark-{idea_id}-%s", initial={"once": uuid.uuid4()})
