"""Browsers in which somebody signed in before, known by a signed cookie."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

_COOKIE = "device"
_SALT = "wellspring.device"
_YEAR = 365 * 24 * 3600
_MOST = 8
"""Accounts remembered per browser: a computer that an office shares."""


def device_of(request: HttpRequest, user_id: int | None) -> str:
    """The id under which this browser is known to the account; empty where it never signed in here."""
    return _known(request).get(str(user_id), "") if user_id is not None else ""


def is_shared(request: HttpRequest) -> bool:
    """Whether anybody signed in in this browser before."""
    return bool(_known(request))


def remember_device(request: HttpRequest, response: HttpResponseBase, user_id: int) -> bool:
    """Know this browser from now on; whether it is new to the account."""
    known = _known(request)
    is_new = str(user_id) not in known
    identity = known.pop(str(user_id), "") or secrets.token_urlsafe(9)
    known[str(user_id)] = identity
    while len(known) > _MOST:
        del known[next(iter(known))]
    response.set_cookie(
        _COOKIE,
        signing.dumps(known, salt=_SALT),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return is_new


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        known = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}
