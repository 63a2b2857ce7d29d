"""The form of a person's choices about notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import NoticeSettings, User
from wellspring.core.notices.queries import KindChoice, kind_choices, notice_settings
from wellspring.core.notices.services import save_notice_settings

_TIME = {"type": "time"}


class NoticeForm(forms.ModelForm[NoticeSettings]):
    """When she wants to be left alone, and two boxes for every kind."""

    class Meta:
        model = NoticeSettings
        fields = ("mail_pace", "digest_at", "quiet_from", "quiet_until", "rest_days")
        widgets = {
            name: forms.TimeInput(attrs=_TIME, format="%H:%M") for name in ("digest_at", "quiet_from", "quiet_until")
        }
        help_texts = {
            "quiet_until": _("No mail between the two times; the same time twice means no quiet hours."),
            "digest_at": _("Counts where mail comes once a day."),
        }

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, instance=notice_settings(user))
        self.user = user
        self._kinds = kind_choices(user)
        for choice in self._kinds:
            self.fields[_box("app", choice)] = forms.BooleanField(
                required=False,
                initial=choice.in_app,
                disabled=choice.kind.always_shown,
                label=_label(choice, gettext("in Wellspring")),
            )
            self.fields[_box("mail", choice)] = forms.BooleanField(
                required=False, initial=choice.by_mail, label=_label(choice, gettext("by mail"))
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """A line of the table for every kind."""
        for choice in self._kinds:
            yield {"choice": choice, "in_app": self[_box("app", choice)], "by_mail": self[_box("mail", choice)]}

    def save(self, commit: bool = True) -> NoticeSettings:
        wanted = {
            choice.kind.code: (self.cleaned_data[_box("app", choice)], self.cleaned_data[_box("mail", choice)])
            for choice in self._kinds
        }
        save_notice_settings(self.user, self.instance, wanted)
        return self.instance


def _box(how: str, choice: KindChoice) -> str:
    return f"{how}-{choice.kind.code}"


def _label(choice: KindChoice, how: str) -> str:
    return f"{gettext(choice.kind.name)}: {how}"
