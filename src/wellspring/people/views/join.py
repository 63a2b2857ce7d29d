"""Joining by an invitation's link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wellspring.people.accounts.entry import welcome
from wellspring.people.errors import InvitationProblem
from wellspring.people.forms.invitations import JoinForm, JoinWithAccountForm
from wellspring.people.middleware import viewer
from wellspring.people.models import Invitation, Member, RoleName
from wellspring.people.services.invitations import accept_as, accept_as_new, usable_invitation
from wellspring.people.views.pages import posted


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Whom the invitation is for and to what; then a new account, or the one that is signed in."""
    try:
        invitation = usable_invitation(token)
    except InvitationProblem as problem:
        return _refused(request, problem)
    who = viewer(request)
    form: JoinForm | JoinWithAccountForm
    if who.user is None:
        form = JoinForm(posted(request), full_name=invitation.full_name)
    else:
        form = JoinWithAccountForm(posted(request), full_name=invitation.full_name)
    if request.method == "POST":
        try:
            member = _joined(request, token, form)
        except InvitationProblem as problem:  # used or taken back while the form was open
            return _refused(request, problem)
        if member is not None:
            messages.success(request, _("Welcome to %(unit)s.") % {"unit": member.org.name})
            response = redirect(settings.LOGIN_REDIRECT_URL)
            welcome(request, response, member.user)
            return response
    context = {
        "invitation": invitation,
        "form": form,
        "role_labels": [RoleName(role).label for role in invitation.roles],
        "inviter": _inviter(invitation),
        "is_other_name": who.user is not None and who.user.get_full_name() != invitation.full_name,
    }
    return render(request, "people/join.html", context, status=422 if form.is_bound else 200)


def _joined(request: HttpRequest, token: str, form: JoinForm | JoinWithAccountForm) -> Member | None:
    user = viewer(request).user
    if user is not None:
        return form.saved(lambda data: accept_as(token=token, user=user), letting=(InvitationProblem,))
    member = form.saved(
        lambda data: accept_as_new(token=token, username=data["username"], password=data["password"]),
        letting=(InvitationProblem,),
    )
    if member is not None:
        login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return member


def _inviter(invitation: Invitation) -> str:
    return invitation.invited_by.get_full_name() if invitation.invited_by else _("the office")


def _refused(request: HttpRequest, problem: InvitationProblem) -> HttpResponse:
    status = 404 if problem.code == "invitation_unknown" else 410
    return render(request, "people/join_refused.html", {"problem": problem}, status=status)
