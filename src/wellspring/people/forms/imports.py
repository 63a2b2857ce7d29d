"""The form of a staff list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm


class UploadForm(TellingForm):
    """The filled-in template."""

    file = forms.FileField(
        label=_("Excel file (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )
