"""Forms of a study: the next version of the details, deadline and contributors, which versions to compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import VersionedForm, day_field
from wellspring.people.models import Member
from wellspring.sharing.forms.ideas import MembersField
from wellspring.sharing.models import Idea, StudyVersion


class DetailsForm(VersionedForm):
    """The next version of the details; `version` is the number of the one that was opened."""

    text = forms.CharField(
        label=_("Implementation details"),
        widget=forms.Textarea({"rows": 16}),
        help_text=_("Who does what, when, with which means; what is measured. One point a line."),
    )
    note = forms.CharField(
        label=_("What changed"), max_length=200, required=False, help_text=_("One line for those who read along.")
    )

    def __init__(self, data: Any, *, last: StudyVersion | None) -> None:
        initial = {"version": last.number if last else 0, "text": last.text if last else ""}
        super().__init__(data, initial=initial)


class StudyForm(VersionedForm):
    """Deadline and contributors."""

    def __init__(self, data: Any, *, idea: Idea, members: Iterable[Member]) -> None:
        chosen = list(idea.contributors.all())
        initial = {"version": idea.version, "study_due_on": idea.study_due_on, "contributors": chosen}
        super().__init__(data, initial=initial)
        self.fields["study_due_on"] = day_field(_("Study until"), required=False)
        people = {member.pk for member in members} | {member.pk for member in chosen}
        self.fields["contributors"] = MembersField(
            Member.objects.filter(pk__in=people).select_related("user"),
            label=_("Who works out the details"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
