"""Forms of a session's day: who could not come, who was there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm


class AbsentForm(TellingForm):
    """Why a speaker could not come."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("Such as “ill”. It stands on the agenda and in the minutes."),
    )
