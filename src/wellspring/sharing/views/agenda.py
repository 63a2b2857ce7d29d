"""Arranging the agenda of a session: who is asked, in which order, how long; by whoever leads it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import confirm_page, posted
from wellspring.sharing.forms.sessions import ReasonForm
from wellspring.sharing.models import AgendaSlot
from wellspring.sharing.queries.agenda import is_speaker, visible_slots, waiting_talks
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.participants import participants
from wellspring.sharing.services.agenda import (
    move_slot,
    propose_speaker,
    propose_speakers,
    set_minutes,
    take_off,
    take_over_talk,
)
from wellspring.sharing.services.speaking import enter_absence
from wellspring.sharing.views.session_forms import led, up_to
from wellspring.sharing.views.sessions import HERE, SHELL

FORM = require_http_methods(["GET", "HEAD", "POST"])
TAKES_PART = requires(Permission.TAKE_PART)


@require_POST
@TAKES_PART
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one `member`, or the first `count` in the order."""
    session, who = led(request, pk), viewer(request)
    member = _number(request, "member")
    if member is not None:
        found = get_object_or_404(participants(session.org), pk=member)
        return done(request, pk, lambda: propose_speaker(actor=who, session=session, member=found))

    def ask() -> None:
        asked = propose_speakers(actor=who, session=session, count=_number(request, "count") or 0)
        messages.success(
            request,
            ngettext("%(count)s speaker was asked.", "%(count)s speakers were asked.", len(asked))
            % {"count": len(asked)},
        )

    return done(request, pk, ask)


@require_POST
@TAKES_PART
def take_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a talk that waits on this agenda."""
    session, who = led(request, pk), viewer(request)
    talk = waiting_talks(session).filter(pk=_number(request, "talk") or 0).first()
    if talk is None:
        messages.error(request, _("This talk is on an agenda already, or was given. Reload the page."))
        return redirect("sharing:session", pk=pk)
    return done(request, pk, lambda: take_over_talk(actor=who, session=session, talk=talk))


@require_POST
@TAKES_PART
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    slot = arranged(request, pk)
    up = request.POST.get("to") == "up"
    return done(request, slot.session_id, lambda: move_slot(actor=viewer(request), slot=slot, up=up))


@require_POST
@TAKES_PART
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """How long she speaks."""
    slot = arranged(request, pk)
    wanted = _number(request, "minutes") or 0
    return done(request, slot.session_id, lambda: set_minutes(actor=viewer(request), slot=slot, minutes=wanted))


@FORM
@TAKES_PART
def off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, with the reason, then take her off the agenda; a volunteer may take herself off."""
    slot = get_object_or_404(visible_slots(viewer(request)), pk=pk)
    is_own = is_speaker(viewer(request), slot)
    if not may_lead(viewer(request), slot.session) and not (is_own and slot.is_volunteer):
        raise PermissionDenied
    form = ReasonForm(posted(request), help_text="" if is_own else _("She is told this."), required=not is_own)

    def save(data: dict[str, str]) -> bool:
        take_off(actor=viewer(request), slot=slot, reason=data["reason"])
        return True

    if request.method == "POST" and form.saved(save):
        messages.success(request, _("Taken off the agenda. The talk is kept."))
        return redirect("sharing:session", pk=slot.session_id)
    name = slot.speaker.user.get_full_name()
    return confirm_page(
        request,
        title=_("Take off the agenda"),
        text=_("%(name)s will not speak at “%(title)s”.") % {"name": name, "title": slot.session.title},
        submit=_("Take off"),
        form=form,
        here=HERE,
        up=up_to(slot.session),
        shell=SHELL,
    )


@FORM
@TAKES_PART
def cannot(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a speaker fell ill or cannot come."""
    slot = arranged(request, pk)
    form = ReasonForm(posted(request), help_text=_("A few words; nothing about an illness."))
    if request.method == "POST" and None is not form.saved(
        lambda data: enter_absence(actor=viewer(request), slot=slot, reason=data["reason"])
    ):
        messages.success(request, _("Entered. The talk is kept for another session."))
        return redirect("sharing:session", pk=slot.session_id)
    return confirm_page(
        request,
        title=_("A speaker cannot come"),
        text=_("%(name)s cannot come to “%(title)s”. Her talk is kept and is offered for the next session.")
        % {"name": slot.speaker.user.get_full_name(), "title": slot.session.title},
        submit=_("Enter"),
        form=form,
        here=HERE,
        up=up_to(slot.session),
        shell=SHELL,
    )


def arranged(request: HttpRequest, pk: int) -> AgendaSlot:
    """The place, whose session the viewer leads: 404 where she does not see it, 403 where she only sees it."""
    slot = get_object_or_404(visible_slots(viewer(request)), pk=pk)
    if not may_lead(viewer(request), slot.session):
        raise PermissionDenied
    return slot


def done(request: HttpRequest, pk: int, do: Callable[[], object]) -> HttpResponse:
    """Do it and come back to the session's page, with what was refused told there."""
    try:
        do()
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("sharing:session", pk=pk)


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
