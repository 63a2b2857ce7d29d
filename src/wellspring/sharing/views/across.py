"""Ideas of other communities: browse, follow, copy; and opening one's own to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wellspring.core.errors import DomainError
from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import units_to_choose
from wellspring.people.views.pages import confirm_page, posted
from wellspring.sharing.forms.ideas import CopyForm, OpenIdeaFilter
from wellspring.sharing.models import Idea
from wellspring.sharing.queries.across import followed_ids, units_that_opened
from wellspring.sharing.queries.idea_lists import found_ideas
from wellspring.sharing.queries.ideas import counted, open_ideas_of_others, own_ideas, visible_ideas
from wellspring.sharing.services.across import copy_idea, follow_idea, open_idea, unfollow_idea
from wellspring.sharing.views.ideas import FORM, HERE, SHELL, up_to


@require_safe
@requires(Permission.SEE_FIGURES)
def browse(request: HttpRequest) -> HttpResponse:
    """Open ideas of the subdistrict's other communities, newest first."""
    who = viewer(request)
    form = OpenIdeaFilter(request.GET, units=units_that_opened(who))
    wanted = form.chosen()
    ideas = found_ideas(who, open_ideas_of_others(who), wanted)
    page, problem = page_of(counted(ideas), request.GET.get("page"))
    context = {
        "page_here": HERE,
        "form": form,
        "is_narrowed": bool(wanted),
        "page": page,
        "problem": problem,
        "followed": followed_ids(who, page.object_list),
        "takes_part": who.may(Permission.TAKE_PART),
    }
    return render(request, "sharing/ideas/open.html", context)


@require_POST
@requires(Permission.TAKE_PART)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an idea to other communities (`open=yes`), or close it (`no`)."""
    found = get_object_or_404(own_ideas(viewer(request)), pk=pk)
    is_open = request.POST.get("open") == "yes"
    open_idea(actor=viewer(request), idea=found, is_open=is_open)
    said = _("The idea is open to other communities now.") if is_open else _("The idea is closed to others again.")
    messages.success(request, said)
    return redirect("sharing:idea", pk=pk)


@require_POST
@requires(Permission.SEE_FIGURES)
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow an open idea (`follow=yes`), or no longer (`no`)."""
    who = viewer(request)
    found = get_object_or_404(visible_ideas(who), pk=pk)
    try:
        if request.POST.get("follow") == "no":
            unfollow_idea(actor=who, idea=found)
            messages.success(request, _("You are told no more about this idea."))
        else:
            follow_idea(actor=who, idea=found)
            messages.success(request, _("You are told what becomes of this idea."))
    except DomainError as problem:
        messages.error(request, problem.message)
    return redirect("sharing:idea", pk=pk)


@FORM
@requires(Permission.TAKE_PART)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then copy an open idea into one's own unit."""
    who = viewer(request)
    found = get_object_or_404(open_ideas_of_others(who), pk=pk)
    form = CopyForm(posted(request), units=units_to_choose(viewer=who, permission=Permission.TAKE_PART))

    def save(data: dict[str, object]) -> Idea:
        return copy_idea(actor=who, idea=found, **data)  # type: ignore[arg-type]  # a unit

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("The idea stands on your unit's board now, with its origin."))
        return redirect("sharing:idea", pk=made.pk)
    return confirm_page(
        request,
        title=_("Copy “%(idea)s”") % {"idea": found.title},
        text=_("The idea of %(unit)s is put on your unit's board as handed in by you.") % {"unit": found.org.name},
        points=(_("Its origin stands beside it."), _("Whose idea it was is told.")),
        submit=_("Copy it"),
        here=HERE,
        up=up_to(found),
        form=form,
        shell=SHELL,
    )
