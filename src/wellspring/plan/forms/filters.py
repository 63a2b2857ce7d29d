"""What the items of a plan are narrowed to; bound to the query string."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.plan.models import ItemState
from wellspring.plan.queries.board import Overview

STATES = [
    ("", _("All")),
    ("open", _("not finished")),
    ("overdue", _("overdue")),
    ("risk", _("at risk")),
    *((state.value, state.label) for state in (ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.DONE)),
    ("ended", _("dropped, carried on, split, merged")),
]


class ItemFilter(forms.Form):
    """Words, owner, topic, state, origin."""

    q = forms.CharField(label=_("Words"), max_length=60, required=False)
    view = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    sort = forms.CharField(widget=forms.HiddenInput, max_length=10, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, data: Any, *, overview: Overview) -> None:
        super().__init__(data, auto_id="plan-%s")
        everything: list[tuple[Any, Any]] = [("", _("All"))]
        for name, label, choices in (
            ("owner", _("Owner"), overview.owners),
            ("topic", _("Topic"), overview.topics),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label, required=False, coerce=int, empty_value=None, choices=[*everything, *choices]
            )
        self.fields["origin"] = forms.ChoiceField(
            label=_("Came from"), required=False, choices=[*everything, *overview.origins]
        )
        self.order_fields(["view", "sort", "q", "owner", "state", "topic", "origin"])

    def chosen(self) -> dict[str, Any]:
        """What to narrow by, for `found_items`; a filter that makes no sense is left out."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("q", ""),
            "owner": data.get("owner"),
            "topic": data.get("topic"),
            "state": data.get("state", ""),
            "origin": data.get("origin", ""),
        }

    @property
    def is_narrowed(self) -> bool:
        return any(value for value in self.chosen().values())
