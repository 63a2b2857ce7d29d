"""Items moved: postponed, dropped, taken up again, carried on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import confirm_page, form_page, posted
from wellspring.plan.forms.moves import CarryForm, DropForm, PostponeForm
from wellspring.plan.models import PlanItem
from wellspring.plan.services.carrying import carry_item, carry_open
from wellspring.plan.services.moves import drop_item, postpone_item, take_up_item
from wellspring.plan.views.finding import HERE, SHELL, managed_item, managed_plan, up_to_item, up_to_plan
from wellspring.plan.views.plans import FORM


@FORM
@requires(Permission.MANAGE_PLAN)
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """A later day, with the reason."""
    found = managed_item(request, pk)
    form = PostponeForm(posted(request), item=found)
    if (
        request.method == "POST"
        and form.saved(lambda data: postpone_item(actor=viewer(request), item=found, **data)) is not None
    ):
        messages.success(request, _("Postponed; owner and co-owners were told."))
        return redirect("plan:item", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Postpone"),
        about=_("“%(goal)s” is due on %(day)s.") % {"goal": found.goal, "day": found.due_on.isoformat()},
        submit=_("Postpone"),
        here=HERE,
        up=up_to_item(found),
        shell=SHELL,
    )


@FORM
@requires(Permission.MANAGE_PLAN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then drop it with the reason."""
    found = managed_item(request, pk)
    form = DropForm(posted(request))
    if (
        request.method == "POST"
        and form.saved(lambda data: drop_item(actor=viewer(request), item=found, **data)) is not None
    ):
        messages.success(request, _("Dropped. You can take it up again on this page."))
        return redirect("plan:item", pk=pk)
    return confirm_page(
        request,
        title=_("Drop this item"),
        text=_("“%(goal)s” will not be done.") % {"goal": found.goal},
        points=(
            _("Owner and co-owners are told the reason, and so is whoever proposed it."),
            _("It stays in the plan as dropped; you can take it up again."),
        ),
        submit=_("Drop"),
        form=form,
        here=HERE,
        up=up_to_item(found),
        shell=SHELL,
    )


@require_POST
@requires(Permission.MANAGE_PLAN)
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that it was dropped."""
    try:
        take_up_item(actor=viewer(request), item=managed_item(request, pk))
        messages.success(request, _("It stands in the plan again."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("plan:item", pk=pk)


@FORM
@requires(Permission.MANAGE_PLAN)
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes on in another plan."""
    who, found = viewer(request), managed_item(request, pk)
    form = CarryForm(posted(request), plan=found.plan, item=found)

    def save(data: dict[str, Any]) -> PlanItem:
        return carry_item(actor=who, item=found, target=data["target"], due_on=data["due_on"])

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("It goes on in %(plan)s.") % {"plan": made.plan.name})
        return redirect("plan:item", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Carry on in another plan"),
        about=found.goal,
        submit=_("Carry on"),
        here=HERE,
        up=up_to_item(found),
        shell=SHELL,
    )


@FORM
@requires(Permission.MANAGE_PLAN)
def carry_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything open goes on in another plan."""
    who, plan = viewer(request), managed_plan(request, pk)
    form = CarryForm(posted(request), plan=plan, item=None)

    def save(data: dict[str, Any]) -> list[PlanItem]:
        return carry_open(actor=who, plan=plan, target=data["target"])

    if request.method == "POST" and (made := form.saved(save)) is not None:
        if not made:
            messages.info(request, _("Nothing in this plan is open; nothing was carried on."))
            return redirect("plan:plan", pk=pk)
        messages.success(
            request, _("%(count)s items go on in %(plan)s.") % {"count": len(made), "plan": made[0].plan.name}
        )
        return redirect("plan:plan", pk=made[0].plan_id)
    return form_page(
        request,
        form=form,
        title=_("Carry on what is open"),
        about=_(
            "Every item that is not finished ends here and goes on in the other plan, with its origin and history."
        ),
        submit=_("Carry on"),
        here=HERE,
        up=up_to_plan(plan),
        shell=SHELL,
    )
