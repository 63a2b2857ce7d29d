"""An idea's whole way on one page, printable on one sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.queries.ideas import visible_ideas
from wellspring.sharing.queries.trace import trace_of
from wellspring.sharing.views.ideas import HERE, up_to


@require_safe
@requires(Permission.SEE_FIGURES)
def trace(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence → talk → suggestion → remarks → decision → study → plan → progress → outcome."""
    found = get_object_or_404(visible_ideas(viewer(request)), pk=pk)
    context = {
        "page_here": HERE,
        "page_up": up_to(found),
        "trace": trace_of(viewer(request), found),
        "idea": found,
        "today": timezone.localdate(),
    }
    return render(request, "sharing/ideas/trace.html", context)
