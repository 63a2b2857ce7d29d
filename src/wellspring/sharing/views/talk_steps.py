"""The steps of a talk besides writing it: begun, copied, handed in, taken back, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import asked_number, confirm_page, form_page, posted
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.forms.talks import NewTalkForm
from wellspring.sharing.models import Talk, TalkState
from wellspring.sharing.queries.talk_check import check_of
from wellspring.sharing.queries.talks import own_slot, units_to_speak_in
from wellspring.sharing.services.handing_in import hand_in_talk, take_talk_back
from wellspring.sharing.services.talks import begin_talk, copy_talk, delete_talk
from wellspring.sharing.views.talk_editor import HERE, own

SHELL = "sharing/base.html"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
@requires(Permission.TAKE_PART)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a talk; for `?slot=`, the one that is to be given there."""
    who = viewer(request)
    slot = own_slot(who, asked_number(request, "slot"))
    if slot is not None and slot.talk_id is not None:
        return redirect("sharing:talk_edit", pk=slot.talk_id)
    units = [slot.session.org] if slot else units_to_speak_in(who)
    if not units:
        raise PermissionDenied  # every unit of hers is closed
    form = NewTalkForm(posted(request), units=units)

    def begin(data: dict[str, Any]) -> Talk:
        return begin_talk(actor=who, org=form.org, title=data["title"], topic=data["topic"], slot=slot)

    if request.method == "POST" and (talk := form.saved(begin)) is not None:
        return redirect("sharing:talk_edit", pk=talk.pk)
    up = (_("Sessions"), reverse("sharing:home"))
    if slot is not None:
        up = (slot.session.title, reverse("sharing:session", kwargs={"pk": slot.session_id}))
    about = _("A talk is written over days, on the phone or at the desk. Nobody sees it until you hand it in.")
    title = _("Begin a talk")
    return form_page(request, form=form, title=title, submit=_("Begin"), here=HERE, up=up, about=about, shell=SHELL)


@FORM
@requires(Permission.TAKE_PART)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then make a new draft out of an earlier talk of hers."""
    talk = own(request, pk)
    if request.method == "POST":
        copied = copy_talk(actor=viewer(request), talk=talk)
        messages.success(request, _("This is the copy. What you change here does not touch the earlier talk."))
        return redirect("sharing:talk_edit", pk=copied.pk)
    return confirm_page(
        request,
        title=_("Copy “%(talk)s”") % {"talk": talk},
        text=_("A new draft is made with the same words and evidence. The earlier talk stays as it is."),
        submit=_("Copy it"),
        here=HERE,
        up=_up(talk),
        shell=SHELL,
    )


@FORM
@requires(Permission.TAKE_PART)
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, what is like it, then hand it in."""
    talk = own(request, pk)
    if talk.state != TalkState.DRAFT:
        return redirect("sharing:talk", pk=pk)
    refused = ""
    if request.method == "POST":
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() and len(sent) < 16 else -1
        try:
            hand_in_talk(actor=viewer(request), talk=talk, version=version)
        except ChangedMeanwhile:
            refused = _("The talk was changed in another window meanwhile. This is how it stands now; look once more.")
            talk = own(request, pk)
        except TalkProblem as problem:
            refused = problem.message
        else:
            messages.success(request, _("Handed in: your colleagues can read it now, and say something to it."))
            return redirect("sharing:talk", pk=pk)
    context = {
        "page_here": HERE,
        "page_up": (_("Back to the draft"), reverse("sharing:talk_edit", kwargs={"pk": pk})),
        "talk": talk,
        "check": check_of(viewer(request), talk),
        "refused": refused,
    }
    return render(request, "sharing/talks/hand_in.html", context, status=422 if refused else 200)


@FORM
@requires(Permission.TAKE_PART)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then make a draft of it again."""
    talk = own(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            take_talk_back(actor=viewer(request), talk=talk)
        except TalkProblem as problem:
            refused = problem.message
        else:
            messages.success(request, _("It is a draft again, for your eyes only."))
            return redirect("sharing:talk_edit", pk=pk)
    return confirm_page(
        request,
        title=_("Take “%(talk)s” back") % {"talk": talk},
        text=_("It becomes a draft again that only you see. Its place on the agenda stays."),
        submit=pgettext("what was handed in or signed", "Take it back"),
        here=HERE,
        up=_up(talk),
        refused=refused,
        shell=SHELL,
    )


@FORM
@requires(Permission.TAKE_PART)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft."""
    talk = own(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            delete_talk(actor=viewer(request), talk=talk)
        except TalkProblem as problem:
            refused = problem.message
        else:
            messages.success(request, _("The draft is deleted."))
            return redirect(HERE)
    return confirm_page(
        request,
        title=_("Delete “%(talk)s”") % {"talk": talk},
        text=_("The draft goes with all that you wrote and uploaded for it. This cannot be undone."),
        submit=_("Delete the draft"),
        here=HERE,
        up=_up(talk),
        refused=refused,
        grave=True,
        shell=SHELL,
    )


def _up(talk: Talk) -> tuple[str, str]:
    return str(talk), reverse("sharing:talk", kwargs={"pk": talk.pk})
