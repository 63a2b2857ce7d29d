"""Forms of coming in: the sign-in form, and the mail for whoever forgot her password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.accounts.services.attempts import count_request


class SignInForm(LoginForm):
    """User name or mail address, and password. Whether a name is known here is not told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=gettext_lazy("User name or mail address"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.fields["password"] = forms.CharField(
            label=gettext_lazy("Password"),
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])

    def add_prefix(self, field_name: str) -> str:
        """Browsers know the field by the usual name."""
        return super().add_prefix("username" if field_name == "login" else field_name)

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as error:
            if error.code == TooManyAttempts.code:
                raise
            raise ValidationError(
                _("User name or password is not right. Check capital letters; if you forgot it, see below.")
            ) from None
        if self.user is not None and not self.user.is_active:
            raise ValidationError(_("This account is closed. Ask your leader."))
        return cleaned


class ForgottenForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=gettext_lazy("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
        )

    def clean_email(self) -> str:
        email: str = super().clean_email()
        try:
            count_request("mail from", client_address(context.request), limit=20, window=timedelta(hours=1))
            count_request("mail to", email.casefold(), limit=3, window=timedelta(hours=1))
        except TooManyAttempts as error:
            raise ValidationError(error.message) from None
        return email
