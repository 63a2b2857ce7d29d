"""Setting up, changing, moving and cancelling single sessions."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import asked_number, confirm_page, form_page, posted
from wellspring.sharing.forms.sessions import MoveForm, ReasonForm, SessionForm, moment_of, seen_in
from wellspring.sharing.models import AgendaSlot, SharingSession
from wellspring.sharing.queries.hosting import own_unit, require_lead, units_to_set_up
from wellspring.sharing.queries.participants import participants
from wellspring.sharing.queries.sessions import visible_sessions
from wellspring.sharing.queries.speakers import ACTIVE
from wellspring.sharing.services.series_ahead import chair_of_month
from wellspring.sharing.services.sessions import (
    cancel_session,
    change_session,
    move_session,
    reinstate_session,
    set_up_session,
)
from wellspring.sharing.views.sessions import HERE, SHELL
from wellspring.topics.queries import current_topics

FORM = require_http_methods(["GET", "HEAD", "POST"])
TAKES_PART = requires(Permission.TAKE_PART)
USUAL_START = time(14)


@FORM
@TAKES_PART
def add(request: HttpRequest) -> HttpResponse:
    """Set up a single session in `?unit=`, by default one's own."""
    who = viewer(request)
    units = units_to_set_up(who)
    unit = chosen_unit(request, units)
    if unit is None:
        return units_page(request, units, _("Set up a session"))
    form = SessionForm(
        posted(request),
        chairs=participants(unit),
        topics=current_topics(),
        initial=_usual(unit),
        with_time=True,
    )
    if request.method == "POST":
        session = form.saved(
            lambda data: set_up_session(
                actor=who,
                org=unit,
                starts_at=moment_of(data),
                place=data["place"],
                words=form.words(),
                seen=seen_in(data),
            )
        )
        if session is not None:
            messages.success(request, _("The session is set up. Now ask for speakers."))
            return redirect("sharing:session", pk=session.pk)
    return form_page(
        request,
        form=form,
        title=_("Set up a session"),
        about=_("For %(unit)s. For a session that is held again and again, set up a series.") % {"unit": unit.name},
        submit=_("Set up this session"),
        here=HERE,
        up=up_home(),
        shell=SHELL,
        link=other_unit(request, units) or (_("Set up a series"), reverse("sharing:series_add")),
    )


@FORM
@TAKES_PART
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, length, chair, topics, note."""
    session = led(request, pk)
    on = timezone.localtime(session.starts_at).date()
    form = SessionForm(
        posted(request),
        chairs=participants(session.org, on),
        topics=current_topics(),
        initial=_as_it_is(session),
        with_time=False,
    )
    if request.method == "POST":
        changed = form.saved(
            lambda data: change_session(
                actor=viewer(request),
                session=session,
                version=data["version"],
                words=form.words(),
                seen=seen_in(data),
            )
        )
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect("sharing:session", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Change the session"),
        submit=_("Save"),
        here=HERE,
        up=up_to(session),
        shell=SHELL,
        link=(_("Move to another time or place"), reverse("sharing:session_move", kwargs={"pk": pk})),
    )


@FORM
@TAKES_PART
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or place, with the reason."""
    session = led(request, pk)
    form = MoveForm(posted(request), session=session)
    if request.method == "POST":
        moved = form.saved(
            lambda data: move_session(
                actor=viewer(request),
                session=session,
                version=data["version"],
                starts_at=moment_of(data),
                place=data["place"],
                reason=data["reason"],
                seen=seen_in(data),
            )
        )
        if moved is not None:
            messages.success(request, _("The session was moved; everybody is told, and calendars follow."))
            return redirect("sharing:session", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Move the session"),
        about=_("Speakers and their talks stay with it. Everybody who takes part is told why."),
        submit=_("Move"),
        here=HERE,
        up=up_to(session),
        shell=SHELL,
    )


