"""Changes to members: take on, change, roles, the end, the account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from wellspring.core.errors import DomainError
from wellspring.people.accounts.rights import may_help
from wellspring.people.doors import requires
from wellspring.people.forms.members import AddMemberForm, ChangeMemberForm, EndForm, RolesForm
from wellspring.people.middleware import viewer
from wellspring.people.models import Member, RoleName
from wellspring.people.permissions import Permission
from wellspring.people.queries.members import visible_members
from wellspring.people.queries.rank import may_end, may_give, roles_to_give
from wellspring.people.queries.units import UnitRow, units_to_choose
from wellspring.people.services.members import add_member, change_member, end_membership, undo_end
from wellspring.people.services.persons import disable_account, enable_account
from wellspring.people.services.roles import set_roles
from wellspring.people.viewer import Viewer
from wellspring.people.views.pages import asked_number, confirm_page, form_page, posted

HERE = "people:members"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def managed(request: HttpRequest, pk: int) -> Member:
    """The member, for whom the viewer manages people; 404 where she does not see her, 403 where she only sees her."""
    member = get_object_or_404(visible_members(viewer=viewer(request)), pk=pk)
    viewer(request).require(Permission.MANAGE_PEOPLE, org=member.org)
    return member


def up_to(member: Member) -> tuple[str, str]:
    """Words and address of the member's page."""
    return member.user.get_full_name(), reverse("people:member", kwargs={"pk": member.pk})


def givable(who: Viewer, units: list[UnitRow]) -> list[RoleName]:
    """Roles that she may give in at least one of these units; the service asks about the unit that was chosen."""
    return [role for role in RoleName if any(may_give(who, role, row.unit) for row in units)]


@FORM
@requires(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Take on somebody new."""
    who = viewer(request)
    units = units_to_choose(viewer=who, permission=Permission.MANAGE_PEOPLE)
    form = AddMemberForm(posted(request), units=units, roles=givable(who, units), unit=asked_number(request, "unit"))
    if request.method == "POST" and (member := form.saved(lambda data: add_member(actor=who, **data))):
        messages.success(
            request,
            _("%(name)s was added, with the user name %(username)s. Now give her a one-time sign-in link.")
            % {"name": member.user.get_full_name(), "username": member.user.username},
        )
        return redirect("people:member", pk=member.pk)
    return form_page(
        request,
        form=form,
        title=_("Add a member"),
        about=_("For somebody who has no account yet. She chooses her password herself, by a one-time link."),
        submit=_("Add"),
        here=HERE,
        up=(_("People"), reverse("people:members")),
        link=(_("Import a staff list"), reverse("people:import")),
    )


@FORM
@requires(Permission.MANAGE_PEOPLE)
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take on a person who has an account in one more unit, or again in the same."""
    who, member = viewer(request), managed(request, pk)
    units = units_to_choose(viewer=who, permission=Permission.MANAGE_PEOPLE)
    form = AddMemberForm(
        posted(request),
        units=units,
        roles=givable(who, units),
        unit=member.org_id if member.left_on else None,
        is_new=False,
    )
    if request.method == "POST" and (new := form.saved(lambda data: add_member(actor=who, user=member.user, **data))):
        messages.success(
            request, _("%(name)s now belongs to %(unit)s.") % {"name": new.user.get_full_name(), "unit": new.org.name}
        )
        return redirect("people:member", pk=new.pk)
    title = _("Take %(name)s on in another unit") % {"name": member.user.get_full_name()}
    return form_page(request, form=form, title=title, submit=_("Take on"), here=HERE, up=up_to(member))


@FORM
@requires(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a member."""
    who, member = viewer(request), managed(request, pk)
    form = ChangeMemberForm(
        posted(request), member=member, whole=who.user != member.user and may_help(who, member.user)
    )
    if (
        request.method == "POST"
        and form.saved(lambda data: change_member(actor=who, member=member, **data)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("people:member", pk=pk)
    title = _("Change %(name)s") % {"name": member.user.get_full_name()}
    return form_page(request, form=form, title=title, submit=_("Save"), here=HERE, up=up_to(member))


@FORM
@requires(Permission.MANAGE_PEOPLE)
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take roles."""
    who, member = viewer(request), managed(request, pk)
    has = {RoleName(role.name) for role in member.roles.all()}
    offered = roles_to_give(who, member.org)
    form = RolesForm(posted(request), roles=offered, has=has)

    def save(data: dict[str, Any]) -> bool:
        set_roles(actor=who, member=member, roles={*data["roles"], *(has - set(offered))})
        return True

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("Saved. The roles hold with her next click."))
        return redirect("people:member", pk=pk)
    fixed = [role.label for role in RoleName if role in has and role not in offered]
    about = ""
    if fixed:
        about = _("She also is: %(roles)s. An administrator decides about that.") % {
            "roles": pgettext("between names", ", ").join(str(label) for label in fixed)
        }
    title = _("Roles of %(name)s in %(unit)s") % {"name": member.user.get_full_name(), "unit": member.org.name}
    return form_page(request, form=form, title=title, about=about, submit=_("Save"), here=HERE, up=up_to(member))


@FORM
@requires(Permission.MANAGE_PEOPLE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end the membership."""
    who, member = viewer(request), managed(request, pk)
    if not may_end(who, member):
        raise PermissionDenied
    form = EndForm(posted(request))
    if (
        request.method == "POST"
        and form.saved(lambda data: end_membership(actor=who, member=member, **data)) is not None
    ):
        messages.success(request, _("The membership ends. You can take that back on this page."))
        return redirect("people:member", pk=pk)
    names = {"name": member.user.get_full_name(), "unit": member.org.name}
    return confirm_page(
        request,
        title=_("End the membership of %(name)s") % names,
        text=_("%(name)s will not belong to %(unit)s any more.") % names,
        points=(
            _("Her roles here end with it; what she has done stays, with her name."),
            _("Her account stays: she can still sign in, and may belong to other units."),
            _("You can take it back, or take her on again later."),
        ),
        submit=_("End the membership"),
        form=form,
        here=HERE,
        up=up_to(member),
    )


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def take_end_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the end of a membership."""
    member = managed(request, pk)
    try:
        undo_end(actor=viewer(request), member=member)
        messages.success(request, _("The membership holds as before."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("people:member", pk=pk)


@FORM
@requires(Permission.MANAGE_PEOPLE)
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then disable the account of this member's person."""
    who, member = viewer(request), managed(request, pk)
    if not may_help(who, member.user) or who.user == member.user:
        raise PermissionDenied
    refused = ""
    if request.method == "POST":
        try:
            disable_account(actor=who, user=member.user)
            messages.success(request, _("The account is disabled."))
            return redirect("people:member", pk=pk)
        except DomainError as error:
            refused = error.message
    names = {"name": member.user.get_full_name()}
    return confirm_page(
        request,
        title=_("Disable the account of %(name)s") % names,
        text=_("%(name)s cannot sign in any more, in none of her units, until the account is enabled again.") % names,
        points=(_("Wherever she is signed in now, she is out with the next click."), _("Her memberships stay.")),
        submit=_("Disable"),
        refused=refused,
        here=HERE,
        up=up_to(member),
    )


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Enable the account again."""
    member = managed(request, pk)
    enable_account(actor=viewer(request), user=member.user)
    messages.success(request, _("The account is enabled again."))
    return redirect("people:member", pk=pk)
