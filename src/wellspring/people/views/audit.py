"""The page of the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.core.audit_told import told_with_objects
from wellspring.core.paging import page_of
from wellspring.people.audit_filters import AuditFilters
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.audit import visible_entries

PAGE_SIZE = 50


@require_safe
@requires(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, when, newest first."""
    filters = AuditFilters(request.GET)
    entries = visible_entries(viewer=viewer(request), wanted=filters.wanted)
    page, problem = page_of(entries, request.GET.get("page"), per_page=PAGE_SIZE)
    context = {
        "page_here": "people:audit",
        "filters": filters,
        "is_narrowed": bool(filters.wanted),
        "page": page,
        "problem": problem,
        "rows": told_with_objects(page.object_list),
    }
    return render(request, "people/audit.html", context)
