"""The plans of a unit, and what is one's own in all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import asked_number
from wellspring.plan.queries.home import items_of, plans_at_home


@require_safe
@requires(Permission.TAKE_PART)
def home(request: HttpRequest) -> HttpResponse:
    """The plans of the unit, `?unit=`: those of today, what comes, what was."""
    shown = plans_at_home(viewer(request), unit=asked_number(request, "unit"))
    return render(request, "plan/home.html", {"page_here": "plan:home", "shown": shown})


@require_safe
@requires(Permission.TAKE_PART)
def mine(request: HttpRequest) -> HttpResponse:
    """What one owns or helps with, in all plans."""
    return render(request, "plan/mine.html", {"page_here": "plan:mine", "mine": items_of(viewer(request))})
