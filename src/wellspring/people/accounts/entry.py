"""The moment somebody comes in: her browser is remembered, and her choices come with her."""

from __future__ import annotations

import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wellspring.core.appearance import remember_choices, take_over_choices
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.accounts.client import client_address
from wellspring.people.accounts.client_names import device_name
from wellspring.people.accounts.devices import is_shared, remember_device
from wellspring.people.notices.kinds import NEW_DEVICE

SEEN = "seen"
"""In the session: when its owner last did something, in seconds."""


def stamp_session(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whatever door somebody came through, her session is listed and its idle time runs. Called by Django."""
    request.session[SEEN] = int(time.time())
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": client_address(request),
            "user_agent": request.headers.get("User-Agent", "")[:200],
        },
    )


def renew_session(request: HttpRequest, user: User) -> None:
    """After a change of password: she stays signed in here, under a new key."""
    before = request.session.session_key
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def welcome(request: HttpRequest, response: HttpResponse, user: User) -> bool:
    """Remember the browser, and give it the choices kept with the account; whether the browser is new to it.

    What was chosen in a browser into which nobody signed in before becomes the account's own, where that knows no
    choice yet; on an office's shared computer it may be the choice of whoever sat there last.
    """
    if not is_shared(request):
        take_over_choices(request, user)
        spoken = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if not user.language and spoken in dict(settings.LANGUAGES):
            user.language = spoken
            user.save(update_fields=["language"])
    remember_choices(response, theme=user.theme, elder=user.elder_mode)
    _speak(response, user.language)
    return remember_device(request, response, user.pk)


def tell_of_new_device(request: HttpRequest, user: User) -> None:
    """A notice to the owner of the account: in case it was not she."""
    device = device_name(request.headers.get("User-Agent", ""))
    with transaction.atomic():
        notify([user], NEW_DEVICE, data={"device": device}, url=reverse("people:sessions"))


def _speak(response: HttpResponse, language: str) -> None:
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
