"""Forms of minutes: their words, and why a signature is taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, VersionedForm


class MinutesForm(VersionedForm):
    """The whole text."""

    text = forms.CharField(
        label=_("Minutes of the session"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "minutes-field"}),
        strip=False,
    )


class OpenAgainForm(TellingForm):
    """A signature is not taken back without a word."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
