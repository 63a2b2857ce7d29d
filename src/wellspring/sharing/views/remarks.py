"""Saying something to a suggestion, taking it out, backing it: in place, or by pages where no script runs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page, posted
from wellspring.sharing.errors import RemarkProblem
from wellspring.sharing.forms.remarks import RemarkForm
from wellspring.sharing.models import Idea, Remark
from wellspring.sharing.queries.discussion import Discussed, discussion_of_idea
from wellspring.sharing.services.endorsements import endorse_idea, take_endorsement_back
from wellspring.sharing.services.remarks import add_remark, withdraw_remark

SHELL = "sharing/base.html"
TAB = "sharing:ideas"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TAKE_PART)
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to an idea. GET: the form on a page of its own."""
    idea = _idea(request, pk)
    form = RemarkForm(posted(request), idea_id=pk)

    def said(data: dict[str, Any]) -> Remark:
        return add_remark(actor=viewer(request), idea=idea, text=data["text"], once=str(data["once"]))

    if request.method == "POST" and form.saved(said) is not None:
        if request.headers.get("HX-Request"):
            return _in_place(request, idea, RemarkForm(idea_id=pk))
        messages.success(request, _("Your remark stands below the suggestion."))
        return redirect(_back(request, idea))
    if request.headers.get("HX-Request"):
        return _in_place(request, idea, form)
    title = _("Remark on “%(idea)s”") % {"idea": idea.title}
    up = (_("Back"), _back(request, idea))
    return form_page(request, form=form, title=title, submit=_("Say it"), here=TAB, up=up, shell=SHELL)


@require_POST
@requires(Permission.TAKE_PART)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a remark out: one's own, or as the one who leads."""
    found = get_object_or_404(Remark.objects.select_related("idea__org", "idea__suggestion"), pk=pk)
    idea = _idea(request, found.idea_id)
    withdraw_remark(actor=viewer(request), remark=found)
    return _answer(request, idea)


@require_POST
@requires(Permission.TAKE_PART)
def endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """Back an idea (`endorse=yes`), or no longer (`no`)."""
    idea, who = _idea(request, pk), viewer(request)
    try:
        if request.POST.get("endorse") == "no":
            take_endorsement_back(actor=who, idea=idea)
        else:
            endorse_idea(actor=who, idea=idea)
    except RemarkProblem as problem:
        messages.error(request, problem.message)
    return _answer(request, idea)


def _idea(request: HttpRequest, pk: int) -> Idea:
    """An idea of a unit in which she takes part; 404 for all others, open ones of other units among them."""
    where = viewer(request).below(Permission.TAKE_PART, "org__path")
    ideas = Idea.objects.select_related("org", "proposer__user", "topic", "suggestion")
    return get_object_or_404(ideas.filter(where), pk=pk)


def _answer(request: HttpRequest, idea: Idea) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "sharing/talks/_said.html", _context(request, idea))
    return redirect(_back(request, idea))


def _in_place(request: HttpRequest, idea: Idea, form: RemarkForm) -> HttpResponse:
    """The form again, empty or with what is wrong, and beside it what stands there now."""
    return render(request, "sharing/talks/_remarked.html", {**_context(request, idea), "form": form})


def _context(request: HttpRequest, idea: Idea) -> dict[str, object]:
    newest = request.POST.get("newest", "")
    shown = min(int(newest), 200) if newest.isascii() and newest.isdigit() and len(newest) < 4 else None
    one: Discussed = discussion_of_idea(viewer(request), idea, newest=shown or None)
    return {
        "one": one,
        "newest": shown or "",
        "next": _wanted(request),
        "talk": idea.suggestion and idea.suggestion.talk_id,
    }


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _back(request: HttpRequest, idea: Idea) -> str:
    if wanted := _wanted(request):
        return f"{wanted}#idea-{idea.pk}"
    if idea.suggestion is not None:
        return f"{reverse('sharing:talk', kwargs={'pk': idea.suggestion.talk_id})}#idea-{idea.pk}"
    return reverse("sharing:idea", kwargs={"pk": idea.pk})
