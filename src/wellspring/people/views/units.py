"""The tree of units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.forms.units import AddUnitForm, ChangeUnitForm
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import unit_tree, units_to_choose, visible_units
from wellspring.people.services.units import add_unit, change_unit, close_unit, may_add_roots, reopen_unit
from wellspring.people.views.pages import confirm_page, form_page, posted

HERE = "people:units"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def _up() -> tuple[str, str]:
    return _("Units"), reverse("people:units")


@require_safe
@requires(Permission.MANAGE_OFFICE)
def units(request: HttpRequest) -> HttpResponse:
    """Every unit that the viewer manages, each below its parent."""
    rows = unit_tree(viewer=viewer(request), permission=Permission.MANAGE_OFFICE)
    context = {"page_here": HERE, "rows": rows, "may_root": may_add_roots(viewer(request))}
    return render(request, "people/units.html", context)


@FORM
@requires(Permission.MANAGE_OFFICE)
def add(request: HttpRequest) -> HttpResponse:
    """A new unit; `?parent=` where it shall stand."""
    who = viewer(request)
    rows = units_to_choose(viewer=who, permission=Permission.MANAGE_OFFICE)
    wanted = request.GET.get("parent", "")
    parent = next((row.unit for row in rows if str(row.unit.pk) == wanted), None)
    form = AddUnitForm(posted(request), units=rows, parent=parent, may_root=may_add_roots(who))
    if request.method == "POST" and (unit := form.saved(lambda data: add_unit(actor=who, **data))):
        messages.success(request, _("%(name)s was added.") % {"name": unit.name})
        return redirect("people:units")
    return form_page(request, form=form, title=_("Add a unit"), submit=_("Add"), here=HERE, up=_up())


@FORM
@requires(Permission.MANAGE_OFFICE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit or move it; everything below moves along."""
    who = viewer(request)
    unit = get_object_or_404(
        visible_units(viewer=who, permission=Permission.MANAGE_OFFICE).select_related("parent"), pk=pk
    )
    rows = units_to_choose(viewer=who, permission=Permission.MANAGE_OFFICE)
    form = ChangeUnitForm(posted(request), unit=unit, units=rows, may_root=may_add_roots(who))
    if request.method == "POST" and form.saved(lambda data: change_unit(actor=who, unit=unit, **data)) is not None:
        messages.success(request, _("Saved."))
        return redirect("people:units")
    return form_page(
        request,
        form=form,
        title=_("Change %(name)s") % {"name": unit.name},
        about=_("Whoever has a role above the new place has it here too; units below move along."),
        submit=_("Save"),
        here=HERE,
        up=_up(),
        told_about=unit,
    )


@FORM
@requires(Permission.MANAGE_OFFICE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then close a unit."""
    who = viewer(request)
    unit = get_object_or_404(visible_units(viewer=who, permission=Permission.MANAGE_OFFICE), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            close_unit(actor=who, unit=unit)
            messages.success(request, _("%(name)s is closed.") % {"name": unit.name})
            return redirect("people:units")
        except DomainError as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("Close %(name)s") % {"name": unit.name},
        text=_("Nobody can be taken on in %(name)s any more. Everything of the past stays with its name.")
        % {"name": unit.name},
        points=(_("You can open it again at any time."),),
        submit=_("Close the unit"),
        refused=refused,
        here=HERE,
        up=_up(),
    )


@require_POST
@requires(Permission.MANAGE_OFFICE)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed unit again."""
    who = viewer(request)
    unit = get_object_or_404(visible_units(viewer=who, permission=Permission.MANAGE_OFFICE), pk=pk)
    try:
        reopen_unit(actor=who, unit=unit)
        messages.success(request, _("%(name)s is open again.") % {"name": unit.name})
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("people:units")
