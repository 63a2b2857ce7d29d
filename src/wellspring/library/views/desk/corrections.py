"""Correcting a snapshot, and the list of what was corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError, told
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.paging import page_of
from wellspring.library.forms.corrections import CorrectionForm
from wellspring.library.models import Correction
from wellspring.library.queries.corrections import corrections_on_the_desk, standing_corrections, told_corrections
from wellspring.library.queries.earlier_records import snapshot_readings
from wellspring.library.queries.reading import readable_snapshots
from wellspring.library.services.corrections import correct_snapshot, corrections_version, withdraw_correction
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

HERE = {"page_here": "library:desk_corrections"}


@require_safe
@requires(Permission.CORRECT_SNAPSHOTS)
def corrections(request: HttpRequest) -> HttpResponse:
    page, problem = page_of(corrections_on_the_desk(viewer=viewer(request)), request.GET.get("page"), per_page=30)
    context = {**HERE, "page": page, "problem": problem, "rows": told_corrections(page.object_list)}
    return render(request, "library/desk/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CORRECT_SNAPSHOTS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    snapshot = get_object_or_404(readable_snapshots(viewer=viewer(request)), pk=pk)
    standing = standing_corrections(snapshot)
    form = CorrectionForm(
        request.POST or None, snapshot=snapshot, standing=standing, version=corrections_version(snapshot)
    )
    meanwhile: ChangedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        try:
            correct_snapshot(
                actor=viewer(request),
                snapshot_id=snapshot.pk,
                version=form.cleaned_data["version"],
                wanted=form.wanted,
                reason=form.cleaned_data["reason"],
            )
        except ChangedMeanwhile as error:
            meanwhile = error
            form.data = request.POST.copy()
            form.data["version"] = str(error.version)
        except DomainError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Corrected. Readers see what was changed and why."))
            return redirect("library:snapshot", snapshot.pk)
    context = {
        **HERE,
        "page_up": (_("Corrections"), reverse("library:desk_corrections")),
        "snapshot": snapshot,
        "form": form,
        "meanwhile": meanwhile,
        "rows": told_corrections(standing),
        "readings": snapshot_readings(snapshot, whole=True, standing=standing),
        "back": reverse("library:snapshot", args=[snapshot.pk]),
    }
    return render(request, "library/desk/correct.html", context)


@require_POST
@requires(Permission.CORRECT_SNAPSHOTS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    try:
        correction = withdraw_correction(actor=viewer(request), correction_id=pk)
    except Correction.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Withdrawn. The field says again what was read from the page."))
    return redirect("library:desk_correct", correction.snapshot_id)
