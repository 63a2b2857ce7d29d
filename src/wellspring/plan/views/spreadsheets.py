"""A plan in Excel: the template, the dry run, taking over, the exported plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wellspring.core.errors import DomainError
from wellspring.core.paging import page_of
from wellspring.people.doors import requires
from wellspring.people.forms.imports import UploadForm
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page, posted
from wellspring.plan.models import PlanImport
from wellspring.plan.queries.owners import possible_owners
from wellspring.plan.services.imports import confirm_import, export_plan, prepare_import
from wellspring.plan.views.finding import HERE, SHELL, managed_plan, seen_plan, up_to_plan
from wellspring.plan.views.plans import FORM
from wellspring.topics.queries import current_topics

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 100


@FORM
@requires(Permission.MANAGE_PLAN)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a filled-in list; on to its dry run."""
    who, plan = viewer(request), managed_plan(request, pk)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)

    def prepare(data: dict[str, Any]) -> PlanImport:
        return prepare_import(actor=who, plan=plan, file=data["file"], file_name=data["file"].name)

    if request.method == "POST" and (made := form.saved(prepare)) is not None:
        return redirect("plan:import_look", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Take over a list from Excel"),
        about=_("First it is only checked: you see every row and what is wrong with it, and nothing is written."),
        submit=_("Check the rows"),
        here=HERE,
        up=up_to_plan(plan),
        shell=SHELL,
        link=(_("Download the template"), reverse("plan:import_template", kwargs={"pk": pk})),
    )


@require_safe
@requires(Permission.MANAGE_PLAN)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty list, with the unit's people and the topics to choose from."""
    from wellspring.plan.spreadsheets.writing import plan_template  # a large library, and most pages write none

    plan = managed_plan(request, pk)
    owners = [member.user.get_full_name() for member in possible_owners(plan.org)]
    topics = [topic.name for topic in current_topics()]
    return _file(plan_template(plan, owners=owners, topics=topics), "工作计划模板.xlsx")


@never_cache
@FORM
@requires(Permission.MANAGE_PLAN)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: every row and what is wrong with it; taken over by POST, all or none."""
    who = viewer(request)
    own = PlanImport.objects.filter(uploaded_by=who.user).select_related("plan__org")
    kept = get_object_or_404(own, pk=pk)
    who.require(Permission.MANAGE_PLAN, org=kept.plan.org)
    refused = ""
    if request.method == "POST":
        try:
            made = confirm_import(actor=who, plan_import=kept)
            said = ngettext("%(count)s item was added.", "%(count)s items were added.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect("plan:plan", pk=kept.plan_id)
        except DomainError as error:
            refused = error.message
    if kept.confirmed_at and not refused:
        return redirect("plan:plan", pk=kept.plan_id)
    notes: dict[int, list[tuple[dict[str, Any], bool]]] = {}
    for wrong, is_wrong in [*((each, True) for each in kept.problems), *((each, False) for each in kept.warnings)]:
        notes.setdefault(wrong["number"], []).append((wrong, is_wrong))
    rows = sorted(kept.rows, key=lambda row: (not any(bad for _n, bad in notes.get(row["number"], [])), row["number"]))
    page, problem = page_of(rows, request.GET.get("page"), per_page=_PER_PAGE)
    context = {
        "page_here": HERE,
        "page_up": up_to_plan(kept.plan),
        "plan_import": kept,
        "refused": refused,
        "rows": [(row, notes.get(row["number"], [])) for row in page],
        "page": page,
        "problem": problem,
        "wrong_count": len({each["number"] for each in kept.problems}),
        "odd_count": len({each["number"] for each in kept.warnings}),
    }
    return render(request, "plan/import_look.html", context, status=422 if refused else 200)


@require_POST
@requires(Permission.TAKE_PART)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as .xlsx."""
    plan = seen_plan(request, pk)
    return _file(export_plan(actor=viewer(request), plan=plan), f"{plan.org.name}-{plan.name}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
