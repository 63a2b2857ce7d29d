"""Forms about an agenda: whom to ask for a swap, which talk to give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm
from wellspring.sharing.models import AgendaSlot, Talk
from wellspring.sharing.queries.swaps import Partner


class SwapForm(TellingForm):
    """Whom to ask, and a word to her."""

    note = forms.CharField(label=_("A word to her"), max_length=200, required=False)

    def __init__(self, data: Any, *, partners: Iterable[Partner], names: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.partners = {partner.key: partner for partner in partners}
        self.fields["partner"] = forms.ChoiceField(
            label=_("With whom"),
            choices=names,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("She cannot swap any more. Choose somebody else.")},
        )
        self.order_fields(["partner", "note"])

    def partner(self) -> Partner:
        """Of a valid form."""
        return self.partners[self.cleaned_data["partner"]]


class TalkChoiceForm(TellingForm):
    """Which of her talks a speaker gives."""

    def __init__(self, data: Any, *, talks: Iterable[Talk], names: Sequence[tuple[str, str]], slot: AgendaSlot) -> None:
        super().__init__(data, initial={"talk": str(slot.talk_id or "")})
        self.talks = {str(talk.pk): talk for talk in talks}
        self.fields["talk"] = forms.ChoiceField(
            label=_("Talk"),
            required=False,
            choices=[*names, ("", _("None of these yet"))],
            widget=forms.RadioSelect,
        )

    def talk(self) -> Talk | None:
        """Of a valid form."""
        return self.talks.get(self.cleaned_data["talk"])
