"""Forms of an idea: its words, the decision on it, narrowing the list of ideas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellspring.people.forms.telling import TellingForm, UnitField, VersionedForm, day_field
from wellspring.people.models import Member
from wellspring.people.queries.units import UnitRow
from wellspring.plan.models import PlanItem
from wellspring.sharing.models import Idea, IdeaStatus
from wellspring.sharing.seasons import next_day_of, season_in_words, seasons_to_choose
from wellspring.sharing.services.decisions import DECIDABLE
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics

DECISION_NAMES = (_("Golden idea"), _("Study further"), _("Keep for later"), pgettext_lazy("decision", "No"))
"""What the decisions are called when one chooses, in the order of `DECIDABLE`."""


class MembersField(forms.ModelMultipleChoiceField):
    """Several members, each by name."""

    def label_from_instance(self, obj: Member) -> str:
        return obj.user.get_full_name()


def topic_field(empty: Any, *, besides: Topic | None = None) -> forms.ModelChoiceField:
    """One of the topics that are in use, or the one chosen already; `empty`: what choosing none is called."""
    topics = current_topics()
    if besides is not None:
        topics = topics | Topic.objects.filter(pk=besides.pk)
    return forms.ModelChoiceField(topics, label=_("Topic"), required=False, empty_label=empty)


class IdeaForm(VersionedForm):
    """An idea without a talk."""

    title = forms.CharField(label=_("Idea"), max_length=80, help_text=_("In one sentence: what should be done."))
    details = forms.CharField(label=_("Details"), required=False, max_length=5000, widget=forms.Textarea({"rows": 6}))

    def __init__(self, data: Any, *, units: Iterable[UnitRow] = (), idea: Idea | None = None) -> None:
        names = ("title", "details", "topic", "version")
        super().__init__(data, initial={name: getattr(idea, name) for name in names} if idea else {"version": 0})
        self.fields["topic"] = topic_field(_("no topic"), besides=idea.topic if idea else None)
        if idea is None:
            units = list(units)
            self.fields["org"] = UnitField(units, label=_("Unit"), initial=units[0].unit.pk if units else None)
            if len(units) == 1:
                self.fields["org"].widget = forms.HiddenInput()


class DecideForm(VersionedForm):
    """The decision on an idea; what a kept idea waits for may be words, a day, a season or an item of the plan."""

    status = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=list(zip((status.value for status in DECIDABLE), DECISION_NAMES, strict=True)),
        error_messages={"required": _("Choose a decision.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A no and a later need one. Its proposer and all who endorsed the idea read it."),
    )
    revisit_when = forms.CharField(
        label=_("Comes back when"),
        required=False,
        max_length=200,
        help_text=_(
            "Of an idea that is kept for later: the condition in words. Without a day it comes back after three "
            "months, so that somebody looks whether the condition is there."
        ),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, idea: Idea, members: Iterable[Member], items: Any) -> None:
        due = idea.study_due_on
        initial = {
            "version": idea.version,
            "study_due_on": due,
            "contributors": [*idea.contributors.all()] if due else [],
        }
        super().__init__(data, initial=initial)
        self.idea = idea
        today = timezone.localdate()
        self.fields["season"] = forms.ChoiceField(
            label=_("or in a season or month"),
            required=False,
            choices=[("", "—"), *seasons_to_choose(today)],
        )
        self.fields["revisit_on"] = day_field(_("or on a day"), required=False)
        self.fields["revisit_item"] = forms.ModelChoiceField(
            items, label=_("or when this item of the plan has its outcome"), required=False, empty_label="—"
        )
        self.fields["study_due_on"] = day_field(
            _("Study until"), required=False, help_text=_("Of an idea that goes to study.")
        )
        people = Member.objects.filter(pk__in=[member.pk for member in members]).select_related("user")
        self.fields["contributors"] = MembersField(
            people, label=_("Who works out the details"), required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        season = cleaned.pop("season", "")
        if season and cleaned.get("status") == IdeaStatus.KEPT and not cleaned.get("revisit_on"):
            cleaned["revisit_on"] = next_day_of(season, timezone.localdate())
            cleaned["revisit_when"] = cleaned.get("revisit_when") or season_in_words(season)
        return cleaned

    def in_full(self) -> PlanItem | None:
        """The item it waits for, where one was chosen."""
        return self.cleaned_data.get("revisit_item")


class IdeaFilter(TellingForm):
    """What the list of ideas can be narrowed by; a value that is wrong narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)
    status = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("every state")), *IdeaStatus.choices])
    only = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("all")),
            ("mine", _("proposed by me")),
            ("golden", _("golden ideas")),
            ("back", _("came back by themselves")),
            ("study", _("studied by me")),
            ("open", _("open to other communities")),
        ],
    )

    def __init__(self, data: Any, *, proposers: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["topic"] = topic_field(_("every topic"))
        self.fields["proposer"] = forms.ChoiceField(
            label=_("Proposer"),
            required=False,
            choices=[("", _("everybody")), *((str(pk), name) for pk, name in proposers)],
        )
        self.fields["since"] = day_field(_("From"), required=False)
        self.fields["until"] = day_field(_("To"), required=False)
        self.order_fields(["q", "status", "topic", "proposer", "only", "since", "until"])

    def chosen(self) -> dict[str, Any]:
        """What is right of what was asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OpenIdeaFilter(TellingForm):
    """What the list of other communities' ideas can be narrowed by."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)

    def __init__(self, data: Any, *, units: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["topic"] = topic_field(_("every topic"))
        self.fields["unit"] = forms.ChoiceField(
            label=_("Community"), required=False, choices=[("", _("all")), *((str(pk), name) for pk, name in units)]
        )
        self.fields["status"] = forms.ChoiceField(
            label=_("State"), required=False, choices=[("", _("every state")), *IdeaStatus.choices]
        )

    def chosen(self) -> dict[str, Any]:
        """What is right of what was asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CopyForm(TellingForm):
    """Into which of one's units another community's idea is copied."""

    def __init__(self, data: Any, *, units: Iterable[UnitRow]) -> None:
        super().__init__(data)
        units = list(units)
        self.fields["org"] = UnitField(
            units, label=_("Into the unit"), initial=units[0].unit.pk if len(units) == 1 else None
        )
