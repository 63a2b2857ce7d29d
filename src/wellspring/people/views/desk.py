"""The desk's first page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.people.desk import desk_of
from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer


@require_safe
@members_only
def desk(request: HttpRequest) -> HttpResponse:
    """What the office can set, as far as this viewer may."""
    if not desk_of(viewer(request)):
        raise PermissionDenied
    return render(request, "people/desk.html")