@FORM
@TAKES_PART
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, with the reason, then call it off."""
    session = led(request, pk)
    form = ReasonForm(posted(request), help_text=_("Everybody is told this."))
    if request.method == "POST":
        cancelled = form.saved(
            lambda data: cancel_session(actor=viewer(request), session=session, reason=data["reason"])
        )
        if cancelled is not None:
            messages.success(request, _("The session is cancelled; everybody is told."))
            return redirect("sharing:session", pk=pk)
    speakers = AgendaSlot.objects.filter(session=session, state__in=ACTIVE).count()
    points = [_("Everybody who takes part is told, and it vanishes from their calendars.")]
    if speakers:
        points.append(_("Talks are kept: whoever leads the next session can put them on its agenda."))
    points.append(_("As long as its day lies ahead, this can be taken back."))
    return confirm_page(
        request,
        title=_("Cancel the session"),
        text=_("“%(title)s” will not take place.") % {"title": session.title},
        points=tuple(points),
        submit=_("Cancel the session"),
        form=form,
        grave=True,
        here=HERE,
        up=up_to(session),
        shell=SHELL,
    )


@require_POST
@TAKES_PART
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the cancelling back."""
    session = led(request, pk)
    try:
        reinstate_session(actor=viewer(request), session=session)
        messages.success(request, _("The session takes place after all; everybody is told."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("sharing:session", pk=pk)


def led(request: HttpRequest, pk: int) -> SharingSession:
    """The session, which the viewer leads: 404 where she does not see it, 403 where she only sees it."""
    session = get_object_or_404(visible_sessions(viewer(request)), pk=pk)
    require_lead(viewer(request), session)
    return session


def up_to(session: SharingSession) -> tuple[str, str]:
    """Words and address of the session's page."""
    return session.title, reverse("sharing:session", kwargs={"pk": session.pk})


def up_home() -> tuple[str, str]:
    """Words and address of the list."""
    return _("Sharing sessions"), reverse("sharing:home")


def chosen_unit(request: HttpRequest, units: list[OrgUnit]) -> OrgUnit | None:
    """The unit that `?unit=` asks for, else her own; None where she has to choose. Raises PermissionDenied for none."""
    if not units:
        raise PermissionDenied
    if request.GET.get("unit") == "choose":
        return None
    asked = asked_number(request, "unit")
    if asked is None:
        return own_unit(viewer(request), units)
    found = next((unit for unit in units if unit.pk == asked), None)
    if found is None:
        raise PermissionDenied
    return found


def units_page(request: HttpRequest, units: list[OrgUnit], title: str) -> HttpResponse:
    """For which unit: a link for each."""
    context = {"title": title, "units": units, "page_here": HERE, "page_up": up_home()}
    return render(request, "sharing/sessions/units.html", context)


def other_unit(request: HttpRequest, units: list[OrgUnit]) -> tuple[str, str] | None:
    """Words and address of the way to another unit, where there is another."""
    return (_("For another unit"), f"{request.path}?unit=choose") if len(units) > 1 else None


def _usual(unit: OrgUnit) -> dict[str, Any]:
    """What a new session most likely is: as the unit's last one, chaired by the month's chair."""
    last = SharingSession.objects.filter(org=unit).order_by("-starts_at").first()
    chair = chair_of_month(unit, timezone.localdate())
    return {
        "title": last.title if last else _("Sharing session"),
        "begins": timezone.localtime(last.starts_at).time() if last else USUAL_START,
        "minutes": last.minutes if last else 90,
        "place": last.place if last else "",
        "host": str(chair.pk) if chair else "",
        "version": 0,
    }


def _as_it_is(session: SharingSession) -> dict[str, Any]:
    return {
        "title": session.title,
        "minutes": session.minutes,
        "host": str(session.host_id or ""),
        "topics": [str(pk) for pk in session.topics.values_list("pk", flat=True)],
        "note": session.note,
        "version": session.version,
    }
