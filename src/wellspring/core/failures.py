"""The pages a reader meets when something did not work: what happened and what to do next."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def failure_page(
    request: HttpRequest, *, status: int, title: str, text: str, extra: str = "", plain: bool = False
) -> HttpResponse:
    """A page in the house's style that says what happened (`title`) and what to do (`text`).

    `plain`: without scripts, search and navigation, as it suits a frame inside a page of ours.
    """
    context = {"status": status, "title": title, "text": text, "extra": extra, "nav_channels": ()}
    return render(request, "core/failure_plain.html" if plain else "core/failure.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(
        request,
        status=400,
        title=_("This request could not be understood"),
        text=_("Something in the address or the form is not as it should be. Go back, check it and try again."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(
        request,
        status=403,
        title=_("This page is not open to you"),
        text=_("If it should be, sign in with another account or ask the people who run this site."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return failure_page(
        request,
        status=403,
        title=_("The form was open for too long"),
        text=_("For your safety it was not sent. Go back, reload the page and send it again; cookies must be allowed."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(
        request,
        status=404,
        title=_("There is nothing at this address"),
        text=_(
            "It may have been mistyped, or the page is no longer here. Search the library, or start at the front page."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own failures. It needs no database, and falls back to plain text."""
    title = _("Something went wrong on our side")
    text = _("It has been noted. Nothing you sent was kept half-way; please try again in a few minutes.")
    try:
        context = {"status": 500, "title": title, "text": text}
        return HttpResponse(render_to_string("core/failure_plain.html", context), status=500)
    except Exception:
        logger.exception("the page for server errors failed itself")
        return HttpResponse(f"{title}\n{text}\n", status=500, content_type="text/plain; charset=utf-8")
