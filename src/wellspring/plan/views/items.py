"""One item: shown, added, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page, posted
from wellspring.plan.forms.items import ItemForm, words_of
from wellspring.plan.models import PlanItem
from wellspring.plan.queries.item import item_page
from wellspring.plan.services.carrying import last_workday
from wellspring.plan.services.items import add_item, change_item
from wellspring.plan.views.finding import HERE, SHELL, managed_item, managed_plan, seen_item, up_to_item, up_to_plan
from wellspring.plan.views.plans import FORM


@require_safe
@requires(Permission.TAKE_PART)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about an item: where it came from, how it goes, what came of it."""
    found = seen_item(request, pk)
    context = {"page_here": HERE, "page_up": up_to_plan(found.plan), "shown": item_page(viewer(request), found)}
    return render(request, "plan/item.html", context)


@FORM
@requires(Permission.MANAGE_PLAN)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something into the plan by hand."""
    who, plan = viewer(request), managed_plan(request, pk)
    form = ItemForm(posted(request), plan=plan, initial={"due_on": last_workday(plan)})

    def save(data: dict[str, Any]) -> PlanItem:
        return add_item(actor=who, plan=plan, wanted=words_of(data), once=data["once"])

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("It stands in the plan now; who does it was told."))
        return redirect("plan:item", pk=made.pk)
    return form_page(
        request, form=form, title=_("Add to the plan"), submit=_("Add"), here=HERE, up=up_to_plan(plan), shell=SHELL
    )


@FORM
@requires(Permission.MANAGE_PLAN)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item's words, owner or measure."""
    who, found = viewer(request), managed_item(request, pk)
    form = ItemForm(posted(request), plan=found.plan, item=found)

    def save(data: dict[str, Any]) -> PlanItem:
        return change_item(actor=who, item=found, version=data["version"], wanted=words_of(data))

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("Saved."))
        return redirect("plan:item", pk=pk)
    return form_page(
        request, form=form, title=_("Change the item"), submit=_("Save"), here=HERE, up=up_to_item(found), shell=SHELL
    )
