"""Forms of the second factor: codes are guessed no more often than passwords."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.core.models import User
from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.client_names import device_name
from wellspring.people.accounts.devices import device_of
from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.accounts.services.attempts import Attempt, begin_attempt, count_request

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}


class _Counted(forms.Form):
    """Counts the attempt before the code is looked at, and tells what is wrong in our words."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=gettext_lazy("Code"), max_length=40, widget=forms.TextInput(attrs=_CODE)
        )

    def clean_code(self) -> str:
        attempt = _begin(self.user)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form beside this one
        except ValidationError:
            raise ValidationError(_("This code is not right, or it was used already. Wait for the next one.")) from None
        attempt.succeeded()
        self._use_up(code)
        return code

    def _use_up(self, code: str) -> None:
        """A code of the app opens once, in every process."""
        authenticator = getattr(self, "authenticator", None)
        if authenticator is not None and authenticator.type == Authenticator.Type.TOTP:
            try:
                count_request("code used", str(self.user.pk), code, limit=1, window=timedelta(minutes=3))
            except TooManyAttempts:
                raise ValidationError(_("This code was used already. Wait for the next one.")) from None


class CodeForm(_Counted, AuthenticateForm):
    pass


class CodeAgainForm(_Counted, ReauthenticateForm):
    pass


class ActivateAppForm(_Counted, ActivateTOTPForm):
    pass


class _Answer(forms.JSONField):
    """What a browser sends as a passkey, as far as it is JSON that can be read."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):  # numbers of thousands of digits, brackets in brackets
            raise ValidationError(_("This passkey could not be read. Try again.")) from None

    def bound_data(self, data: Any, initial: Any) -> str:
        """A second try begins with a new answer."""
        return ""


class _Whole(forms.Form):
    """What a browser sends in place of a passkey may be anything: it is refused, not stumbled over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _Answer(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        parent = getattr(super(), "clean_credential", None)
        if parent is None:
            return credential
        try:
            return parent()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ValidationError(_("This passkey could not be read. Try again.")) from None


class PasskeyForm(_Whole, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_Whole, ReauthenticateWebAuthnForm):
    pass


class PasskeyAloneForm(_Whole, LoginWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ValidationError(_("This passkey could not be read. Try again.")) from None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _Answer(widget=forms.HiddenInput)
        self.fields["name"].initial = self.initial["name"] = device_name(context.request.headers.get("User-Agent", ""))
        self.fields["name"].label = gettext_lazy("Name of the passkey")
        self.fields["name"].help_text = gettext_lazy("So that you know it again, such as: my telephone.")
        self.fields["passwordless"].label = gettext_lazy("Sign in with it alone, without user name and password")
        self.fields["passwordless"].help_text = gettext_lazy(
            "The device then asks for fingerprint, face or its own code."
        )
        self.fields["passwordless"].initial = True


def _begin(user: User) -> Attempt:
    request = context.request
    try:
        return begin_attempt(
            account=f"code of {user.pk}", address=client_address(request), device=device_of(request, user.pk)
        )
    except TooManyAttempts as error:
        raise ValidationError(error.message) from None
