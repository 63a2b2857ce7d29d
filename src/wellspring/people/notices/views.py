"""A person's notices: the list, the bell, the way to what a notice is about, and her choices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.models import User
from wellspring.core.notices.mail import mail_is_on
from wellspring.core.notices.queries import notices_of, sentence, unread_count
from wellspring.core.notices.services import is_own_path, mark_all_read, mark_read
from wellspring.core.paging import page_of
from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer
from wellspring.people.notices.forms import NoticeForm


def _me(request: HttpRequest) -> User:
    user = viewer(request).user
    assert user is not None  # behind `members_only`
    return user


@require_safe
@members_only
def notices(request: HttpRequest) -> HttpResponse:
    """Her notices, newest first, the unread ones marked; or the unread ones alone."""
    unread_only = request.GET.get("show") == "unread"
    page, problem = page_of(notices_of(_me(request), unread_only=unread_only), request.GET.get("page"))
    rows = [{"notice": notice, "sentence": sentence(notice)} for notice in page]
    context = {
        "page": page,
        "problem": problem,
        "rows": rows,
        "unread_only": unread_only,
        "unread": unread_count(_me(request)),
        "seen_at": timezone.now().isoformat(),
    }
    return render(request, "people/notices/list.html", context)


@require_safe
@members_only
def unread(request: HttpRequest) -> HttpResponse:
    """The bell anew; 204 where the number is the one that is known already."""
    count = unread_count(_me(request))
    if request.GET.get("known") == str(count):
        return HttpResponse(status=204)
    return render(request, "core/components/_bell.html", {"unread_notices": count})


@require_safe
@members_only
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to what it is about; back to the list where there is nothing to go to."""
    notice = mark_read(_me(request), pk)
    if notice is None:
        raise Http404
    return HttpResponseRedirect(notice.url) if is_own_path(notice.url) else redirect("people:notices")


@require_POST
@members_only
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read that stood on the page when it was made."""
    count = mark_all_read(_me(request), until=_moment(request.POST.get("seen_at", "")))
    said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("people:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def choices(request: HttpRequest) -> HttpResponse:
    """Which notices she wants, how, and when she wants to be left alone."""
    me = _me(request)
    form = NoticeForm(request.POST or None, user=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are kept."))
        return redirect("people:notice_choices")
    context: dict[str, Any] = {"form": form, "mail_is_on": mail_is_on(), "has_address": bool(me.email)}
    return render(request, "people/notices/choices.html", context)


def _moment(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None
