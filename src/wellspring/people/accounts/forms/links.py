"""Forms of one-time links."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.accounts.services.links import DAY, HOUR


class IssueLinkForm(forms.Form):
    valid_for = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=[(24, _("one day")), (1, _("one hour"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=24,
    )
    ends_second_factor = forms.BooleanField(
        label=_("Take away the second factor as well"),
        help_text=_("Only when the telephone with the authenticator app or passkey is lost."),
        required=False,
    )

    def duration(self) -> timedelta:
        return HOUR if self.cleaned_data["valid_for"] == 1 else DAY
