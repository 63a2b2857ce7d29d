"""Ideas: board and list, the page of one, handing one in, deciding."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.notices.services import is_own_path
from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import units_to_choose
from wellspring.people.views.pages import form_page, posted
from wellspring.sharing.forms.ideas import DecideForm, IdeaFilter, IdeaForm
from wellspring.sharing.models import Idea
from wellspring.sharing.queries.discussion import discussion_of_idea
from wellspring.sharing.queries.idea_lists import board_of, found_ideas, proposers_of
from wellspring.sharing.queries.idea_pages import colleagues_of, idea_page, open_items_of_unit
from wellspring.sharing.queries.ideas import counted, may_decide, own_ideas, visible_ideas
from wellspring.sharing.services.decisions import decide_idea
from wellspring.sharing.services.ideas import change_idea, may_change_words, propose_idea

HERE = "sharing:ideas"
SHELL = "sharing/base.html"
FORM = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 30


@require_safe
@requires(Permission.SEE_FIGURES)
def ideas(request: HttpRequest) -> HttpResponse:
    """The board: a column for every state. Who takes part in no unit is shown the open ideas instead."""
    who = viewer(request)
    if not who.may(Permission.TAKE_PART):
        return redirect("sharing:ideas_open")
    columns = board_of(who)
    context = {"page_here": HERE, "columns": columns, "is_empty": not any(column.count for column in columns)}
    return render(request, "sharing/ideas/board.html", context)


@require_safe
@requires(Permission.TAKE_PART)
def listed(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by the address's query."""
    who = viewer(request)
    form = IdeaFilter(request.GET, proposers=proposers_of(who))
    wanted = form.chosen()
    page, problem = page_of(
        counted(found_ideas(who, own_ideas(who), wanted)), request.GET.get("page"), per_page=PER_PAGE
    )
    context = {"page_here": HERE, "form": form, "page": page, "problem": problem, "is_narrowed": bool(wanted)}
    return render(request, "sharing/ideas/list.html", context)


@require_safe
@requires(Permission.SEE_FIGURES)
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """One idea: words, decisions, study, what came of it."""
    who = viewer(request)
    found = get_object_or_404(visible_ideas(who), pk=pk)
    shown = idea_page(who, found)
    context = {
        "page_here": HERE,
        "page_up": (_("Ideas"), reverse(HERE)),
        "shown": shown,
        "idea": found,
        "discussed": discussion_of_idea(who, found) if shown.is_own else None,
        "next": found_address(found),
        "takes_part": who.may(Permission.TAKE_PART),
        "may_change": shown.is_own and may_change_words(who, found),
        "sees_trail": who.may(Permission.SEE_AUDIT, org=found.org),
    }
    return render(request, "sharing/ideas/idea.html", context)


@FORM
@requires(Permission.TAKE_PART)
def add(request: HttpRequest) -> HttpResponse:
    """Hand an idea in without a talk."""
    who = viewer(request)
    form = IdeaForm(posted(request), units=units_to_choose(viewer=who, permission=Permission.TAKE_PART))

    def save(data: dict[str, object]) -> Idea:
        del data["version"]
        return propose_idea(actor=who, **data)  # type: ignore[arg-type]  # of many kinds

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("Your idea was handed in. You are told when it is decided."))
        return redirect("sharing:idea", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Hand in an idea"),
        submit=_("Hand in"),
        here=HERE,
        up=(_("Ideas"), reverse(HERE)),
        about=_("An idea that belongs to a talk is written in the talk, as a suggestion."),
        shell=SHELL,
    )


@FORM
@requires(Permission.TAKE_PART)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of an idea of one's own that nobody has remarked on or decided."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    if all(place.member_id != found.proposer_id for place in who.places) or found.suggestion_id is not None:
        raise PermissionDenied
    form = IdeaForm(posted(request), idea=found)
    if request.method == "POST" and form.saved(lambda data: change_idea(actor=who, idea=found, **data)) is not None:
        messages.success(request, _("Saved."))
        return redirect("sharing:idea", pk=pk)
    return form_page(
        request, form=form, title=_("Change the idea"), submit=_("Save"), here=HERE, up=up_to(found), shell=SHELL
    )


@FORM
@requires(Permission.TAKE_PART)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an idea; `next` in the form: the page to come back to, such as a running session's."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    if not may_decide(who, found):
        raise PermissionDenied
    form = DecideForm(posted(request), idea=found, members=colleagues_of(who, found), items=open_items_of_unit(found))
    back = request.POST.get("next", "")

    def save(data: dict[str, object]) -> Idea:
        del data["next"]
        return decide_idea(actor=who, idea=found, **data)  # type: ignore[arg-type]  # of many kinds

    if request.method == "POST" and (decided := form.saved(save)) is not None:
        messages.success(
            request,
            _("“%(idea)s” was decided: %(decision)s.")
            % {"idea": decided.title, "decision": decided.get_status_display()},
        )
        return redirect(back if is_own_path(back) else found_address(found))
    return form_page(
        request,
        form=form,
        title=_("Decide on “%(idea)s”") % {"idea": found.title},
        submit=_("Decide"),
        here=HERE,
        up=up_to(found),
        about=_("Now: %(state)s") % {"state": found.get_status_display()},
        shell=SHELL,
    )


def up_to(found: Idea) -> tuple[str, str]:
    """Words and address of an idea's page, for the way back."""
    return (found.title, found_address(found))


def found_address(found: Idea) -> str:
    """Address of an idea's page."""
    return reverse("sharing:idea", kwargs={"pk": found.pk})
