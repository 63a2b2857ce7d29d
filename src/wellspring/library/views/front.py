"""The front page, and its part that asks for what just came in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.library.queries.front import front_page
from wellspring.library.queries.lists import arrivals
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


@require_safe
@for_readers
def front(request: HttpRequest) -> HttpResponse:
    who = viewer(request)
    context = {"front": front_page(viewer=who), "here": "front", "manages": who.may(Permission.MANAGE_SOURCES)}
    return render(request, "library/front.html", context)


@require_safe
@for_readers
def just_arrived(request: HttpRequest) -> HttpResponse:
    """The rows of “just arrived”; 204 while nothing is newer than `?after=<id>`, so that nothing on the page moves."""
    after = request.GET.get("after", "")
    seen = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rows = arrivals(viewer=viewer(request))
    if not rows or rows[0].pk <= seen:
        return HttpResponse(status=204)
    return render(request, "library/_arrivals.html", {"arrivals": rows, "seen": seen})
