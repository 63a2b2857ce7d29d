"""The demo's people as cards, and signing in as one of them."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wellspring.demo.entrance import is_open_to, offers, residents_for
from wellspring.people.accounts.entry import welcome


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Whom one may look around as, and who one is at present."""
    if not is_open_to(request):
        raise Http404
    return render(request, "demo/people.html", {"offers": offers(request), "next": ""})


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as `person` and go to `next`, a path of ours, or where everybody lands."""
    chosen = {str(resident.user.pk): resident.user for resident in residents_for(request)}
    user = chosen.get(request.POST.get("person", ""))
    if user is None:
        raise Http404
    wanted = request.POST.get("next", "")
    logout(request)  # nothing of whoever sat here before
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = resolve_url("people:today")
    response = redirect(wanted)
    welcome(request, response, user)
    return response
