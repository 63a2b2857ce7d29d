"""Saying that one is there; who is here, missing and on leave; the chair enters others and takes them out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.people.middleware import viewer
from wellspring.people.models import Member
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import Attendance
from wellspring.sharing.queries.attendance import presence_at
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.sessions import visible_sessions
from wellspring.sharing.services.attendance import check_in, enter_attendance, take_attendance_out
from wellspring.sharing.views.day import HERE, TAKES_PART, found_session, session_address


@require_POST
@TAKES_PART
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """By tap on the session's page."""
    session = found_session(request, pk)
    try:
        check_in(actor=viewer(request), session=session)
        messages.success(request, _("You are entered as present."))
    except DayProblem as error:
        messages.error(request, error.message)
    return redirect("sharing:session", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@TAKES_PART
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; who leads the session ticks the missing ones who are there."""
    session, who = found_session(request, pk), viewer(request)
    leads = may_lead(who, session)
    if request.method == "POST":
        if not leads:
            raise PermissionDenied
        ticked = [
            int(value)
            for value in request.POST.getlist("member")
            if value.isascii() and value.isdigit() and len(value) < 16
        ]
        try:
            count = enter_attendance(actor=who, session=session, members=[Member(pk=member) for member in ticked])
        except DayProblem as error:
            messages.error(request, error.message)
        else:
            messages.success(
                request,
                ngettext("%(count)d person was entered.", "%(count)d people were entered.", count) % {"count": count},
            )
        return redirect("sharing:attendance", pk=pk)
    context = {
        "page_here": HERE,
        "page_up": (session.title, session_address(session)),
        "session": session,
        "presence": presence_at(session),
        "leads": leads,
    }
    return render(request, "sharing/day/attendance.html", context)


@require_POST
@TAKES_PART
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair takes somebody out who was not there."""
    seen = visible_sessions(viewer(request)).values("pk")
    try:
        found = Attendance.objects.select_related("session__org").get(pk=pk, session__in=seen)
    except Attendance.DoesNotExist:
        raise Http404 from None
    try:
        take_attendance_out(actor=viewer(request), attendance=found)
    except DayProblem as error:
        messages.error(request, error.message)
    return redirect("sharing:attendance", pk=found.session_id)
