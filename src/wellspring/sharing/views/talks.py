"""A talk as it is read: on its page, and large on the screen of a meeting room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.models import SessionState
from wellspring.sharing.queries.talk_pages import slides_of, talk_page
from wellspring.sharing.queries.talks import sessions_of, visible_talks

HERE = "sharing:mine"


@require_safe
@requires(Permission.TAKE_PART)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk with its evidence, its suggestions and what was said to them."""
    found = get_object_or_404(visible_talks(viewer(request)), pk=pk)
    page = talk_page(viewer(request), found)
    context = {"page_here": HERE, "talk": found, "page": page, "discussion": page.discussion, "next": request.path}
    return render(request, "sharing/talks/talk.html", context)


@require_safe
@requires(Permission.TAKE_PART)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk, one thing a screen, for all to read from the far end of the room."""
    who = viewer(request)
    found = get_object_or_404(visible_talks(who), pk=pk)
    running = sessions_of(found).filter(state=SessionState.RUNNING).first()
    context = {"talk": found, "slides": slides_of(who, found), "session": running}
    return render(request, "sharing/talks/screen.html", context)
