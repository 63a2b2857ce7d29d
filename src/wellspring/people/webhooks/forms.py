"""The form of a group's robot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellspring.people.models import ChatService, GroupWebhook, OrgUnit
from wellspring.people.viewer import Viewer
from wellspring.people.webhooks.queries import units_for_webhooks

_UNSEEN = {"autocomplete": "off", "spellcheck": "false"}


class WebhookForm(forms.Form):
    """A robot; of one that exists already the unit stays, and address and secret are never shown."""

    org = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=None)
    name = forms.CharField(label=_("Name of the group"), max_length=60, help_text=_("As you call the group chat."))
    service = forms.ChoiceField(label=_("Chat service"), choices=ChatService.choices)
    url = forms.CharField(
        label=_("Robot's address"),
        max_length=500,
        widget=forms.URLInput(attrs=_UNSEEN),
        help_text=_("In the group's settings add a robot of your own and copy its webhook address."),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_UNSEEN),
        help_text=_("DingTalk and Feishu: choose signing among the robot's security settings and copy the secret."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, viewer: Viewer, webhook: GroupWebhook | None = None) -> None:
        super().__init__(data, initial=_stands(webhook) if webhook is not None else None)
        if webhook is None:
            unit = self.fields["org"]
            assert isinstance(unit, forms.ModelChoiceField)
            unit.queryset = units_for_webhooks(viewer=viewer)
        else:
            del self.fields["org"]
            for name in ("url", "secret"):
                self.fields[name].required = False
                self.fields[name].help_text = _("Empty: the one that is stored stays.")


def _stands(webhook: GroupWebhook) -> dict[str, object]:
    return {"name": webhook.name, "service": webhook.service, "version": webhook.version}
