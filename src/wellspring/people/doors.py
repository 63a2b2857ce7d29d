"""Doors of pages: who is let in, and what the others are told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def members_only(view: View[P]) -> View[P]:
    """Send guests to the sign-in page and back; whoever is signed in may enter, a member of a unit or not."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not viewer(request).is_authenticated:
            return to_sign_in(request)
        return _kept_nowhere(view(request, *args, **kwargs))

    return wrapped


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Guests sign in first; who may not do this anywhere gets 403. The view itself asks about the unit or object."""

    def door(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not viewer(request).is_authenticated:
                return to_sign_in(request)
            if not viewer(request).may(permission):
                raise PermissionDenied
            return _kept_nowhere(view(request, *args, **kwargs))

        return wrapped

    return door


def _kept_nowhere(response: HttpResponseBase) -> HttpResponseBase:
    """On an office's shared computer nobody pages back to what the one before her read."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to sign in; where somebody whose session had run out sent a text, with that text before her eyes."""
    the_way = redirect_to_login(request.get_full_path())
    by_script = "HX-Request" in request.headers
    typed = [] if "X-Autosave" in request.headers else _typed(request)
    if typed:
        context = {"typed": typed, "sign_in": the_way["Location"]}
        answer = render(request, "people/signed_out.html", context, status=200 if by_script else 401)
        answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
        answer["Cache-Control"] = "private, no-store"
        return answer
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return the_way


def _typed(request: HttpRequest) -> list[str]:
    """Texts that were written by hand: not the marks, numbers and choices of a form, and never a password."""
    sent = [value for name, values in request.POST.lists() if "password" not in name for value in values]
    return [text for text in sent if text.strip() and not (text.isascii() and text.isprintable() and " " not in text)]
