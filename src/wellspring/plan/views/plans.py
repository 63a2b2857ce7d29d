"""One plan: opened, shown, its note."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import units_to_choose
from wellspring.people.views.pages import asked_number, form_page, posted
from wellspring.plan.forms.filters import ItemFilter
from wellspring.plan.forms.plans import NoteForm, OpenForm
from wellspring.plan.models import Period, WorkPlan
from wellspring.plan.queries.board import SORTS, columns_of, found_items, overview_of, with_standing
from wellspring.plan.queries.origins import origins_shown
from wellspring.plan.services.plans import change_note, open_plan
from wellspring.plan.timeline import timeline_of
from wellspring.plan.views.finding import HERE, SHELL, managed_plan, seen_plan, up_to_plan

FORM = require_http_methods(["GET", "HEAD", "POST"])
VIEWS = ("board", "table", "timeline")
PER_PAGE = {"table": 50, "timeline": 40}


@require_safe
@requires(Permission.TAKE_PART)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as board, table or timeline, `?view=`, narrowed and sorted."""
    who, found = viewer(request), seen_plan(request, pk)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "board"
    overview = overview_of(found)
    form = ItemFilter(request.GET, overview=overview)
    sort = request.GET.get("sort", "")
    items = found_items(found, **form.chosen(), sort=sort if sort in SORTS else "due")
    context: dict[str, Any] = {
        "page_here": HERE,
        "plan": found,
        "view": view,
        "overview": overview,
        "form": form,
        "narrowed": form.is_narrowed,
        "manages": who.may(Permission.MANAGE_PLAN, org=found.org),
        "sees_audit": who.may(Permission.SEE_AUDIT, org=found.org),
        "is_over": found.ends_on < timezone.localdate(),
        "tabs": _tabs(request, view),
    }
    if view == "board":
        columns = columns_of(items, overview, narrowed=form.is_narrowed)
        context["columns"] = [(column, with_standing(column.items)) for column in columns]
    else:
        page, context["problem"] = page_of(items, request.GET.get("page"), per_page=PER_PAGE[view])
        page.object_list = with_standing(page.object_list)
        context |= {"page": page, "rest": _rest(request, "page"), "sorts": _sorts(request, sort)}
        if view == "table":
            shown = origins_shown(who, ((item.origin_kind, item.origin_id) for item in page))
            for item in page:
                item.origin = shown.get((item.origin_kind, item.origin_id))
        else:
            context["timeline"] = timeline_of(found, list(page))
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


def _tabs(request: HttpRequest, view: str) -> list[tuple[str, str, bool]]:
    rest = _rest(request, "view", "page")
    names = {"board": _("Board"), "table": _("Table"), "timeline": _("Timeline")}
    return [(names[code], f"?view={code}{rest}", code == view) for code in VIEWS]


def _sorts(request: HttpRequest, sort: str) -> dict[str, tuple[str, bool]]:
    """Address of each order of the table, and whether it is the one."""
    rest = _rest(request, "sort", "page")
    return {code: (f"?sort={code}{rest}", code == (sort or "due")) for code in ("due", "goal", "owner", "state")}


def _rest(request: HttpRequest, *besides: str) -> str:
    """The query string without these, to be put after another; empty, or begins with `&`."""
    asked = request.GET.copy()
    for name in besides:
        asked.pop(name, None)
    return f"&{asked.urlencode()}" if asked else ""


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked: dict[str, Any] = {"org": asked_number(request, "unit")}
    if request.GET.get("period") in Period.values:
        asked["period"] = request.GET["period"]
    for name, first, last in (("year", 2000, 2100), ("month", 1, 12)):
        number = asked_number(request, name)
        if number is not None and first <= number <= last:
            asked[name] = number
    return asked
