"""Where somebody is signed in, and ending that."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wellspring.core.models import User
from wellspring.people.accounts.queries import manageable_user, open_sessions
from wellspring.people.accounts.rights import may_help
from wellspring.people.accounts.services import end_other_sessions, end_session, end_sessions_of
from wellspring.people.doors import members_only, requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def own(request: HttpRequest) -> HttpResponse:
    """One's own sessions; POST ends one (`session`) or all others."""
    user = viewer(request).user
    assert user is not None, "behind members_only"
    here = request.session.session_key or ""
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        if chosen.isdecimal():
            try:
                end_session(actor=viewer(request), pk=int(chosen))
            except (UserSession.DoesNotExist, OverflowError):
                messages.info(request, _("It had ended already."))
            else:
                messages.success(request, _("Signed out there."))
        else:
            end_other_sessions(actor=viewer(request), but=here)
            messages.success(request, _("Everywhere else you are signed out."))
        return redirect("people:sessions")
    return render(request, "people/accounts/sessions.html", {"sessions": open_sessions(user, here=here)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a person of the unit is signed in; POST signs her out everywhere."""
    try:
        person = manageable_user(viewer=viewer(request), pk=pk)
    except User.DoesNotExist:
        raise Http404 from None
    if not may_help(viewer(request), person):
        raise PermissionDenied
    if request.method == "POST":
        end_sessions_of(actor=viewer(request), user=person)
        messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person.get_full_name()})
        return redirect("people:sessions_of", pk=pk)
    context = {"person": person, "sessions": open_sessions(person)}
    return render(request, "people/accounts/sessions_of.html", context)
