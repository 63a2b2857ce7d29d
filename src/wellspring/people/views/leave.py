"""Who is away when, and entering it."""

from __future__ import annotations

import calendar
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.people.doors import requires
from wellspring.people.forms.leave import LeaveForm
from wellspring.people.middleware import viewer
from wellspring.people.models import Leave, LeaveKind
from wellspring.people.permissions import Permission
from wellspring.people.queries.leave import leave_to_change, visible_leave
from wellspring.people.services.leave import add_leave, cancel_leave, change_leave
from wellspring.people.views.membership import managed, up_to
from wellspring.people.views.pages import confirm_page, form_page, posted

HERE = "people:leave"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.SEE_PEOPLE)
def leave(request: HttpRequest) -> HttpResponse:
    """The leave of a month, `?month=2025-03`; kind and note for who manages the person, and for herself."""
    who = viewer(request)
    first = _month(request.GET.get("month", ""))
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    rows = list(visible_leave(viewer=who, first=first, last=last))
    today = timezone.localdate()
    for row in rows:
        row.is_managed = who.may(Permission.MANAGE_PEOPLE, org=row.member.org)  # type: ignore[attr-defined]  # for the row
        row.is_told = row.is_managed or row.member.user_id == (who.user.pk if who.user else None)  # type: ignore[attr-defined]  # as above
    context = {
        "page_here": HERE,
        "month": first,
        "before": _shifted(first, -1),
        "after": _shifted(first, 1),
        "is_now": (first.year, first.month) == (today.year, today.month),
        "rows": rows,
        "away_today": [row for row in rows if row.from_on <= today <= row.until_on],
        "manages": who.may(Permission.MANAGE_PEOPLE),
    }
    return render(request, "people/leave.html", context)


@FORM
@requires(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter leave of a member."""
    who, member = viewer(request), managed(request, pk)
    form = LeaveForm(posted(request))

    def save(data: dict[str, object]) -> Leave:
        data = {name: value for name, value in data.items() if name != "version"}
        return add_leave(actor=who, member=member, **data)  # type: ignore[arg-type]  # of many kinds

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("Leave was entered."))
        return redirect("people:member", pk=pk)
    title = _("Enter leave of %(name)s") % {"name": member.user.get_full_name()}
    return form_page(request, form=form, title=title, submit=_("Enter"), here="people:members", up=up_to(member))


@FORM
@requires(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change leave."""
    row = _found(request, pk)
    form = LeaveForm(posted(request), leave=row)
    if (
        request.method == "POST"
        and form.saved(lambda data: change_leave(actor=viewer(request), leave=row, **data)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("people:member", pk=row.member_id)
    title = _("Change leave of %(name)s") % {"name": row.member.user.get_full_name()}
    return form_page(request, form=form, title=title, submit=_("Save"), here=HERE, up=up_to(row.member))


@FORM
@requires(Permission.MANAGE_PEOPLE)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then cancel leave."""
    row = _found(request, pk)
    if request.method == "POST":
        cancel_leave(actor=viewer(request), leave=row)
        messages.success(request, _("The leave was cancelled."))
        return redirect("people:member", pk=row.member_id)
    return confirm_page(
        request,
        title=_("Cancel leave of %(name)s") % {"name": row.member.user.get_full_name()},
        text=_("%(kind)s from %(first)s to %(last)s will be taken out.")
        % {
            "kind": LeaveKind(row.kind).label,
            "first": row.from_on.isoformat(),
            "last": row.until_on.isoformat(),
        },
        submit=_("Cancel the leave"),
        here=HERE,
        up=up_to(row.member),
    )


def _found(request: HttpRequest, pk: int) -> Leave:
    try:
        return leave_to_change(viewer=viewer(request), pk=pk)
    except Leave.DoesNotExist:
        raise Http404 from None


def _month(wanted: str) -> date:
    try:
        year, month = wanted.split("-")
        if year.isdecimal() and month.isdecimal() and 1990 <= int(year) <= 2100:
            return date(int(year), int(month), 1)
    except ValueError:
        pass
    return timezone.localdate().replace(day=1)


def _shifted(month: date, by: int) -> str:
    count = month.year * 12 + month.month - 1 + by
    return f"{count // 12:04}-{count % 12 + 1:02}"
