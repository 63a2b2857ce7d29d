"""Saying that one is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wellspring.people.middleware import viewer
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.services.attendance import check_in
from wellspring.sharing.views.day import TAKES_PART, found_session


@require_POST
@TAKES_PART
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """By tap on the session's page."""
    session = found_session(request, pk)
    try:
        check_in(actor=viewer(request), session=session)
        messages.success(request, _("You are entered as present."))
    except DayProblem as error:
        messages.error(request, error.message)
    return redirect("sharing:session", pk=pk)
