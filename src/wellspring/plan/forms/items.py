"""Forms of an item: its words, an update, the outcome."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.core.attachments.kinds import PICTURES
from wellspring.people.forms.telling import TellingForm, day_field
from wellspring.people.models import Member
from wellspring.plan.models import Outcome, PlanItem, Verdict, WorkPlan
from wellspring.plan.queries.owners import possible_owners
from wellspring.plan.services.items import LONGEST_DETAILS, LONGEST_GOAL, LONGEST_MEASURE, LONGEST_UNIT, ItemWords
from wellspring.plan.services.outcomes import LONGEST_OUTCOME
from wellspring.plan.services.progress import LONGEST_UPDATE, MOST_PICTURES
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics


def number_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    """A number of a measure, with at most two decimals."""
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a number, such as 120 or 35.5."),
            "max_decimal_places": _("Two decimals at most."),
        },
        **kwargs,
    )


def once_field() -> forms.CharField:
    """What makes a form that was sent twice count once."""
    return forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, initial=lambda: uuid.uuid4().hex)


class MemberField(forms.ModelChoiceField):
    """A member by name; namesakes with their unit or post."""

    def label_from_instance(self, obj: Member) -> str:
        return _told(obj)


class MembersField(forms.ModelMultipleChoiceField):
    """Several members."""

    def label_from_instance(self, obj: Member) -> str:
        return _told(obj)


class ItemForm(TellingForm):
    """What is to be done, how it is measured, who does it until when."""

    goal = forms.CharField(
        label=_("Goal"), max_length=LONGEST_GOAL, help_text=_("What is to be different afterwards, in one sentence.")
    )
    details = forms.CharField(
        label=_("Details"), max_length=LONGEST_DETAILS, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    measure = forms.CharField(
        label=_("Measure"),
        max_length=LONGEST_MEASURE,
        required=False,
        help_text=_("What is counted, such as 每日助餐人数."),
    )
    unit = forms.CharField(
        label=_("Unit of the measure"), max_length=LONGEST_UNIT, required=False, help_text=_("Such as 人, 户 or %.")
    )

    def __init__(
        self, data: Any, *, plan: WorkPlan, item: PlanItem | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        initial = dict(initial or {})
        if item is not None:
            for name in (
                "goal",
                "details",
                "topic",
                "measure",
                "unit",
                "baseline",
                "target",
                "owner",
                "due_on",
                "version",
            ):
                initial[name] = getattr(item, name)
            initial["co_owners"] = [member.pk for member in item.co_owners.all()]
        super().__init__(data, initial=initial)
        topics = current_topics()
        owners = possible_owners(plan.org)
        if item is not None and item.topic_id is not None:
            topics = topics | Topic.objects.filter(pk=item.topic_id)
        self.fields["topic"] = forms.ModelChoiceField(topics, label=_("Topic"), required=False, empty_label=_("None"))
        self.fields["baseline"] = number_field(_("Baseline"), help_text=_("How it is now."))
        self.fields["target"] = number_field(_("Target"), help_text=_("How it shall be."))
        self.fields["owner"] = MemberField(owners, label=_("Owner"), empty_label=_("Choose who answers for it"))
        self.fields["co_owners"] = MembersField(
            owners, label=_("Co-owners"), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["due_on"] = day_field(_("Due on"))
        if item is None:
            self.fields["once"] = once_field()
        else:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
        self.order_fields(
            [
                "version",
                "once",
                "goal",
                "details",
                "topic",
                "measure",
                "unit",
                "baseline",
                "target",
                "owner",
                "co_owners",
                "due_on",
            ]
        )


def words_of(data: dict[str, Any]) -> ItemWords:
    """What a valid form of an item holds."""
    return ItemWords(
        goal=data["goal"],
        details=data["details"],
        topic=data["topic"],
        measure=data["measure"],
        unit=data["unit"],
        baseline=data["baseline"],
        target=data["target"],
        owner=data["owner"],
        co_owners=tuple(data["co_owners"]),
        due_on=data["due_on"],
    )


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(PicturesField, self).clean(each, initial) for each in given if each]


class ProgressForm(TellingForm):
    """A short update."""

    text = forms.CharField(
        label=_("What has happened"), max_length=LONGEST_UPDATE, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_at_risk = forms.BooleanField(label=_("At risk: it will not be reached like this"), required=False)

    def __init__(self, data: Any, files: Any = None, *, item: PlanItem) -> None:
        super().__init__(data, files, initial={"is_at_risk": item.is_at_risk})
        if item.measure:
            label = item.measure + (f" ({item.unit})" if item.unit else "")
            self.fields["value"] = number_field(
                label, help_text=_("How it is now; leave it empty where you have not counted.")
            )
        self.fields["pictures"] = PicturesField(
            label=_("Pictures"),
            required=False,
            allow_empty_file=True,
            widget=PicturesInput(attrs={"accept": ",".join(PICTURES)}),
            help_text=_("At most %(most)s; the place where they were taken is removed.") % {"most": MOST_PICTURES},
        )
        self.fields["once"] = once_field()
        self.order_fields(["once", "text", "value", "pictures", "is_at_risk"])


class OutcomeForm(TellingForm):
    """What came of it."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What came of it"), max_length=LONGEST_OUTCOME, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any, *, item: PlanItem, outcome: Outcome | None = None) -> None:
        initial = {}
        if outcome is not None:
            initial = {name: getattr(outcome, name) for name in ("verdict", "text", "value", "version")}
        super().__init__(data, initial=initial)
        if item.measure:
            label = item.measure + (f" ({item.unit})" if item.unit else "")
            self.fields["value"] = number_field(label, help_text=_("How it is at the end."))
        if outcome is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
        self.order_fields(["version", "verdict", "value", "text"])


def _told(member: Member) -> str:
    name = str(member.user.get_full_name())
    return f"{name} · {member.post}" if member.post else name
