"""Series of sessions: the page of one, starting, changing and ending it, each with a look at the days first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import confirm_page, posted
from wellspring.sharing.forms.series import EndSeriesForm, SeriesForm
from wellspring.sharing.models import Recurrence, SessionSeries, SharingSession
from wellspring.sharing.queries.hosting import may_set_up, require_set_up, units_to_set_up
from wellspring.sharing.queries.series import coming_days, preview, visible_series
from wellspring.sharing.recurrence import told_rule
from wellspring.sharing.services.series import change_series, end_series, start_series
from wellspring.sharing.views.session_forms import USUAL_START, chosen_unit, other_unit, units_page, up_home
from wellspring.sharing.views.sessions import HERE, SHELL

FORM = require_http_methods(["GET", "HEAD", "POST"])
TAKES_PART = requires(Permission.TAKE_PART)


@require_safe
@TAKES_PART
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """One series: its rule, its next days, what was moved or left out and why."""
    who = viewer(request)
    found = get_object_or_404(visible_series(who), pk=pk)
    context = {
        "page_here": HERE,
        "page_up": up_home(),
        "series": found,
        "rule": told_rule(found.recurrence, found.first_on),
        "days": coming_days(found) if found.ended_at is None else [],
        "sets_up": may_set_up(who, found.org) and found.ended_at is None,
        "sees_audit": who.may(Permission.SEE_AUDIT, org=found.org),
    }
    return render(request, "sharing/sessions/series.html", context)


@FORM
@TAKES_PART
def add(request: HttpRequest) -> HttpResponse:
    """Start a series in `?unit=`: its days are shown before it is saved."""
    who = viewer(request)
    units = units_to_set_up(who)
    unit = chosen_unit(request, units)
    if unit is None:
        return units_page(request, units, _("Set up a series"))
    last = SharingSession.objects.filter(org=unit).order_by("-starts_at").first()
    initial = {
        "title": last.title if last else _("Sharing session"),
        "recurrence": Recurrence.FORTNIGHTLY,
        "first_on": timezone.localdate() + timedelta(days=1),
        "starts_at": timezone.localtime(last.starts_at).time() if last else USUAL_START,
        "minutes": last.minutes if last else 90,
        "place": last.place if last else "",
        "moves_off_rest_days": "yes",
        "version": 0,
    }
    form = SeriesForm(posted(request), initial=initial)
    if request.method == "POST" and "save" in request.POST:
        started = form.saved(lambda data: start_series(actor=who, org=unit, words=form.words()))
        if started is not None:
            messages.success(request, _("The series is set up; its next sessions stand in the list."))
            return redirect("sharing:series", pk=started.pk)
    return _looked_at(
        request,
        form,
        title=_("Set up a series"),
        about=_("For %(unit)s. Sessions are made three months ahead; rest days are taken care of.")
        % {"unit": unit.name},
        submit=_("Set up this series"),
        up=up_home(),
        link=other_unit(request, units),
    )


@FORM
@TAKES_PART
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a series from a day on; the days are shown before it is saved."""
    found = _set_up(request, pk)
    following = next((day.occurrence.planned_on for day in coming_days(found)), timezone.localdate())
    initial = {
        "title": found.title,
        "recurrence": found.recurrence,
        "first_on": max(following, timezone.localdate()),
        "until_on": found.until_on,
        "starts_at": found.starts_at,
        "minutes": found.minutes,
        "place": found.place,
        "moves_off_rest_days": "yes" if found.moves_off_rest_days else "no",
        "version": found.version,
    }
    form = SeriesForm(posted(request), initial=initial, changes=True)
    if request.method == "POST" and "save" in request.POST:
        changed = form.saved(
            lambda data: change_series(actor=viewer(request), series=found, version=data["version"], words=form.words())
        )
        if changed is not None:
            messages.success(request, _("The series was changed. Sessions with an agenda were taken along."))
            return redirect("sharing:series", pk=changed.pk)
    return _looked_at(
        request,
        form,
        title=_("Change the series"),
        about=_("What lies before the day you choose stays as it is."),
        submit=_("Change"),
        up=_up_to(found),
    )


@FORM
@TAKES_PART
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end a series after a day."""
    found = _set_up(request, pk)
    form = EndSeriesForm(posted(request))
    if request.method == "POST":

        def save(data: dict[str, Any]) -> bool:
            end_series(actor=viewer(request), series=found, last_on=data["last_on"], reason=data["reason"])
            return True

        if form.saved(save):
            messages.success(request, _("The series has ended."))
            return redirect("sharing:series", pk=pk)
    return confirm_page(
        request,
        title=_("End the series"),
        text=_("“%(title)s” will not be held regularly any more.") % {"title": found.title},
        points=(
            _("Later sessions without an agenda are taken out."),
            _("Later sessions with speakers are cancelled, and everybody is told why. Talks are kept."),
        ),
        submit=_("End the series"),
        form=form,
        grave=True,
        here=HERE,
        up=_up_to(found),
        shell=SHELL,
    )


def _looked_at(
    request: HttpRequest,
    form: SeriesForm,
    *,
    title: str,
    about: str,
    submit: str,
    up: tuple[str, str],
    link: tuple[str, str] | None = None,
) -> HttpResponse:
    """The form, below it the days that it gives: saving is offered only beside them."""
    is_sent = form.is_bound
    days = preview(form.words()) if is_sent and form.is_valid() else []
    words = form.words() if days else None
    context = {
        "form": form,
        "days": days,
        "rule": told_rule(words.recurrence, words.first_on) if words else "",
        "title": title,
        "about": about,
        "submit": submit,
        "page_here": HERE,
        "page_up": up,
        "link": link,
    }
    wrong = is_sent and (form.errors or "save" in request.POST)
    return render(request, "sharing/sessions/series_form.html", context, status=422 if wrong else 200)


def _set_up(request: HttpRequest, pk: int) -> SessionSeries:
    found = get_object_or_404(visible_series(viewer(request)), pk=pk)
    require_set_up(viewer(request), found.org)
    return found


def _up_to(series: SessionSeries) -> tuple[str, str]:
    return series.title, reverse("sharing:series", kwargs={"pk": series.pk})
