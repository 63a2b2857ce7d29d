"""Ideas of other communities: browse, follow, copy; and opening one's own to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.queries.across import followed_ids
from wellspring.sharing.queries.ideas import counted, open_ideas_of_others
from wellspring.sharing.views.ideas import HERE


@require_safe
@requires(Permission.SEE_FIGURES)
def browse(request: HttpRequest) -> HttpResponse:
    """Open ideas of the subdistrict's other communities, newest first."""
    who = viewer(request)
    page, problem = page_of(counted(open_ideas_of_others(who)), request.GET.get("page"))
    context = {
        "page_here": HERE,
        "page": page,
        "problem": problem,
        "followed": followed_ids(who, page.object_list),
    }
    return render(request, "sharing/ideas/open.html", context)
