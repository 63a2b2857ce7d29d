"""The minutes of a session: read, printed, as Word, edited, set back, signed off, opened again."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.people.middleware import viewer
from wellspring.people.views.pages import confirm_page, form_page, posted
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.forms.minutes import MinutesForm, OpenAgainForm
from wellspring.sharing.minutes_word import word_file
from wellspring.sharing.models import SharingSession
from wellspring.sharing.queries.hosting import may_lead, require_lead
from wellspring.sharing.queries.minutes import minutes_of
from wellspring.sharing.services.minutes import reset_minutes, save_minutes, sign_minutes, take_signature_back
from wellspring.sharing.views.day import HERE, SHELL, TAKES_PART, found_session, session_address

FORM = require_http_methods(["GET", "HEAD", "POST"])
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@TAKES_PART
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """As a sheet of paper, which prints on A4."""
    session, who = found_session(request, pk), viewer(request)
    context = {
        "page_here": HERE,
        "page_up": (session.title, session_address(session)),
        "session": session,
        "minutes": minutes_of(session),
        "leads": may_lead(who, session),
    }
    return render(request, "sharing/day/minutes.html", context)


@require_safe
@TAKES_PART
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To go on with in Word or WPS."""
    session = found_session(request, pk)
    shown = minutes_of(session)
    day = timezone.localdate(session.starts_at)
    name = _("%(title)s %(day)s minutes") % {"title": session.title, "day": day.isoformat()}
    return FileResponse(io.BytesIO(word_file(shown)), as_attachment=True, filename=f"{name}.docx", content_type=WORD)


@FORM
@TAKES_PART
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words; the second of two who do so at once is shown the difference."""
    session, who = found_session(request, pk), viewer(request)
    require_lead(who, session)
    shown = minutes_of(session)
    form = MinutesForm(posted(request), initial={"text": shown.text, "version": shown.version})
    if (
        request.method == "POST"
        and form.saved(lambda data: save_minutes(actor=who, session=session, **data)) is not None
    ):
        messages.success(request, _("The minutes are kept as you wrote them."))
        return redirect("sharing:minutes", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Edit the minutes"),
        submit=_("Save"),
        here=HERE,
        up=(_("Minutes of the session"), _address(session)),
        about=_("A line that begins with “# ” is a heading, one that begins with “- ” a point."),
        shell=SHELL,
    )


@FORM
@TAKES_PART
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then let them write themselves again."""
    session, who = found_session(request, pk), viewer(request)
    require_lead(who, session)
    refused = ""
    if request.method == "POST":
        try:
            reset_minutes(actor=who, session=session)
            messages.success(request, _("The minutes are written from what happened."))
            return redirect("sharing:minutes", pk=pk)
        except DayProblem as error:
            refused = error.message
    return confirm_page(
        request,
        title=_("Write the minutes anew"),
        text=_("What was edited is dropped, and the minutes are written from what happened."),
        submit=_("Write them anew"),
        here=HERE,
        up=(_("Minutes of the session"), _address(session)),
        grave=True,
        refused=refused,
        shell=SHELL,
    )


@require_POST
@TAKES_PART
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign off what was just read."""
    session, who = found_session(request, pk), viewer(request)
    try:
        sign_minutes(actor=who, session=session, seal=request.POST.get("seal", ""))
        messages.success(request, _("The minutes are signed off and stay as they are."))
    except DayProblem as error:
        messages.error(request, error.message)
    return redirect("sharing:minutes", pk=pk)


@FORM
@TAKES_PART
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signature back, with a reason."""
    session, who = found_session(request, pk), viewer(request)
    require_lead(who, session)
    form = OpenAgainForm(posted(request))

    def opened(data: dict[str, Any]) -> bool:
        take_signature_back(actor=who, session=session, reason=data["reason"])
        return True

    if request.method == "POST" and form.saved(opened):
        messages.success(request, _("The signature is taken back: the minutes can be edited."))
        return redirect("sharing:minutes", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Take the signature back"),
        submit=pgettext("what was handed in or signed", "Take it back"),
        here=HERE,
        up=(_("Minutes of the session"), _address(session)),
        shell=SHELL,
    )


def _address(session: SharingSession) -> str:
    return reverse("sharing:minutes", kwargs={"pk": session.pk})
