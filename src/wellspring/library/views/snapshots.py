"""The page of one snapshot, and the one that says how it was read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.library.body import body_parts, signature
from wellspring.library.models import Snapshot
from wellspring.library.queries.earlier_records import reading_page
from wellspring.library.queries.reading import snapshot_page
from wellspring.library.queries.search import related_snapshots
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


@require_safe
@for_readers
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = snapshot_page(viewer=viewer(request), pk=pk)
    except Snapshot.DoesNotExist:
        raise Http404 from None
    shown = found.snapshot
    context = {
        "found": found,
        "snapshot": shown,
        "parts": body_parts(shown.body, found.pictures) if shown.shows_full_text else [],
        "signature": signature(shown),
        "reports": related_snapshots(viewer=viewer(request), snapshot=shown, topics=found.topics),
        "here_channel": shown.channel_id,
        "may_correct": viewer(request).may(Permission.CORRECT_SNAPSHOTS),
    }
    return render(request, "library/snapshot.html", context)


@require_safe
@for_readers
def snapshot_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Which version of the rules read it, when, by which rule each field, and what earlier versions read otherwise."""
    try:
        found = reading_page(viewer=viewer(request), pk=pk)
    except Snapshot.DoesNotExist:
        raise Http404 from None
    context = {
        "found": found,
        "snapshot": found.snapshot,
        "readings": found.readings,
        "here_channel": found.snapshot.channel_id,
    }
    return render(request, "library/snapshot_reading.html", context)
