"""The office's calendar: a month, and the page of one day."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.calendar import day_of, is_announced, lunar_of
from wellspring.core.calendar.days import known_without_the_office
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import CalendarDay
from wellspring.people.calendar_form import DayForm
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.calendar import FIRST_YEAR, LAST_YEAR, month_of
from wellspring.people.services.calendar import restore_day, set_day

HERE = {"page_here": "people:calendar"}


@require_safe
@requires(Permission.MANAGE_CALENDAR)
def month(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11`; this month where none or a wrong one is asked for."""
    return render(request, "people/calendar.html", {**HERE, "month": month_of(_first(request.GET.get("month", "")))})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_CALENDAR)
def day(request: HttpRequest, day: str) -> HttpResponse:
    """What is known of a day, and the form that says otherwise."""
    asked = _day(day)
    own = CalendarDay.objects.filter(day=asked).first()
    shown = day_of(asked)
    form = DayForm(
        request.POST or None,
        initial={
            "is_workday": "1" if shown.is_workday else "0",
            "name": own.name if own else "",
            "note": own.note if own else "",
            "version": own.version if own else 0,
        },
    )
    meanwhile: ChangedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        wanted = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        try:
            set_day(actor=viewer(request), day=asked, **wanted)
        except ChangedMeanwhile as error:
            meanwhile = error
            form.data = {**request.POST.dict(), "version": str(error.version)}
        else:
            messages.success(request, _("Saved."))
            return redirect(_month_address(asked))
    context = {
        **HERE,
        "page_up": (_("Calendar"), _month_address(asked)),
        "asked": asked,
        "title": formatted(asked, pgettext("date format", "l, j F Y")),
        "shown": shown,
        "lunar": lunar_of(asked),
        "own": own,
        "known": known_without_the_office(asked),
        "is_announced": is_announced(asked.year),
        "form": form,
        "meanwhile": meanwhile,
    }
    return render(request, "people/calendar_day.html", context)


@require_POST
@requires(Permission.MANAGE_CALENDAR)
def restore(request: HttpRequest, day: str) -> HttpResponse:
    """Take the office's word about a day back."""
    asked = _day(day)
    if restore_day(actor=viewer(request), day=asked):
        messages.success(request, _("Taken back: the day is as the calendar has it."))
    return redirect(reverse("people:calendar_day", kwargs={"day": day}))


def _month_address(day: date) -> str:
    return f"{reverse('people:calendar')}?month={day:%Y-%m}"


def _first(asked: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{2})", asked, re.ASCII)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return timezone.localdate().replace(day=1)


def _day(asked: str) -> date:
    try:
        found = datetime.strptime(asked, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise Http404 from None
    if found.isoformat() != asked or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Http404
    return found
