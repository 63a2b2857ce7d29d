"""What the crawler visits and how that goes: all sources, one source, everything kept about one capture."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wellspring.core.paging import page_of
from wellspring.library.queries.sources import (
    capture_file,
    captures_of,
    listed_sources,
    refusals_of,
    sources_with_health,
    visible_captures,
    visible_sources,
    visits_of,
)
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

VISITS_SHOWN = 8


@require_safe
@for_readers
def sources(request: HttpRequest) -> HttpResponse:
    page, problem = page_of(listed_sources(viewer=viewer(request)), request.GET.get("page"), per_page=30)
    rows = sources_with_health(list(page.object_list))
    context = {
        "page": page,
        "rows": rows,
        "problem": problem,
        "manages": viewer(request).may(Permission.MANAGE_SOURCES),
    }
    return render(request, "library/sources.html", context)


@require_safe
@for_readers
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """With `?show=refused` the addresses that were refused, else the captures."""
    found = get_object_or_404(visible_sources(viewer=viewer(request)), pk=pk)
    shows_refused = request.GET.get("show") == "refused"
    things = refusals_of(found) if shows_refused else captures_of(found)
    page, problem = page_of(things, request.GET.get("page"))
    context = {
        "source": found,
        "row": sources_with_health([found])[0],
        "visits": visits_of(found)[:VISITS_SHOWN],
        "page": page,
        "problem": problem,
        "shows_refused": shows_refused,
        "manages": viewer(request).may(Permission.MANAGE_SOURCES),
    }
    return render(request, "library/source.html", context)


@require_safe
@for_readers
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_captures(viewer=viewer(request)), pk=pk)
    return render(
        request, "library/capture.html", {"file": capture_file(found, viewer=viewer(request)), "capture": found}
    )
