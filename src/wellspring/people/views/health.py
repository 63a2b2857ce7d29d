"""The health page of the desk: the same checks as `wellspring doctor`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.core.health import examined
from wellspring.people.doors import requires
from wellspring.people.permissions import Permission


@require_safe
@requires(Permission.SEE_HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """Every check, worst first, with what to do."""
    return render(request, "people/health.html", {"examined": examined(), "page_here": "people:health"})
