"""The page of a channel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from wellspring.library.models import Channel
from wellspring.library.queries.lists import channel_snapshots
from wellspring.library.views.access import for_readers
from wellspring.library.views.lists import list_page
from wellspring.people.middleware import viewer


@require_safe
@for_readers
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Channel.objects.select_related("merged_into"), slug=slug)
    if found.merged_into is not None:
        return redirect("library:channel", found.merged_into.slug, permanent=True)
    context = {"channel": found, "here": "channel", "here_channel": found.pk}
    return list_page(request, "library/channel.html", channel_snapshots(viewer=viewer(request), channel=found), context)
