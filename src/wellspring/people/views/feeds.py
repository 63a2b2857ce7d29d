"""The private calendar: its file, and the page that gives its address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wellspring.core.ics import calendar_file, token_of, user_of_token
from wellspring.core.models import CalendarFeed
from wellspring.core.qr import qr_svg
from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer
from wellspring.people.services.feeds import close_feed, renew_feed
from wellspring.people.viewer import viewer_of


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The iCalendar file of whoever has this address; for calendar programs, which do not sign in."""
    user = user_of_token(token)
    if user is None:
        raise Http404
    with translation.override(user.language or settings.LANGUAGE_CODE):
        body = calendar_file(viewer_of(user), today=timezone.localdate(), address=_here(request))
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="wellspring.ics"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
@members_only
def own(request: HttpRequest) -> HttpResponse:
    """The address of one's private calendar, with a code for the telephone."""
    found = CalendarFeed.objects.filter(user=viewer(request).user, is_on=True).first()
    context: dict[str, object] = {"feed": found}
    if found:
        address = _here(request) + reverse("people:feed", kwargs={"token": token_of(found)})
        subscription = address.replace("https://", "webcal://").replace("http://", "webcal://")
        context |= {
            "address": address,
            "subscription": subscription,
            "qr": qr_svg(subscription, label=_("QR code of your private calendar")),
        }
    return render(request, "people/feed.html", context)


@require_POST
@members_only
def renew(request: HttpRequest) -> HttpResponse:
    """A new address; the one before is taken back."""
    had_one = CalendarFeed.objects.filter(user=viewer(request).user, is_on=True).exists()
    renew_feed(actor=viewer(request))
    if had_one:
        messages.success(request, _("This is the new address; the one before leads nowhere now."))
    return redirect("people:own_feed")


@require_POST
@members_only
def close(request: HttpRequest) -> HttpResponse:
    """Switched off."""
    close_feed(actor=viewer(request))
    messages.success(request, _("Your private calendar is switched off."))
    return redirect("people:own_feed")


def _here(request: HttpRequest) -> str:
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
