"""One plan: opened, shown, its note."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import units_to_choose
from wellspring.people.views.pages import asked_number, form_page, posted
from wellspring.plan.forms.plans import NoteForm, OpenForm
from wellspring.plan.models import Period, WorkPlan
from wellspring.plan.services.plans import change_note, open_plan
from wellspring.plan.views.finding import HERE, SHELL, managed_plan, seen_plan, up_to_plan

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_PART)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan with its items."""
    found = seen_plan(request, pk)
    context = {
        "page_here": HERE,
        "plan": found,
        "manages": viewer(request).may(Permission.MANAGE_PLAN, org=found.org),
        "items": found.items.select_related("owner__user", "topic"),
    }
    return render(request, "plan/plan.html", context)


@FORM
@requires(Permission.MANAGE_PLAN)
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a plan; `?period=&year=&month=&unit=` fill the form in."""
    who = viewer(request)
    form = OpenForm(
        posted(request),
        units=units_to_choose(viewer=who, permission=Permission.MANAGE_PLAN),
        initial=_asked(request),
    )

    def save(data: dict[str, Any]) -> WorkPlan:
        return open_plan(
            actor=who, org=data["org"], period=data["period"], starts_on=form.chosen_day(), note=data["note"]
        )

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("The plan is open. Now put into it what is to be done."))
        return redirect("plan:plan", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Open a work plan"),
        about=_("One plan for each month, quarter or year of a unit. A plan that is there already is shown instead."),
        submit=_("Open the plan"),
        here=HERE,
        up=(_("Work plans"), reverse("plan:home")),
        shell=SHELL,
    )


@FORM
@requires(Permission.MANAGE_PLAN)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan is about."""
    found = managed_plan(request, pk)
    form = NoteForm(posted(request), plan=found)
    if (
        request.method == "POST"
        and form.saved(lambda data: change_note(actor=viewer(request), plan=found, **data)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("plan:plan", pk=pk)
    title = _("Note of %(plan)s") % {"plan": found.name}
    return form_page(request, form=form, title=title, submit=_("Save"), here=HERE, up=up_to_plan(found), shell=SHELL)


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked: dict[str, Any] = {"org": asked_number(request, "unit")}
    if request.GET.get("period") in Period.values:
        asked["period"] = request.GET["period"]
    for name, first, last in (("year", 2000, 2100), ("month", 1, 12)):
        number = asked_number(request, name)
        if number is not None and first <= number <= last:
            asked[name] = number
    return asked
