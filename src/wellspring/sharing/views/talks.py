"""A talk as it is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.queries.discussion import discussion_of
from wellspring.sharing.queries.talks import is_author, sessions_of, visible_talks

HERE = "sharing:mine"


@require_safe
@requires(Permission.TAKE_PART)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk with its suggestions and what was said to them."""
    who = viewer(request)
    found = get_object_or_404(visible_talks(who), pk=pk)
    context = {
        "page_here": HERE,
        "talk": found,
        "discussion": discussion_of(who, found),
        "sessions": list(sessions_of(found)),
        "is_author": is_author(who, found),
        "next": request.path,
    }
    return render(request, "sharing/talks/talk.html", context)
