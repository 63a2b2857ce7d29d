"""Forms of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.core.models import User
from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.devices import device_of
from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.accounts.services import Profile, is_password_of


class ProfileForm(forms.Form):
    full_name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("You can sign in with it instead of the user name."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    current_password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Only needed when you change the mail address."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as the browser has it")), ("zh-hans", "中文"), ("en", "English")],
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        required=False,
        choices=[
            ("", gettext_lazy("as the system has it")),
            ("light", gettext_lazy("light")),
            ("dark", gettext_lazy("dark")),
        ],
    )
    elder_mode = forms.BooleanField(
        label=gettext_lazy("Elder mode"), required=False, help_text=gettext_lazy("Large type and large buttons.")
    )

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.request, self.user = request, user
        names = ("full_name", "email", "language", "theme", "elder_mode")
        super().__init__(request.POST or None, initial={name: getattr(user, name) for name in names})
        if not user.has_usable_password():
            del self.fields["current_password"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        has_changed = cleaned.get("email", self.user.email).casefold() != self.user.email.casefold()
        if has_changed and self.user.has_usable_password():
            try:
                _check_password(self.request, self.user, cleaned.get("current_password", ""))
            except ValidationError as error:
                self.add_error("current_password", error)
        return cleaned

    def profile(self) -> Profile:
        data = self.cleaned_data
        return Profile(
            full_name=" ".join(data["full_name"].split()),
            email=data["email"],
            language=data["language"],
            theme=data["theme"],
            elder_mode=data["elder_mode"],
        )


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.fields["new_password1"].help_text = gettext_lazy(
            "At least eight characters, not only figures, and nothing that is easily guessed."
        )
        self.fields["new_password2"].label = gettext_lazy("The same again")
        self.fields["new_password2"].help_text = ""


class PasswordForm(NewPasswordForm):
    """The new password twice, after the old one."""

    old_password = forms.CharField(
        label=gettext_lazy("Your password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.request = request
        super().__init__(user, request.POST or None)

    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        _check_password(self.request, self.user, typed)
        return typed


def _check_password(request: HttpRequest, user: User, typed: str) -> None:
    try:
        is_right = is_password_of(user, typed, address=client_address(request), device=device_of(request, user.pk))
    except TooManyAttempts as error:
        raise ValidationError(error.message) from None
    if not is_right:
        raise ValidationError(_("This is not your password."))
