"""Staff lists in Excel: the template, the dry run, taking over, sign-in sheets, the exported list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError
from wellspring.core.paging import page_of
from wellspring.core.qr import qr_svg
from wellspring.people.doors import requires
from wellspring.people.forms.imports import UploadForm
from wellspring.people.forms.members import PeopleFilter
from wellspring.people.middleware import viewer
from wellspring.people.models import RoleName, StaffImport
from wellspring.people.permissions import Permission
from wellspring.people.queries.imports import imported_members, own_imports
from wellspring.people.queries.units import units_to_choose
from wellspring.people.services.exports import export_people
from wellspring.people.services.imports import confirm_import, prepare_import, sign_in_links
from wellspring.people.views.membership import givable
from wellspring.people.views.pages import form_page, posted

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "people:members"
PER_SHEET = 24
_PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a filled-in list; on to its dry run."""
    who = viewer(request)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)

    def prepare(data: dict[str, Any]) -> StaffImport:
        return prepare_import(actor=who, file=data["file"], file_name=data["file"].name)

    if request.method == "POST" and (made := form.saved(prepare)) is not None:
        return redirect("people:import_look", pk=made.pk)
    return form_page(
        request,
        form=form,
        title=_("Import a staff list"),
        about=_("First it is only checked: you see every row and what is wrong with it, and nothing is written."),
        submit=_("Check the list"),
        here=HERE,
        up=(_("People"), reverse("people:members")),
        link=(_("Download the template"), reverse("people:import_template")),
        earlier=own_imports(viewer=who)[:5],
    )


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def template(request: HttpRequest) -> HttpResponse:
    """The empty list, with the viewer's units and roles to choose from."""
    from wellspring.people.spreadsheets.writing import staff_template  # a large library, see reading

    who = viewer(request)
    units = units_to_choose(viewer=who, permission=Permission.MANAGE_PEOPLE)
    content = staff_template(units=[row.unit.name for row in units], roles=givable(who, units))
    return _file(content, "人员导入模板.xlsx")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: every row and what is wrong with it; taken over by POST, all or none."""
    who = viewer(request)
    staff_import = get_object_or_404(own_imports(viewer=who), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            made = confirm_import(actor=who, staff_import=staff_import)
            said = ngettext("%(count)s person was added.", "%(count)s people were added.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect("people:import_look", pk=pk)
        except DomainError as error:
            refused = error.message
    context: dict[str, Any] = {"staff_import": staff_import, "page_here": HERE, "page_up": _up(), "refused": refused}
    if staff_import.confirmed_at:
        context["page"], context["problem"] = page_of(
            imported_members(staff_import), request.GET.get("page"), per_page=PER_SHEET
        )
        return render(request, "people/import_done.html", context, status=422 if refused else 200)
    context |= _dry_run(staff_import, request.GET)
    return render(request, "people/import_look.html", context, status=422 if refused else 200)


@never_cache
@require_POST
@requires(Permission.MANAGE_PEOPLE)
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet of one-time sign-in links with QR codes, to print and cut up; one page of the list at a time."""
    who = viewer(request)
    staff_import = get_object_or_404(own_imports(viewer=who).exclude(confirmed_at=None), pk=pk)
    page, _problem = page_of(imported_members(staff_import), request.POST.get("page"), per_page=PER_SHEET)
    cards = [
        (member, link, qr_svg(request.build_absolute_uri(link.path), label=member.user.get_full_name()))
        for member, link in sign_in_links(actor=who, members=list(page))
    ]
    if not cards:
        messages.info(request, _("Everybody on this page has signed in already."))
        return redirect("people:import_look", pk=pk)
    up = (_("The imported list"), reverse("people:import_look", kwargs={"pk": pk}))
    return render(request, "people/sign_in_sheet.html", {"cards": cards, "page_here": HERE, "page_up": up})


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def export(request: HttpRequest) -> HttpResponse:
    """The list as .xlsx, narrowed as on the page."""
    who = viewer(request)
    form = PeopleFilter(
        request.POST, units=units_to_choose(viewer=who, permission=Permission.SEE_PEOPLE), with_former=True
    )
    content = export_people(actor=who, narrowed=form.chosen())
    return _file(content, f"人员名单-{timezone.localdate():%Y%m%d}.xlsx")


@dataclass(slots=True)
class _Row:
    number: int
    cells: dict[str, Any]
    role_labels: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


def _dry_run(staff_import: StaffImport, wanted: QueryDict) -> dict[str, Any]:
    rows = _with_problems(staff_import)
    wrong = [row for row in rows if row.problems]
    only_wrong = bool(wrong) and wanted.get("rows") != "all"
    page, problem = page_of(wrong if only_wrong else rows, wanted.get("page"), per_page=_PER_PAGE)
    tabs = [
        (_("Rows with mistakes"), "?", only_wrong, len(wrong)),
        (_("All rows"), "?rows=all", not only_wrong, len(rows)),
    ]
    return {"page": page, "problem": problem, "wrong_count": len(wrong), "tabs": tabs}


def _with_problems(staff_import: StaffImport) -> list[_Row]:
    rows = {
        row["number"]: _Row(row["number"], row, [str(RoleName(role).label) for role in row["roles"]])
        for row in staff_import.rows
    }
    for wrong in staff_import.problems:
        rows[wrong["number"]].problems.append(wrong)
    return list(rows.values())


def _up() -> tuple[str, str]:
    return _("Import a staff list"), reverse("people:import")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
