"""What the pages of channel, topic and outlet share: a paged list of snapshots, newest first."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellspring.core.paging import page_of
from wellspring.library.models import Snapshot
from wellspring.library.queries.lists import with_pictures
from wellspring.library.queries.reprints import folded


def list_page(
    request: HttpRequest, template: str, snapshots: QuerySet[Snapshot], context: Mapping[str, object]
) -> HttpResponse:
    """Render the page of `snapshots` that `?page=` asks for."""
    page, problem = page_of(snapshots, request.GET.get("page"))
    rows = folded(with_pictures(page.object_list))
    return render(request, template, {"page": page, "rows": rows, "problem": problem, **context})
