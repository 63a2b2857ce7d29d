"""The list of people, and the page of one member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wellspring.core.paging import page_of
from wellspring.people.accounts.rights import may_help
from wellspring.people.doors import requires
from wellspring.people.forms.members import PeopleFilter
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.leave import leave_of
from wellspring.people.queries.members import found_members, memberships_of, visible_members
from wellspring.people.queries.rank import may_end, roles_to_give
from wellspring.people.queries.units import units_to_choose

PER_PAGE = 50


@require_safe
@requires(Permission.SEE_PEOPLE)
def members(request: HttpRequest) -> HttpResponse:
    """Everybody whom the viewer may see, by pinyin; contact data for who manages people."""
    who = viewer(request)
    form = PeopleFilter(
        request.GET,
        units=units_to_choose(viewer=who, permission=Permission.SEE_PEOPLE),
        with_former=who.may(Permission.MANAGE_PEOPLE),
    )
    page, problem = page_of(found_members(viewer=who, **form.chosen()), request.GET.get("page"), per_page=PER_PAGE)
    for member in page:
        member.is_managed = who.may(Permission.MANAGE_PEOPLE, org=member.org)
    context = {
        "page_here": "people:members",
        "form": form,
        "page": page,
        "problem": problem,
        "narrowed": any(request.GET.get(name) for name in ("q", "unit", "role", "state")),
        "manages": who.may(Permission.MANAGE_PEOPLE),
        "today": timezone.localdate(),
    }
    return render(request, "people/members.html", context)


@require_safe
@requires(Permission.SEE_PEOPLE)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: post and roles; for who manages her also contact data, leave, and what can be done."""
    who = viewer(request)
    found = get_object_or_404(visible_members(viewer=who), pk=pk)
    manages = who.may(Permission.MANAGE_PEOPLE, org=found.org)
    is_self = who.user == found.user
    context = {
        "page_here": "people:members",
        "page_up": (_("People"), reverse("people:members")),
        "member": found,
        "elsewhere": [each for each in memberships_of(found.user, viewer=who) if each.pk != found.pk],
        "manages": manages,
        "is_self": is_self,
        "sees_audit": who.may(Permission.SEE_AUDIT, org=found.org),
        "may_help": manages and not is_self and may_help(who, found.user),
        "may_end": manages and may_end(who, found),
        "may_give": manages and bool(roles_to_give(who, found.org)),
        "leaves": list(leave_of(found)[:20]) if manages or is_self else [],
        "today": timezone.localdate(),
    }
    return render(request, "people/member.html", context)
