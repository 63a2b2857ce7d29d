"""What phones and the screen of a running session ask for again and again."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.people.middleware import viewer
from wellspring.sharing.models import SessionState
from wellspring.sharing.queries.day import during_page
from wellspring.sharing.queries.running import live_version
from wellspring.sharing.views.day import during_context, found_session


@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """204 where nothing is newer than `?v=`; else the parts of the page that follow the meeting."""
    if not request.user.is_authenticated:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path())
    version = live_version(request.user.pk, pk)
    if version is None:
        raise Http404
    if request.GET.get("v") == str(version):
        return HttpResponse(status=204)
    session = found_session(request, pk)
    if session.state != SessionState.RUNNING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    day = during_page(viewer(request), session)
    new = day.parts_new_to(request.GET.get("seen", ""))
    shown = [one for one in day.discussion if one.idea] if "talk" not in new else []
    context = {
        **during_context(session, day),
        "new": new,
        "said": [one for one in shown if one.idea and f"i{one.idea.pk}" in new],
        "decided": [one for one in shown if one.idea and day.leads and f"d{one.idea.pk}" in new],
    }
    return render(request, "sharing/day/_live.html", context)
