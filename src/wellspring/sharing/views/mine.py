"""One's own page, and noting what one takes away from a session."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.people.middleware import viewer
from wellspring.people.views.pages import form_page, posted
from wellspring.sharing.forms.day import TakeawayForm
from wellspring.sharing.queries.attendance import attendance_of
from wellspring.sharing.queries.mine import mine_of
from wellspring.sharing.services.attendance import note_takeaway
from wellspring.sharing.views.day import SHELL, TAKES_PART, found_session, session_address

HERE = "sharing:mine"


@require_safe
@TAKES_PART
def mine(request: HttpRequest) -> HttpResponse:
    """Her talks, ideas, takeaways and sessions."""
    return render(request, "sharing/day/mine.html", {"page_here": HERE, "mine": mine_of(viewer(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@TAKES_PART
def takeaway(request: HttpRequest, pk: int) -> HttpResponse:
    """Note it, or change it; what was typed stays when it cannot be kept."""
    session, who = found_session(request, pk), viewer(request)
    own = attendance_of(who, session)
    form = TakeawayForm(
        posted(request), initial={"text": own.takeaway if own else "", "version": own.version if own else 0}
    )
    if (
        request.method == "POST"
        and form.saved(lambda data: note_takeaway(actor=who, session=session, **data)) is not None
    ):
        messages.success(request, _("Your takeaway is kept. Only you see it."))
        return redirect("sharing:session", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("What you take away"),
        submit=_("Keep the takeaway"),
        here=HERE,
        up=(session.title, session_address(session)),
        shell=SHELL,
    )
