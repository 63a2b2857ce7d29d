"""Forms of a session's day: why a speaker could not come, what one takes away."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, VersionedForm


class AbsentForm(TellingForm):
    """Why a speaker could not come."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("A few words; nothing about an illness. It stands on the agenda and in the minutes."),
    )


class TakeawayForm(VersionedForm):
    """What an attendee takes away, for herself."""

    text = forms.CharField(
        label=_("What do you take away from this session?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only you see it; it stands on your own page and goes into your growth record."),
    )
