"""Where allauth asks the house: nobody signs herself up, attempts are counted in the database, messages are ours."""

from __future__ import annotations

import logging
import threading
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wellspring.core.models import User
from wellspring.core.sealed import seal, unseal
from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.devices import device_of
from wellspring.people.accounts.entry import tell_of_new_device, welcome
from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.accounts.queries import user_named
from wellspring.people.accounts.services.attempts import begin_attempt
from wellspring.people.accounts.services.passwords import account_key, reset_password_by_mail
from wellspring.people.accounts.telling import told_message

logger = logging.getLogger(__name__)
SECOND_FACTOR = "second factor"


def shown_name(user: User) -> str:
    return user.get_full_name()


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Paths of this very host only; another host of this installation may belong to somebody else."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count, then check; what was let through and was right counts no more."""
        typed = str(credentials.get("username") or credentials.get("email") or "")
        known = user_named(typed)
        account = account_key(known) if known else f"name {typed.casefold()[:200]}"
        device = device_of(request, known.pk if known else None)
        try:
            attempt = begin_attempt(account=account, address=client_address(request), device=device)
        except TooManyAttempts as error:
            raise ValidationError(error.message, code=error.code) from None
        user = super().authenticate(request, **credentials)
        if not isinstance(user, User):
            return None
        attempt.succeeded()
        return user

    def set_password(self, user: User, password: str) -> None:
        """Called by allauth's reset by mail alone: a password is changed by a service of ours."""
        reset_password_by_mail(user, password)

    def login(self, request: HttpRequest, user: User) -> None:
        self._is_first_time = user.last_login is None
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        is_new_here = welcome(request, response, user)
        if is_new_here and not getattr(self, "_is_first_time", False):
            tell_of_new_device(request, user)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Sentences of ours; what needs no saying is not said."""
        said = message or told_message(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address that readers use: what a request says about the host may be anybody's word."""
        url = super().get_reset_password_from_key_url(key)
        parts = urlsplit(url)
        return f"{settings.PUBLIC_URL}{parts.path}" if settings.PUBLIC_URL else url

    def format_email_subject(self, subject: str) -> str:
        return f"[{settings.ENVIRONMENT.site_name or _('Wellspring')}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Written here, sent aside: how long it takes would tell whether an address is known."""
        site = settings.ENVIRONMENT.site_name or _("Wellspring")
        message = self.render_mail(template_prefix, email, {"request": self.request, "site": site, **context})
        threading.Thread(target=_send, args=(message,), daemon=True).start()


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return settings.ENVIRONMENT.site_name or _("Wellspring")

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=SECOND_FACTOR)


class OtherServiceAdapter(DefaultSocialAccountAdapter):
    """WeChat, DingTalk, Feishu: they open an account to which they were connected, and make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_app(self, request: HttpRequest, provider: Any, client_id: str | None = None) -> SocialApp:
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        messages.error(
            request,
            _(
                "This account of the other service is not connected to anybody here. Sign in with your user name, then "
                "connect it on your account page."
            ),
        )
        raise ImmediateHttpResponse(redirect("sign_in"))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:  # smtplib's errors are among them
        logger.exception("a mail could not be sent")
