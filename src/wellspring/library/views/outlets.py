"""The outlets (来源) that reports name, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.core.paging import page_of
from wellspring.library.queries.counts import outlets
from wellspring.library.queries.lists import outlet_snapshots
from wellspring.library.views.access import for_readers
from wellspring.library.views.lists import list_page
from wellspring.people.middleware import viewer


@require_safe
@for_readers
def outlet(request: HttpRequest) -> HttpResponse:
    """With `?name=` the reports of that outlet, without it all outlets."""
    name = request.GET.get("name", "").strip()
    if not name:
        page, problem = page_of(outlets(viewer=viewer(request)), request.GET.get("page"), per_page=60)
        return render(request, "library/outlets.html", {"page": page, "problem": problem})
    if "\0" in name:
        raise Http404
    found = outlet_snapshots(viewer=viewer(request), name=name[:100])
    return list_page(request, "library/outlet.html", found, {"name": name})
