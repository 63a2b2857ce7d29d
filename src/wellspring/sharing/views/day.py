"""The page of a session while it is under way and after it, and what leads it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import confirm_page, form_page, posted
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.forms.day import AbsentForm
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession
from wellspring.sharing.queries.day import NEWEST, DuringPage, after_page, during_page, left_open
from wellspring.sharing.queries.hosting import require_lead
from wellspring.sharing.queries.sessions import visible_sessions
from wellspring.sharing.services.running import (
    begin_session,
    begin_slot,
    end_session,
    end_slot,
    mark_absent,
    resume_session,
)

HERE = "sharing:home"
SHELL = "sharing/base.html"
FORM = require_http_methods(["GET", "HEAD", "POST"])
TAKES_PART = requires(Permission.TAKE_PART)


def render_day(request: HttpRequest, session: SharingSession) -> HttpResponse:
    """A session that is under way, or was held, as whoever may see it finds it."""
    who = viewer(request)
    if session.state == SessionState.RUNNING:
        return render(request, "sharing/day/during.html", during_context(session, during_page(who, session)))
    context = {"page_here": HERE, "session": session, "day": after_page(who, session)}
    return render(request, "sharing/day/after.html", context)


def during_context(session: SharingSession, day: DuringPage) -> dict[str, Any]:
    """What the page of a running session and its parts need; `next` and `newest` are for the forms of remarks."""
    return {
        "page_here": HERE,
        "session": session,
        "day": day,
        "discussion": day.discussion,
        "next": session_address(session),
        "newest": NEWEST,
    }


@FORM
@TAKES_PART
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the meeting; more than an hour early it asks first."""
    session = found_session(request, pk)
    require_lead(viewer(request), session)
    refused = ""
    if request.method == "POST":
        try:
            begin_session(actor=viewer(request), session=session, early="confirm" in request.POST)
            return redirect("sharing:session", pk=pk)
        except DayProblem as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("Begin the session"),
        text=_("“%(title)s” begins now. Everybody can say that she is there and follow it on her phone.")
        % {"title": session.title},
        submit=_("Begin now"),
        here=HERE,
        up=(session.title, session_address(session)),
        refused=refused,
        shell=SHELL,
    )


@FORM
@TAKES_PART
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, saying what is undecided, then end the meeting."""
    session = found_session(request, pk)
    require_lead(viewer(request), session)
    refused = ""
    if request.method == "POST":
        try:
            end_session(actor=viewer(request), session=session)
            messages.success(request, _("The session has ended. The minutes have written themselves: look them over."))
            return redirect("sharing:session", pk=pk)
        except DayProblem as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("End the session"),
        text=_("Attendance closes and the minutes are written. You can take it up again within twelve hours."),
        points=left_open(session),
        submit=_("End the session"),
        here=HERE,
        up=(session.title, session_address(session)),
        refused=refused,
        shell=SHELL,
    )


@require_POST
@TAKES_PART
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the end back."""
    session = found_session(request, pk)
    return _led_on(request, session, lambda: resume_session(actor=viewer(request), session=session))


@require_POST
@TAKES_PART
def slot_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a speaker the floor."""
    slot = _found_slot(request, pk)
    return _led_on(request, slot.session, lambda: begin_slot(actor=viewer(request), slot=slot))


@require_POST
@TAKES_PART
def slot_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the floor back."""
    slot = _found_slot(request, pk)
    return _led_on(request, slot.session, lambda: end_slot(actor=viewer(request), slot=slot))


@FORM
@TAKES_PART
def slot_absent(request: HttpRequest, pk: int) -> HttpResponse:
    """Say, with a reason if there is one, that a speaker could not come."""
    slot = _found_slot(request, pk)
    require_lead(viewer(request), slot.session)
    form = AbsentForm(posted(request))
    saved = form.saved(lambda data: mark_absent(actor=viewer(request), slot=slot, **data) or True)
    if request.method == "POST" and saved:
        messages.success(request, _("The next one can begin. The talk keeps for another session."))
        return redirect("sharing:session", pk=slot.session_id)
    return form_page(
        request,
        form=form,
        title=_("%(name)s could not come") % {"name": slot.speaker.user.get_full_name()},
        submit=_("Leave her out today"),
        here=HERE,
        up=(slot.session.title, session_address(slot.session)),
        shell=SHELL,
    )


def found_session(request: HttpRequest, pk: int) -> SharingSession:
    """The session that the viewer may see; 404 for any other."""
    try:
        return visible_sessions(viewer(request)).get(pk=pk)
    except SharingSession.DoesNotExist:
        raise Http404 from None


def session_address(session: SharingSession) -> str:
    """Of its page."""
    return reverse("sharing:session", kwargs={"pk": session.pk})


def _found_slot(request: HttpRequest, pk: int) -> AgendaSlot:
    seen = visible_sessions(viewer(request)).values("pk")
    try:
        return AgendaSlot.objects.select_related("session__org", "speaker__user").get(pk=pk, session__in=seen)
    except AgendaSlot.DoesNotExist:
        raise Http404 from None


def _led_on(request: HttpRequest, session: SharingSession, call: Callable[[], object]) -> HttpResponse:
    try:
        call()
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("sharing:session", pk=session.pk)
