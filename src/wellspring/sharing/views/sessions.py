"""The list of sessions, and the page of one before it begins."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.models import SessionState, SharingSession
from wellspring.sharing.queries.agenda import Agenda, agenda_of, returned_ideas, waiting_talks
from wellspring.sharing.queries.day import doorway_of
from wellspring.sharing.queries.hosting import may_lead, may_set_up
from wellspring.sharing.queries.series import running_series
from wellspring.sharing.queries.session_looks import concerns_about
from wellspring.sharing.queries.sessions import SeenSession, coming_sessions, past_sessions, seen_session
from wellspring.sharing.queries.speakers import proposed_speakers
from wellspring.sharing.views.day import render_day

HERE = "sharing:home"
SHELL = "sharing/base.html"
FIRST_SESSIONS = 4
"""How many of the coming ones are shown at once."""
FIRST_CANDIDATES = 6
"""How many of those who may be asked are shown at once; the rest can be unfolded."""


@require_safe
@requires(Permission.SEE_FIGURES)
def home(request: HttpRequest) -> HttpResponse:
    """Coming sessions, series, then past sessions with their figures; who only looks on is shown to the open ideas."""
    who = viewer(request)
    if not who.may(Permission.TAKE_PART):
        return redirect("sharing:ideas")
    past, problem = page_of(past_sessions(who), request.GET.get("page"))
    several = len({place.org_id for place in who.places}) > 1 or who.may(Permission.MANAGE_OFFICE)
    coming = list(coming_sessions(who))
    context = {
        "page_here": HERE,
        "coming": coming[:FIRST_SESSIONS],
        "later": coming[FIRST_SESSIONS:],
        "series": running_series(who),
        "past": past,
        "problem": problem,
        "may_set_up": may_set_up(who),
        "several_units": several,
        "now": timezone.now(),
    }
    return render(request, "sharing/sessions/home.html", context)


@require_safe
@requires(Permission.TAKE_PART)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: before it begins here, then as its day has it."""
    who = viewer(request)
    try:
        seen = seen_session(who, pk)
    except SharingSession.DoesNotExist:
        raise Http404 from None
    found = seen.session
    if found.state in (SessionState.RUNNING, SessionState.HELD):
        return render_day(request, found)
    leads, agenda = may_lead(who, found), agenda_of(who, found)
    is_planned = found.state == SessionState.PLANNED
    context = {
        "page_here": HERE,
        "session": found,
        "topics": list(found.topics.all()),
        "agenda": agenda,
        "leads": leads,
        "is_planned": is_planned,
        "is_ahead": found.starts_at > timezone.now(),
        "sees_audit": leads and who.may(Permission.SEE_AUDIT, org=found.org),
        "door": doorway_of(who, seen) if is_planned else None,
        "returned": list(returned_ideas(found)) if is_planned else [],
        **(_for_who_leads(seen, agenda) if leads and is_planned else {}),
    }
    return render(request, "sharing/sessions/before.html", context)


def _for_who_leads(seen: SeenSession, agenda: Agenda) -> dict[str, Any]:
    candidates = proposed_speakers(seen.session)
    return {
        "candidates": candidates[:FIRST_CANDIDATES],
        "further": candidates[FIRST_CANDIDATES:],
        "waiting": list(waiting_talks(seen.session)),
        "concerns": concerns_about(seen, agenda.rows),
    }
