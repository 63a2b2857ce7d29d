"""Handing an address in, typed, pasted or from the phone's share sheet, and watching what becomes of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.errors import DomainError, told
from wellspring.engine.errors import EngineError
from wellspring.library.forms.hand_in import HandInForm
from wellspring.library.queries.hand_ins import own_hand_ins, visible_hand_ins
from wellspring.library.services.handing_in import hand_in as hand_in_address
from wellspring.library.services.handing_in import picked_address
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.HAND_IN)
def hand_in(request: HttpRequest) -> HttpResponse:
    """A share sheet arrives by GET with `url`, `text` and `title`: the address is picked out and waits for a tap."""
    shared = [request.GET.get(name, "")[:4000] for name in ("url", "text", "title")]
    form = HandInForm(request.POST or None, initial={"url": picked_address(*shared) or next(filter(None, shared), "")})
    if request.method == "POST" and form.is_valid():
        try:
            handed = hand_in_address(
                actor=viewer(request), url=form.cleaned_data["url"], channel=form.cleaned_data["channel"]
            )
        except (DomainError, EngineError) as error:
            form.add_error("url", told(error))
        else:
            return redirect("library:handed_in", handed.token)
    context = {"form": form, "mine": own_hand_ins(viewer=viewer(request)), "shared": any(shared)}
    return render(request, "library/hand_in.html", context)


@require_safe
@requires(Permission.HAND_IN)
def handed_in(request: HttpRequest, token: UUID) -> HttpResponse:
    found = get_object_or_404(visible_hand_ins(viewer=viewer(request)), token=token)
    return render(request, "library/handed_in.html", {"handed": found})
