"""One's own part in a session: volunteer, agree, decline, choose the talk, swap."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.people.views.pages import confirm_page, form_page, posted
from wellspring.sharing.forms.agenda import SwapForm, TalkChoiceForm
from wellspring.sharing.forms.sessions import ReasonForm
from wellspring.sharing.models import AgendaSlot, SlotState, SlotSwap, Talk
from wellspring.sharing.queries.agenda import is_speaker, talks_to_choose, visible_slots
from wellspring.sharing.queries.sessions import visible_sessions
from wellspring.sharing.queries.swaps import Partner, partners_of, swaps_to_answer
from wellspring.sharing.services.agenda import choose_talk, volunteer
from wellspring.sharing.services.speaking import agree_to_speak, decline_to_speak
from wellspring.sharing.services.swaps import answer_swap, ask_swap, withdraw_swap
from wellspring.sharing.views.agenda import done
from wellspring.sharing.views.session_forms import up_to
from wellspring.sharing.views.sessions import HERE, SHELL

FORM = require_http_methods(["GET", "HEAD", "POST"])
TAKES_PART = requires(Permission.TAKE_PART)


@require_POST
@TAKES_PART
def put_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Put oneself on the agenda."""
    session = get_object_or_404(visible_sessions(viewer(request)), pk=pk)

    def do() -> None:
        volunteer(actor=viewer(request), session=session)
        messages.success(request, _("You are on the agenda. Choose or begin your talk when you like."))

    return done(request, pk, do)


@require_POST
@TAKES_PART
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """She will speak."""
    slot = own(viewer(request), pk)

    def do() -> None:
        agree_to_speak(actor=viewer(request), slot=slot)
        messages.success(request, _("Thank you. Choose or begin your talk when you like."))

    return done(request, slot.session_id, do)


@FORM
@TAKES_PART
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """She will not, or cannot come; with the reason."""
    slot = own(viewer(request), pk)
    was_agreed = slot.state == SlotState.AGREED
    form = ReasonForm(posted(request), help_text=_("Whoever leads the session reads this."))
    if request.method == "POST" and None is not form.saved(
        lambda data: decline_to_speak(actor=viewer(request), slot=slot, reason=data["reason"])
    ):
        messages.success(request, _("The chair is told. Your talk is kept for another session."))
        return redirect("sharing:session", pk=slot.session_id)
    return confirm_page(
        request,
        title=_("I cannot come") if was_agreed else _("Decline to speak"),
        text=_("You will not speak at “%(title)s” on %(day)s.") % _said(slot),
        points=(_("You can ask a colleague to swap instead."),),
        submit=_("Tell the chair"),
        form=form,
        here=HERE,
        up=up_to(slot.session),
        shell=SHELL,
    )


@FORM
@TAKES_PART
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which of her talks she gives, or begin one."""
    slot = own(viewer(request), pk)
    talks = list(talks_to_choose(viewer(request), slot))
    if not talks and slot.talk is None and request.method != "POST":
        return redirect(new_talk_address(slot))  # nothing to choose from
    names = [(str(each.pk), _named(each)) for each in talks]
    form = TalkChoiceForm(posted(request), talks=talks, names=names, slot=slot)
    if request.method == "POST" and None is not form.saved(
        lambda data: choose_talk(actor=viewer(request), slot=slot, talk=form.talk())
    ):
        messages.success(request, _("Saved."))
        return redirect("sharing:session", pk=slot.session_id)
    return form_page(
        request,
        form=form,
        title=_("Your talk"),
        about=_("For “%(title)s” on %(day)s. A draft is seen by you alone until you hand it in.") % _said(slot),
        submit=_("Choose"),
        here=HERE,
        up=up_to(slot.session),
        shell=SHELL,
        link=(_("Begin a new talk"), new_talk_address(slot)) if slot.talk is None else None,
    )


@FORM
@TAKES_PART
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague to change places, or to step in."""
    slot = own(viewer(request), pk)
    partners = partners_of(slot)
    names = [(partner.key, _partner(partner, slot)) for partner in partners]
    form = SwapForm(posted(request), partners=partners, names=names)

    def save(data: dict[str, str]) -> SlotSwap:
        chosen = form.partner()
        return ask_swap(actor=viewer(request), slot=slot, asked=chosen.member, other=chosen.slot, note=data["note"])

    if request.method == "POST" and None is not form.saved(save):
        messages.success(request, _("She is asked. Until she agrees, your place stays as it is."))
        return redirect("sharing:session", pk=slot.session_id)
    return form_page(
        request,
        form=form,
        title=_("Swap your place"),
        about=_("You speak at “%(title)s” on %(day)s. Your talk goes with you.") % _said(slot),
        submit=_("Ask her"),
        here=HERE,
        up=up_to(slot.session),
        shell=SHELL,
    )


@require_POST
@TAKES_PART
def swap_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a swap, or not."""
    found = get_object_or_404(SlotSwap.objects.filter(pk__in=_asked_of(viewer(request))), pk=pk)
    agrees = request.POST.get("answer") == "yes"

    def do() -> None:
        answer_swap(actor=viewer(request), swap=found, agrees=agrees)
        messages.success(request, _("Swapped; both are told.") if agrees else _("Declined; she is told."))

    return done(request, found.slot.session_id, do)


@require_POST
@TAKES_PART
def swap_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back that she asked."""
    places = [place.member_id for place in viewer(request).places]
    found = get_object_or_404(SlotSwap.objects.select_related("slot__session"), pk=pk, slot__speaker__in=places)
    return done(request, found.slot.session_id, lambda: withdraw_swap(actor=viewer(request), swap=found))


def own(who: Viewer, pk: int) -> AgendaSlot:
    """Her own place: 404 where she does not see it, 403 where it is somebody else's."""
    slot = get_object_or_404(visible_slots(who), pk=pk)
    if not is_speaker(who, slot):
        raise PermissionDenied
    return slot


def new_talk_address(slot: AgendaSlot) -> str:
    """Where a talk for this place is begun."""
    return f"{reverse('sharing:talk_new')}?slot={slot.pk}"


def _asked_of(who: Viewer) -> list[int]:
    """Those that wait for her, and those she answered: pressing twice is told, not lost."""
    places = [place.member_id for place in who.places]
    answered = SlotSwap.objects.filter(asked__in=places, answered_at__isnull=False)
    return [*swaps_to_answer(who).values_list("pk", flat=True), *answered.values_list("pk", flat=True)]


def _named(talk: Talk) -> str:
    parts = [str(talk), str(talk.get_state_display()), date_format(timezone.localtime(talk.saved_at), _day())]
    return " · ".join(parts)


def _partner(partner: Partner, slot: AgendaSlot) -> str:
    name = partner.member.user.get_full_name()
    if partner.slot is None:
        return _("%(name)s, who would step in") % {"name": name}
    if partner.slot.session_id == slot.session_id:
        return _("%(name)s, at the same session") % {"name": name}
    day = date_format(timezone.localtime(partner.slot.session.starts_at), _day())
    return _("%(name)s, who speaks on %(day)s") % {"name": name, "day": day}


def _said(slot: AgendaSlot) -> dict[str, str]:
    return {
        "title": slot.session.title,
        "day": date_format(timezone.localtime(slot.session.starts_at), _day()),
    }


def _day() -> str:
    return pgettext("date format", "j F")
