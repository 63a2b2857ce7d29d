"""How an item goes: begin, report, record the outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from wellspring.core.attachments.services import prepare_attachment
from wellspring.core.errors import DomainError
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import form_page, posted
from wellspring.plan.forms.items import OutcomeForm, ProgressForm
from wellspring.plan.models import Outcome, Progress
from wellspring.plan.queries.rights import may_report
from wellspring.plan.services.outcomes import correct_outcome, record_outcome
from wellspring.plan.services.progress import PROGRESS_PICTURE, add_progress, begin_item
from wellspring.plan.views.finding import HERE, SHELL, managed_item, seen_item, up_to_item
from wellspring.plan.views.plans import FORM


@require_POST
@requires(Permission.TAKE_PART)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """It is under way."""
    try:
        begin_item(actor=viewer(request), item=seen_item(request, pk))
        messages.success(request, _("It is under way."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("plan:item", pk=pk)


@FORM
@requires(Permission.TAKE_PART)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a short update, with pictures."""
    who, found = viewer(request), seen_item(request, pk)
    if not may_report(who, found):
        raise PermissionDenied
    form = ProgressForm(posted(request), request.FILES or None, item=found)

    def save(data: dict[str, Any]) -> Progress:
        pictures = [
            prepare_attachment(file=each, name=each.name, purpose=PROGRESS_PICTURE) for each in data["pictures"]
        ]
        return add_progress(actor=who, item=found, **{**data, "pictures": pictures})

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("Your report is written down."))
        return redirect("plan:item", pk=pk)
    title = _("How does it go?")
    return form_page(
        request,
        form=form,
        title=title,
        about=found.goal,
        submit=pgettext("verb", "Report"),
        here=HERE,
        up=up_to_item(found),
        shell=SHELL,
    )


@FORM
@requires(Permission.MANAGE_PLAN)
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of it, or put that right."""
    who, found = viewer(request), managed_item(request, pk)
    there = Outcome.objects.filter(item=found).first()
    form = OutcomeForm(posted(request), item=found, outcome=there)

    def save(data: dict[str, Any]) -> Outcome:
        if there is None or "version" not in data:
            return record_outcome(actor=who, item=found, **data)
        return correct_outcome(actor=who, item=found, **{"value": None, **data})

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("The outcome is recorded; everybody concerned was told."))
        return redirect("plan:item", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Correct the outcome") if there else _("Record the outcome"),
        about=found.goal,
        submit=_("Save") if there else _("Record"),
        here=HERE,
        up=up_to_item(found),
        shell=SHELL,
    )
