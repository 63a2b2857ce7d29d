"""The form for handing an address in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.library.models import Channel
from wellspring.library.queries.lists import channels
from wellspring.library.services.handing_in import picked_address


class HandInForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=4000,
        help_text=gettext_lazy("Paste the address of one report, or what the share button gave you."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    channel = forms.ModelChoiceField(
        label=gettext_lazy("Channel"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=gettext_lazy("by itself, as the page says"),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = channels()

    def clean_url(self) -> str:
        found = picked_address(self.cleaned_data["url"])
        if not found:
            raise ValidationError(_("There is no web address in it. Give one that begins with http:// or https://."))
        return found
