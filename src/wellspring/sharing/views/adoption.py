"""Putting an idea into the work plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page, posted
from wellspring.plan.forms.items import words_of
from wellspring.plan.models import PlanItem
from wellspring.sharing.forms.adoption import AdoptForm
from wellspring.sharing.queries.ideas import own_ideas
from wellspring.sharing.services.adoption import adopt_idea, may_adopt
from wellspring.sharing.views.ideas import FORM, HERE, SHELL, up_to


@FORM
@requires(Permission.TAKE_PART)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Which plan, who, until when, how it is measured."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    if not may_adopt(who, found):
        raise PermissionDenied
    details = found.study_versions.order_by("-number").values_list("text", flat=True).first() or found.details
    form = AdoptForm(posted(request), idea=found, details=details)

    def save(data: dict[str, Any]) -> PlanItem:
        plan = form.chosen_plan()
        return adopt_idea(actor=who, idea=found, plan=plan, wanted=words_of(data), once=data["once"])

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("The idea stands in the work plan now; its owner and its proposer were told."))
        return redirect("sharing:idea", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Take “%(idea)s” into the work plan") % {"idea": found.title},
        submit=_("Take it into the plan"),
        here=HERE,
        up=up_to(found),
        about=_("Filled in from the idea. Say how success is measured: how it is now, and how it shall be."),
        shell=SHELL,
    )
