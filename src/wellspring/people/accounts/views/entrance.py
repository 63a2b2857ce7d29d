"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.views import LoginView, PasswordResetView
from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from wellspring.core.registry import sign_in_offers


class SignIn(LoginView):
    template_name = "account/login.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        """Whoever comes here begins anew; a second step that was left open may have been taken away meanwhile."""
        clear_login(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Beside the form: other services that are switched on, and whom higher apps offer, as the demo does."""
        context = super().get_context_data(**kwargs)
        offers = sign_in_offers(self.request)
        if not offers:
            form = context["form"]  # after a wrong password the name stands; the password is to be typed again
            form.fields["password" if form.is_bound else "login"].widget.attrs["autofocus"] = True
        return context | {
            "next": self.get_next_url() or "",
            "services": settings.OTHER_SERVICES,
            "mail": bool(settings.ENVIRONMENT.email_url),
            "offers": offers,
        }


class SignOut(LogoutView):
    next_page = "/"


class Forgotten(PasswordResetView):
    """By mail where there is mail; else the page says whom to ask."""

    template_name = "account/password_reset.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"mail": bool(settings.ENVIRONMENT.email_url)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.ENVIRONMENT.email_url:
            return redirect("account_reset_password")
        return super().post(request, *args, **kwargs)


class Closed(TemplateView):
    template_name = "account/account_inactive.html"


@secure_admin_login
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The operators' area has no entrance of its own: nobody guesses there past the counts and the second factor."""
    return redirect("admin:index")
