"""Forms of inviting and of joining."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User
from wellspring.people.forms.members import roles_field
from wellspring.people.forms.telling import TellingForm, UnitField
from wellspring.people.models import RoleName
from wellspring.people.queries.units import UnitRow

DAYS = [("1", _("1 day")), ("3", _("3 days")), ("7", _("7 days")), ("30", _("30 days"))]


class InviteForm(TellingForm):
    """For whom, to which unit, as what, for how long."""

    full_name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As it will stand in all lists."))
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    days = forms.TypedChoiceField(label=_("Holds for"), choices=DAYS, coerce=int, initial="7")

    def __init__(
        self, data: Any, *, units: Iterable[UnitRow], roles: Iterable[RoleName], unit: int | None = None
    ) -> None:
        super().__init__(data, initial={"roles": ["worker"], "org": unit, "days": "7"})
        self.fields["org"] = UnitField(units, label=_("Unit"))
        self.fields["roles"] = roles_field(roles, required=False)
        self.order_fields(["full_name", "org", "post", "roles", "days"])


class JoinWithAccountForm(TellingForm):
    """She is whom the invitation is for, and joins with the account she is signed in to."""

    is_me = forms.BooleanField()

    def __init__(self, data: Any, *, full_name: str) -> None:
        super().__init__(data)
        self.fields["is_me"].label = _("I am %(name)s, for whom this invitation is") % {"name": full_name}
        self.fields["is_me"].error_messages["required"] = _(
            "Tick this if it is you. If it is not, hand the invitation back to whoever sent it."
        )


class JoinForm(JoinWithAccountForm):
    """The account of somebody new: user name and password of her own choice."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("With it you sign in. Letters, digits and @ . + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: Any, *, full_name: str) -> None:
        super().__init__(data, full_name=full_name)
        self.full_name = full_name
        self.fields["password"].help_text = _(
            "At least eight characters, not only figures, and nothing that is easily guessed."
        )
        self.order_fields(["is_me", "username", "password", "again"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        if password:
            try:
                validate_password(password, User(username=data.get("username", ""), full_name=self.full_name))
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return data
