"""Receipts of captures, for people and as JSON, and the page that says what they prove."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wellspring.engine.proof import Checkpoint
from wellspring.library.models import Capture, Snapshot
from wellspring.library.queries.log import current_key, latest_checkpoint
from wellspring.library.queries.receipts import (
    ReceiptNotYet,
    capture_with_receipt,
    receipt_of,
    snapshot_with_receipt,
)
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """What a receipt proves and what it does not, in plain words. Open to everybody."""
    minutes = settings.ENVIRONMENT.checkpoint_minutes
    context = {
        "key": current_key(),
        "checkpoint": latest_checkpoint(),
        "minutes": int(minutes) if minutes == int(minutes) else minutes,
        "here": "about",
    }
    return render(request, "library/proof.html", context)


@require_safe
@for_readers
def snapshot_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    found = _snapshot(request, pk)
    context: dict[str, object] = {"snapshot": found, "capture": found.capture, "here_channel": found.channel_id}
    try:
        signed = receipt_of(found.capture)
    except ReceiptNotYet as not_yet:
        context["not_yet"] = not_yet
    else:
        context |= {
            "receipt": signed.receipt,
            "checkpoint": signed.checkpoint,
            "number": signed.receipt.index + 1,
            "origin": Checkpoint.parse(signed.checkpoint.note.rpartition("\n\n")[0]).origin,
        }
    return render(request, "library/receipt.html", context)


@require_safe
@for_readers
def snapshot_receipt_json(request: HttpRequest, pk: int) -> HttpResponse:
    return _as_file(_snapshot(request, pk).capture)


@require_safe
@for_readers
def capture_receipt_json(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        return _as_file(capture_with_receipt(viewer=viewer(request), pk=pk))
    except Capture.DoesNotExist:
        raise Http404 from None


def _as_file(capture: Capture) -> HttpResponse:
    """The receipt to be saved; 503 with the time to wait while there is none yet."""
    try:
        signed = receipt_of(capture)
    except ReceiptNotYet as not_yet:
        return JsonResponse(
            {"error": {"code": not_yet.code, "message": str(not_yet)}},
            status=503,
            headers={"Retry-After": str(round(not_yet.wait.total_seconds()))},
        )
    return JsonResponse(
        signed.receipt.as_json(),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={
            "Content-Disposition": f'attachment; filename="receipt-{capture.pk}.json"',
            "X-Robots-Tag": "noindex",
        },
    )


def _snapshot(request: HttpRequest, pk: int) -> Snapshot:
    try:
        return snapshot_with_receipt(viewer=viewer(request), pk=pk)
    except Snapshot.DoesNotExist:
        raise Http404 from None
