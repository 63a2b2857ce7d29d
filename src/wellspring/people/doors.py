"""Doors of pages: who is let in, and what the others are told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def members_only(view: View[P]) -> View[P]:
    """Send guests to the sign-in page and back; whoever is signed in may enter, a member of a unit or not."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not viewer(request).is_authenticated:
            return _to_sign_in(request)
        return _kept_nowhere(view(request, *args, **kwargs))

    return wrapped


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Guests sign in first; who may not do this anywhere gets 403. The view itself asks about the unit or object."""

    def door(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not viewer(request).is_authenticated:
                return _to_sign_in(request)
            if not viewer(request).may(permission):
                raise PermissionDenied
            return _kept_nowhere(view(request, *args, **kwargs))

        return wrapped

    return door


def _kept_nowhere(response: HttpResponseBase) -> HttpResponseBase:
    """On an office's shared computer nobody pages back to what the one before her read."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path())
