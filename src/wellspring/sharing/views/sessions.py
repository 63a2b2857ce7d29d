"""The list of sessions, and the page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.models import SessionState
from wellspring.sharing.queries.hosting import may_lead, may_set_up
from wellspring.sharing.queries.sessions import coming_sessions, visible_sessions
from wellspring.sharing.views.day import render_day

HERE = "sharing:home"


@require_safe
@requires(Permission.TAKE_PART)
def home(request: HttpRequest) -> HttpResponse:
    """Coming sessions, then past ones."""
    who = viewer(request)
    context = {"page_here": HERE, "coming": coming_sessions(who), "may_set_up": may_set_up(who)}
    return render(request, "sharing/sessions/home.html", context)


@require_safe
@requires(Permission.TAKE_PART)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, as it is before it begins."""
    who = viewer(request)
    found = get_object_or_404(visible_sessions(who), pk=pk)
    if found.state in (SessionState.RUNNING, SessionState.HELD):
        return render_day(request, found)
    context = {"page_here": HERE, "session": found, "may_lead": may_lead(who, found)}
    return render(request, "sharing/sessions/before.html", context)
