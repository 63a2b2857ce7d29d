"""Invitations at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.errors import DomainError
from wellspring.core.paging import page_of
from wellspring.core.qr import qr_svg
from wellspring.people.doors import requires
from wellspring.people.forms.invitations import InviteForm
from wellspring.people.middleware import viewer
from wellspring.people.models import RoleName
from wellspring.people.permissions import Permission
from wellspring.people.queries.invitations import visible_invitations
from wellspring.people.queries.units import units_to_choose
from wellspring.people.services.invitations import IssuedInvitation, invite, renew_invitation, revoke_invitation
from wellspring.people.views.membership import givable
from wellspring.people.views.pages import asked_number, confirm_page, form_page, posted

HERE = "people:invitations"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def _up() -> tuple[str, str]:
    return _("Invitations"), reverse("people:invitations")


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def invitations(request: HttpRequest) -> HttpResponse:
    """Every invitation to the viewer's units: who waits, who joined, as whom."""
    page, problem = page_of(visible_invitations(viewer=viewer(request)), request.GET.get("page"), per_page=50)
    for row in page:
        row.role_labels = [RoleName(role).label for role in row.roles]
    return render(request, "people/invitations.html", {"page_here": HERE, "page": page, "problem": problem})


@never_cache
@FORM
@requires(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Invite somebody; then the link and its QR code, shown this once."""
    who = viewer(request)
    units = units_to_choose(viewer=who, permission=Permission.MANAGE_PEOPLE)
    form = InviteForm(posted(request), units=units, roles=givable(who, units), unit=asked_number(request, "unit"))
    if request.method == "POST" and (issued := form.saved(lambda data: invite(actor=who, **data))):
        return _handed_over(request, issued)
    return form_page(
        request,
        form=form,
        title=_("Invite somebody"),
        about=_("She gets a link or QR code, opens it on her phone, and chooses user name and password herself."),
        submit=_("Make the link"),
        here=HERE,
        up=_up(),
    )


@never_cache
@FORM
@requires(Permission.MANAGE_PEOPLE)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then make a new link; the old one holds no more."""
    who = viewer(request)
    invitation = get_object_or_404(visible_invitations(viewer=who), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            return _handed_over(request, renew_invitation(actor=who, invitation=invitation))
        except DomainError as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("New link for %(name)s") % {"name": invitation.full_name},
        text=_("The link is shown once and kept nowhere; this makes a new one. The old one holds no more."),
        submit=_("Make the link"),
        refused=refused,
        here=HERE,
        up=_up(),
    )


@FORM
@requires(Permission.MANAGE_PEOPLE)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take an invitation back."""
    who = viewer(request)
    invitation = get_object_or_404(visible_invitations(viewer=who), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            revoke_invitation(actor=who, invitation=invitation)
            messages.success(request, _("The invitation was taken back."))
            return redirect("people:invitations")
        except DomainError as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("Take the invitation of %(name)s back") % {"name": invitation.full_name},
        text=_("Nobody can join by its link any more. Whoever opens it is told to ask you."),
        submit=_("Take it back"),
        refused=refused,
        here=HERE,
        up=_up(),
    )


def _handed_over(request: HttpRequest, issued: IssuedInvitation) -> HttpResponse:
    address = request.build_absolute_uri(issued.path)
    context = {
        "page_here": HERE,
        "page_up": _up(),
        "invitation": issued.invitation,
        "address": address,
        "qr": qr_svg(address, label=_("QR code of the invitation")),
    }
    return render(request, "people/invitation_link.html", context)
