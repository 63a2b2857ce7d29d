"""Forms about series of sessions: start, change from a day on, end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, VersionedForm, day_field
from wellspring.sharing.forms.sessions import minutes_field, time_field
from wellspring.sharing.models import Recurrence
from wellspring.sharing.queries.series import SeriesWords


class SeriesForm(VersionedForm):
    """The rule of a series. `changes`: of one that goes on, from the first day on."""

    title = forms.CharField(label=_("Title"), max_length=80)
    recurrence = forms.ChoiceField(
        label=_("How often it is held"),
        choices=Recurrence.choices,
        widget=forms.RadioSelect,
        initial=Recurrence.FORTNIGHTLY,
    )
    place = forms.CharField(label=_("Place"), max_length=80)
    moves_off_rest_days = forms.ChoiceField(
        label=_("On a rest day"),
        widget=forms.RadioSelect,
        choices=[("yes", _("move it to the next workday")), ("no", _("leave it out"))],
        initial="yes",
    )

    def __init__(self, data: Any, *, initial: dict[str, Any], changes: bool = False) -> None:
        super().__init__(data, initial=initial)
        self.fields["first_on"] = day_field(
            _("From this day on") if changes else _("First day"),
            help_text=_("Weekday, week of the month and day of the month are this day's."),
        )
        self.fields["until_on"] = day_field(_("Until"), required=False, help_text=_("Empty: it goes on."))
        self.fields["starts_at"] = time_field(_("Begins at"))
        self.fields["minutes"] = minutes_field(_("Length in minutes"))
        self.order_fields(
            [
                "version",
                "title",
                "recurrence",
                "first_on",
                "until_on",
                "starts_at",
                "minutes",
                "place",
                "moves_off_rest_days",
            ]
        )

    def words(self) -> SeriesWords:
        """Of a valid form."""
        data = self.cleaned_data
        return SeriesWords(
            title=data["title"],
            recurrence=data["recurrence"],
            first_on=data["first_on"],
            starts_at=f"{data['starts_at']:%H:%M}",
            minutes=data["minutes"],
            place=data["place"],
            until_on=data["until_on"],
            moves_off_rest_days=data["moves_off_rest_days"] == "yes",
        )


class EndSeriesForm(TellingForm):
    """The last day, and why."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("Those who are on a later agenda are told this.")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"last_on": timezone.localdate()})
        self.fields["last_on"] = day_field(_("Last day"), help_text=_("Sessions after this day are taken back."))
        self.order_fields(["last_on", "reason"])
