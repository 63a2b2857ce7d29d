"""The meeting-room screen of a session, and the code with which phones say that their owners are here."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.qr import qr_svg
from wellspring.people.doors import to_sign_in
from wellspring.people.middleware import viewer
from wellspring.people.views.pages import confirm_page
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import SessionState, SharingSession
from wellspring.sharing.models.sessions import CheckedInBy
from wellspring.sharing.queries.attendance import attendance_of
from wellspring.sharing.queries.running import live_mark
from wellspring.sharing.queries.screen import screen_of
from wellspring.sharing.queries.sessions import visible_sessions
from wellspring.sharing.services.attendance import check_in
from wellspring.sharing.views.day import HERE, SHELL, TAKES_PART, found_session, session_address


@require_safe
@TAKES_PART
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the wall of the room: large, without the site's furniture."""
    return _shown(request, found_session(request, pk), "sharing/day/screen.html")


@require_safe
@cache_control(private=True, no_store=True)
def screen_live(request: HttpRequest, pk: int) -> HttpResponse:
    """204 where nothing is newer than `?v=`; else what stands on the screen."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    mark = live_mark(request.user.pk, pk)
    if mark is None:
        raise Http404
    if request.GET.get("v") == str(mark.version):
        return HttpResponse(status=204)
    return _shown(request, found_session(request, pk), "sharing/day/_room.html")


@require_http_methods(["GET", "HEAD", "POST"])
@TAKES_PART
def check_in_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads: it asks, and a POST says that she is here."""
    try:
        session = visible_sessions(viewer(request)).get(check_in_code=code)
    except SharingSession.DoesNotExist:
        raise Http404 from None
    refused = ""
    if request.method == "POST":
        try:
            check_in(actor=viewer(request), session=session, by=CheckedInBy.CODE)
            messages.success(request, _("You are entered as present."))
            return redirect("sharing:session", pk=session.pk)
        except DayProblem as error:
            refused = error.message
    elif attendance_of(viewer(request), session):
        messages.info(request, _("You are entered as present."))
        return redirect("sharing:session", pk=session.pk)
    return confirm_page(
        request,
        title=session.title,
        text=_("Are you at this session, in “%(place)s”?") % {"place": session.place},
        submit=_("I am here"),
        here=HERE,
        up=(session.title, session_address(session)),
        refused=refused,
        shell=SHELL,
    )


def _shown(request: HttpRequest, session: SharingSession, template: str) -> HttpResponse:
    here = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    over = session.state == SessionState.HELD
    path = session_address(session) if over else reverse("sharing:in", kwargs={"code": session.check_in_code})
    label = _("QR code of this session's page") if over else _("QR code: say that you are here")
    context = {
        "session": session,
        "screen": screen_of(viewer(request), session),
        "qr": qr_svg(here + path, label=label),
    }
    return render(request, template, context)
