"""What is looked at on every page of somebody signed in: how long she did nothing, and her second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.people.accounts.entry import SEEN
from wellspring.people.middleware import viewer
from wellspring.people.models import RoleName

UNATTENDED = "X-Unattended"
"""Header of requests that a page makes by itself, such as a count that is asked for every minute: no sign of life."""
_NOTED_EVERY = 60
_OPEN = ("/account/", "/sign-out/", "/sign-in/", "/static/", "/i18n/", "/appearance/", "/healthz")
GetResponse = Callable[[HttpRequest], HttpResponse]


class IdleMiddleware:
    """Signs out whoever did nothing for `WELLSPRING_IDLE_MINUTES`; pages with her name on them are hers alone.

    After Django's AuthenticationMiddleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        self._look(request)
        response = self.get_response(request)
        # The account's own pages hold recovery codes and the like; for the desk's see `people.doors`.
        kept = "no-store" if request.path.startswith("/account/") else "no-cache"
        response.headers.setdefault("Cache-Control", f"private, {kept}")
        return response

    def _look(self, request: HttpRequest) -> None:
        now = int(time.time())
        seen = int(request.session.get(SEEN, now))
        idle = settings.ENVIRONMENT.idle_minutes * 60
        if idle and now - seen > idle:
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            logout(request)
            messages.info(request, _("You were signed out, because nothing was done here for a long time."))
        elif (now - seen >= _NOTED_EVERY or SEEN not in request.session) and UNATTENDED not in request.headers:
            request.session[SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


class SecondFactorMiddleware:
    """Where the installation asks for it, administrators and operators set up a second factor before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ENVIRONMENT.second_factor and not request.path.startswith(_OPEN) and self._is_missing(request):
            messages.warning(request, _("Your role needs a second factor. Set one up first; it takes two minutes."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        user = viewer(request).user
        if user is None:
            return False
        is_administrator = any(RoleName.ADMINISTRATOR in place.roles for place in viewer(request).places)
        return (is_administrator or user.is_staff) and not is_mfa_enabled(user)
