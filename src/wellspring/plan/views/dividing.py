"""One item becomes several, or several become one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page
from wellspring.plan.forms.items import ItemForm, words_of
from wellspring.plan.forms.moves import SplitForm, asked_parts, merged_words
from wellspring.plan.models import PlanItem
from wellspring.plan.services.dividing import MOST_MERGED, MOST_PARTS, merge_items, split_item
from wellspring.plan.views.finding import HERE, SHELL, managed_item, managed_plan, up_to_item, up_to_plan
from wellspring.plan.views.plans import FORM


@FORM
@requires(Permission.MANAGE_PLAN)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of an item; “one more” shows the form again with what was typed."""
    who, found = viewer(request), managed_item(request, pk)
    count = asked_parts(request.POST.get("count", "2"))
    more = request.method == "POST" and "more" in request.POST
    if more:
        count = min(MOST_PARTS, count + 1)
        typed = {name: value for name, value in request.POST.items() if name.startswith("part_") or name == "version"}
        form = SplitForm(None, item=found, count=count)
        form.initial = {**form.initial, **typed}
    else:
        form = SplitForm(request.POST if request.method == "POST" else None, item=found, count=count)

    def save(data: dict[str, Any]) -> list[PlanItem]:
        return split_item(actor=who, item=found, version=data["version"], parts=form.parts())

    if request.method == "POST" and not more and (made := form.saved(save)) is not None:
        messages.success(request, _("%(count)s parts stand in the plan now.") % {"count": len(made)})
        targets = [part.target for part in made if part.target is not None]
        if found.target is not None and sum(targets) != found.target:
            messages.warning(request, _("Together the parts have another target than the whole had. Look at both."))
        return redirect("plan:item", pk=pk)
    context = {
        "page_here": HERE,
        "page_up": up_to_item(found),
        "item": found,
        "form": form,
        "count": count,
        "may_more": count < MOST_PARTS,
    }
    return render(request, "plan/split.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(Permission.MANAGE_PLAN)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen items, `?item=1&item=2`, become one."""
    who, plan = viewer(request), managed_plan(request, pk)
    wanted = [int(text) for text in request.GET.getlist("item") if text.isascii() and text.isdigit() and len(text) < 16]
    chosen = plan.items.filter(pk__in=wanted[: MOST_MERGED + 1]).select_related("owner__user", "topic", "plan__org")
    items = list(chosen.order_by("position", "pk"))
    if len(items) < 2:
        messages.info(request, _("Tick at least two items in the table, then merge them."))
        return redirect("plan:plan", pk=pk)
    form = ItemForm(request.POST if request.method == "POST" else None, plan=plan, initial=merged_words(items))

    def save(data: dict[str, Any]) -> PlanItem:
        return merge_items(actor=who, items=items, wanted=words_of(data))

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("%(count)s items are one now.") % {"count": len(items)})
        return redirect("plan:item", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Merge %(count)s items") % {"count": len(items)},
        about=_("Each keeps its history and its origin, and leads to the new one."),
        submit=_("Merge"),
        here=HERE,
        up=up_to_plan(plan),
        shell=SHELL,
    )
