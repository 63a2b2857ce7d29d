"""A plan is closed, step by step, and opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.plan.forms.moves import CloseForm
from wellspring.plan.models import PlanItem, WorkPlan
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.services.carrying import close_plan, reopen_plan
from wellspring.plan.views.finding import HERE, managed_plan, up_to_plan
from wellspring.plan.views.plans import FORM


@FORM
@requires(Permission.MANAGE_PLAN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about everything that is open, then close the plan."""
    who, plan = viewer(request), managed_plan(request, pk)
    open_items = list(plan.items.filter(state__in=OPEN_STATES).select_related("owner__user").order_by("due_on", "pk"))
    if request.method == "POST":
        shown = {name.removeprefix("how_") for name in request.POST if name.startswith("how_")}
        # What became open after the page was shown has no answer yet: the service asks about it.
        asked = [item for item in open_items if str(item.pk) in shown]
        beyond = [item for item in open_items if str(item.pk) not in shown] if "beyond" in request.POST else []
        form = CloseForm(request.POST, items=asked, beyond=beyond)
    else:
        form = _form(open_items)

    def save(data: dict[str, Any]) -> WorkPlan:
        return close_plan(actor=who, plan=plan, endings=form.endings())

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("The plan is closed. You can open it again on this page."))
        return redirect("plan:plan", pk=pk)
    if form.errors and len(form.items) + len(form.beyond) < len(open_items):
        errors = form.non_field_errors()
        form = _form(open_items)
        form.refused = list(errors)  # type: ignore[attr-defined]  # for the page
    context = {
        "page_here": HERE,
        "page_up": up_to_plan(plan),
        "plan": plan,
        "form": form,
        "open_items": open_items,
        "beyond": len(form.beyond),
    }
    return render(request, "plan/close.html", context, status=422 if request.method == "POST" else 200)


def _form(open_items: list[PlanItem]) -> CloseForm:
    return CloseForm(None, items=open_items[: CloseForm.most], beyond=open_items[CloseForm.most :])


@require_POST
@requires(Permission.MANAGE_PLAN)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the closing."""
    reopen_plan(actor=viewer(request), plan=managed_plan(request, pk))
    messages.success(request, _("The plan is open again. What was carried on or dropped stays so."))
    return redirect("plan:plan", pk=pk)
