"""One's own account: profile and password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wellspring.core.models import User
from wellspring.people.accounts.entry import renew_session, welcome
from wellspring.people.accounts.errors import AddressTaken
from wellspring.people.accounts.forms.profile import PasswordForm, ProfileForm
from wellspring.people.accounts.services import change_password, change_profile
from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer


@sensitive_post_parameters("current_password")
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def profile(request: HttpRequest) -> HttpResponse:
    """Name, mail address, language, colours, elder mode."""
    user = _own(request)
    form = ProfileForm(request, user)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(actor=viewer(request), profile=form.profile())
        except AddressTaken as error:
            form.add_error("email", error.message)
        else:
            messages.success(request, _("Saved."))
            response = redirect("people:account")
            welcome(request, response, User.objects.get(pk=user.pk))
            return response
    return render(request, "people/accounts/profile.html", {"form": form, "places": viewer(request).places})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; the other sessions end."""
    form = PasswordForm(request, _own(request))
    if request.method == "POST" and form.is_valid():
        user = change_password(
            actor=viewer(request),
            password=form.cleaned_data["new_password1"],
            session_key=request.session.session_key or "",
        )
        renew_session(request, user)
        messages.success(request, _("Your new password holds. Everywhere else you are signed out."))
        return redirect("people:password")
    return render(request, "people/accounts/password.html", {"form": form})


def _own(request: HttpRequest) -> User:
    user = viewer(request).user
    assert user is not None, "behind members_only"
    return user
