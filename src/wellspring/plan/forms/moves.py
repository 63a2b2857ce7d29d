"""Forms of moves: postpone, drop, carry on, close, split, merge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, VersionedForm, day_field
from wellspring.plan.forms.items import MemberField, number_field
from wellspring.plan.models import PlanItem, WorkPlan
from wellspring.plan.queries.owners import possible_owners
from wellspring.plan.services.carrying import Ending
from wellspring.plan.services.dividing import MOST_PARTS
from wellspring.plan.services.items import LONGEST_GOAL, ItemWords
from wellspring.plan.services.moves import LONGEST_REASON


def reason_field(label: Any, *, required: bool = True) -> forms.CharField:
    """Why something is done."""
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class PostponeForm(VersionedForm):
    """A later day, and why."""

    def __init__(self, data: Any, *, item: PlanItem) -> None:
        later = max(item.due_on, timezone.localdate()) + timedelta(days=7)
        super().__init__(data, initial={"until_on": later, "version": item.version})
        self.fields["until_on"] = day_field(_("New due day"))
        self.fields["reason"] = reason_field(_("Why is it postponed?"))


class DropForm(TellingForm):
    """Why it is dropped."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reason"] = reason_field(_("Why is it dropped?"))


class TargetField(forms.ModelChoiceField):
    """An open plan of the unit."""

    def label_from_instance(self, obj: WorkPlan) -> str:
        return obj.name


class CarryForm(TellingForm):
    """Into which plan, and until when; without `item` everything that is open."""

    def __init__(self, data: Any, *, plan: WorkPlan, item: PlanItem | None) -> None:
        targets = WorkPlan.objects.filter(org=plan.org, closed_at=None, starts_on__gte=plan.starts_on)
        targets = targets.exclude(pk=plan.pk).order_by("starts_on", "pk")
        super().__init__(data)
        self.fields["target"] = TargetField(
            targets,
            label=_("Into the plan"),
            required=False,
            empty_label=_("The next one of this kind; it is opened where it is not there"),
        )
        if item is not None:
            self.fields["due_on"] = day_field(
                _("New due day"),
                required=False,
                help_text=_("Left empty: its day where that lies in the new plan, else the last workday there."),
            )


class CloseForm(TellingForm):
    """What becomes of each item that is open; those `beyond` what a page can ask about are carried on."""

    most = 100

    def __init__(self, data: Any, *, items: Sequence[PlanItem], beyond: Sequence[PlanItem] = ()) -> None:
        super().__init__(data)
        self.items, self.beyond = list(items), list(beyond)
        for item in self.items:
            self.fields[f"how_{item.pk}"] = forms.ChoiceField(
                label=item.goal,
                choices=[("carry", _("carry on into the next plan")), ("drop", _("drop this item"))],
                initial="carry",
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{item.pk}"] = forms.CharField(
                label=_("Reason, where it is dropped"), required=False, max_length=LONGEST_REASON
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for item in self.items:
            if data.get(f"how_{item.pk}") == "drop" and not data.get(f"reason_{item.pk}", "").strip():
                self.add_error(f"reason_{item.pk}", _("Say why it is dropped."))
        return data

    def endings(self) -> dict[int, Ending]:
        """Of a valid form."""
        data = self.cleaned_data
        asked = {
            item.pk: Ending(data.get(f"how_{item.pk}") == "drop", data.get(f"reason_{item.pk}", ""))
            for item in self.items
        }
        return {**asked, **{item.pk: Ending() for item in self.beyond}}

    def rows(self) -> list[tuple[PlanItem, Any, Any]]:
        """Each item with its two fields, for the page."""
        return [(item, self[f"how_{item.pk}"], self[f"reason_{item.pk}"]) for item in self.items]


class SplitForm(VersionedForm):
    """The parts of an item, each with goal, owner, day and, where the item has a measure, its own target."""

    def __init__(self, data: Any, *, item: PlanItem, count: int) -> None:
        super().__init__(data, initial={"version": item.version})
        self.item, self.count = item, count
        owners = possible_owners(item.plan.org)
        choices: list[tuple[Any, Any]] = [
            (member.pk, MemberField(owners).label_from_instance(member)) for member in owners
        ]
        known = {member.pk: member for member in owners}
        if item.owner_id not in known:
            choices.insert(0, ("", _("Choose who answers for it")))
        for number in range(count):
            start = f"part_{number}_"
            self.fields[start + "goal"] = forms.CharField(label=_("Goal"), max_length=LONGEST_GOAL)
            if item.measure:
                self.fields[start + "target"] = number_field(_("Target"))
            self.fields[start + "owner"] = forms.TypedChoiceField(
                label=_("Owner"),
                choices=choices,
                coerce=lambda pk: known[int(pk)],
                initial=item.owner_id if item.owner_id in known else "",
            )
            due = day_field(_("Due on"))
            due.initial = item.due_on
            self.fields[start + "due_on"] = due

    def parts(self) -> list[ItemWords]:
        """Of a valid form; topic, measure and details are the item's."""
        data, item = self.cleaned_data, self.item
        return [
            ItemWords(
                goal=data[f"part_{number}_goal"],
                owner=data[f"part_{number}_owner"],
                due_on=data[f"part_{number}_due_on"],
                target=data.get(f"part_{number}_target"),
                details=item.details,
                topic=item.topic,
                measure=item.measure,
                unit=item.unit,
            )
            for number in range(self.count)
        ]

    def rows(self) -> list[list[Any]]:
        """The fields of each part, for the page."""
        names = ("goal", "target", "owner", "due_on")
        return [
            [self[f"part_{number}_{name}"] for name in names if f"part_{number}_{name}" in self.fields]
            for number in range(self.count)
        ]


def asked_parts(wanted: str) -> int:
    """How many parts the form shows: at least two."""
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 2
    return max(2, min(MOST_PARTS, number))


def merged_words(items: Sequence[PlanItem]) -> dict[str, Any]:
    """What the form of the item that several become begins with: the first one's owner, the last day, the sums."""
    first = items[0]
    details = "\n".join(f"· {item.goal}" + (f"\n{item.details}" if item.details else "") for item in items)
    words: dict[str, Any] = {
        "goal": first.goal,
        "details": details,
        "topic": first.topic,
        "owner": first.owner,
        "co_owners": list({item.owner_id for item in items} - {first.owner_id}),
        "due_on": max(max(item.due_on for item in items), timezone.localdate()),
    }
    if first.measure and len({(item.measure, item.unit) for item in items}) == 1:
        words |= {"measure": first.measure, "unit": first.unit}
        for name in ("baseline", "target"):
            numbers = [getattr(item, name) for item in items]
            if None not in numbers:
                words[name] = sum(numbers, Decimal(0))
    return words
