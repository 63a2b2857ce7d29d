"""The page of a topic."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from wellspring.library.queries.lists import topic_snapshots
from wellspring.library.views.access import for_readers
from wellspring.library.views.lists import list_page
from wellspring.people.middleware import viewer
from wellspring.topics.models import Topic


@require_safe
@for_readers
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    if found.merged_into is not None:
        return redirect("library:topic", found.merged_into.slug, permanent=True)
    context = {"topic": found}
    return list_page(request, "library/topic.html", topic_snapshots(viewer=viewer(request), topic=found), context)
