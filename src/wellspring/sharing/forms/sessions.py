"""Forms about single sessions: set up, change, move, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.errors import DomainError
from wellspring.people.forms.telling import TellingForm, VersionedForm, day_field
from wellspring.people.models import Member
from wellspring.sharing.errors import WorthALook
from wellspring.sharing.models import SharingSession
from wellspring.sharing.services.session_checks import LONGEST, SHORTEST, SessionWords
from wellspring.topics.models import Topic

T = TypeVar("T")


class LookingForm(VersionedForm):
    """A form that shows once what is worth a look; sent again as it is, it is saved."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    """Codes of what was shown already."""

    def saved(self, call: Callable[[dict[str, Any]], T], *, letting: tuple[type[DomainError], ...] = ()) -> T | None:
        """As every telling form; what is worth a look stands above the form, with the way to save all the same."""
        try:
            return super().saved(call, letting=(*letting, WorthALook))
        except WorthALook as error:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["seen"] = ",".join(look.code for look in error.looks)
            self.data = data
            for look in error.looks:
                self.add_error(None, look.text)
            self.add_error(None, _("If it is meant so, save again."))
        return None


def time_field(label: Any) -> forms.TimeField:
    """A time of the day, by the browser's clock or typed."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S", "%H：%M", "%H.%M"],
        error_messages={"invalid": _("This time does not exist. Write it as 14:00.")},
    )


def minutes_field(label: Any) -> forms.IntegerField:
    """A length in minutes."""
    return forms.IntegerField(label=label, min_value=SHORTEST, max_value=LONGEST)


class SessionForm(LookingForm):
    """What a session is about and who chairs it. `with_time`: for a new one also when and where."""

    title = forms.CharField(label=_("Title"), max_length=80)
    place = forms.CharField(label=_("Place"), max_length=80)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What everybody should know beforehand, such as what to bring."),
    )

    def __init__(
        self,
        data: Any,
        *,
        chairs: Iterable[Member],
        topics: Iterable[Topic],
        initial: dict[str, Any],
        with_time: bool,
    ) -> None:
        super().__init__(data, initial=initial)
        self.chairs = {str(member.pk): member for member in chairs}
        self.topics = {str(topic.pk): topic for topic in topics}
        self.fields["minutes"] = minutes_field(_("Length in minutes"))
        self.fields["host"] = forms.ChoiceField(
            label=_("Chair"),
            required=False,
            choices=[
                ("", _("Nobody yet")),
                *((key, member.user.get_full_name()) for key, member in self.chairs.items()),
            ],
            help_text=_("Leads the session and decides on its ideas: the chair of the month."),
        )
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Topics of the session"),
            required=False,
            choices=[(key, topic.name) for key, topic in self.topics.items()],
            widget=forms.CheckboxSelectMultiple,
        )
        if with_time:
            self.fields["day"] = day_field(_("Day"))
            self.fields["begins"] = time_field(_("Begins at"))
        else:
            del self.fields["place"]
        self.order_fields(["version", "seen", "title", "day", "begins", "minutes", "place", "host", "topics", "note"])

    def words(self) -> SessionWords:
        """Of a valid form: what it says besides time and place."""
        data = self.cleaned_data
        return SessionWords(
            title=data["title"],
            minutes=data["minutes"],
            host=self.chairs.get(data["host"]),
            topics=[self.topics[key] for key in data["topics"]],
            note=data["note"],
        )


class MoveForm(LookingForm):
    """Another time or place, and why."""

    place = forms.CharField(label=_("Place"), max_length=80)
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Everybody is told this."))

    def __init__(self, data: Any, *, session: SharingSession) -> None:
        local = timezone.localtime(session.starts_at)
        initial = {
            "day": local.date(),
            "begins": local.time(),
            "place": session.place,
            "version": session.version,
        }
        super().__init__(data, initial=initial)
        self.fields["day"] = day_field(_("Day"))
        self.fields["begins"] = time_field(_("Begins at"))
        self.order_fields(["version", "seen", "day", "begins", "place", "reason"])


class ReasonForm(TellingForm):
    """A reason in a few words."""

    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, data: Any, *, help_text: Any = "", required: bool = True) -> None:
        super().__init__(data)
        self.fields["reason"].help_text = help_text
        self.fields["reason"].required = required


def moment_of(data: dict[str, Any]) -> datetime:
    """When a session begins, of a form's day and time, in the house's zone."""
    return timezone.make_aware(datetime.combine(data["day"], data["begins"]))


def seen_in(data: dict[str, Any]) -> set[str]:
    """Codes of what was looked at already."""
    return {code for code in data.get("seen", "").split(",") if code}
