"""Search: the whole page, or for htmx only its results."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from wellspring.core.paging import PER_PAGE, page_of
from wellspring.library.forms.search import SearchForm
from wellspring.library.queries.counts import outlets, topics_with_counts
from wellspring.library.queries.lists import channels, outlet_snapshots
from wellspring.library.queries.search import SearchResults, gathered, search_snapshots
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer

DEEPEST_PAGE = 500


@require_safe
@for_readers
def search(request: HttpRequest) -> HttpResponse:
    topics = topics_with_counts(viewer=viewer(request))
    form = SearchForm(request.GET, channels=channels(), topics=[topic for topic, _ in topics])
    context: dict[str, Any] = {"form": form, "here": "search"}
    if form.is_valid():
        context |= _results(request, form.cleaned_data)
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    if not part:
        context |= {"outlets": outlets(viewer=viewer(request), limit=200)}
    context |= {"topics": topics}
    response = render(request, "library/_results.html" if part else "library/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _results(request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    """The results of the page asked for; where it lies behind the last one, the last one with a sentence about it."""
    wanted = request.GET.get("page")
    number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1
    found = _search(request, asked, min(max(number, 1), DEEPEST_PAGE))
    page, problem = page_of(range(min(found.total, DEEPEST_PAGE * PER_PAGE)), wanted)
    if page.number != number and found.total:
        found = _search(request, asked, page.number)
    filtered = any(asked[name] for name in ("channel", "topic", "source", "from", "to"))
    rows = gathered(found.items, ranked=bool(asked["q"]) and asked["order"] != "newest")
    return {
        "found": found,
        "rows": rows,
        "page": page,
        "problem": problem,
        "q": asked["q"],
        "filtered": filtered,
        "unknown_outlet": asked["source"] if not found.items and _is_unknown(request, asked["source"]) else "",
    }


def _is_unknown(request: HttpRequest, source: str) -> bool:
    """Whether no report names this outlet."""
    return bool(source) and not outlet_snapshots(viewer=viewer(request), name=source).exists()


def _search(request: HttpRequest, asked: dict[str, Any], number: int) -> SearchResults:
    return search_snapshots(
        viewer=viewer(request),
        q=asked["q"],
        channel=asked["channel"] or None,
        topic=asked["topic"] or None,
        source=asked["source"] or None,
        date_from=asked["from"],
        date_to=asked["to"],
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
        newest_first=asked["order"] == "newest",
    )
