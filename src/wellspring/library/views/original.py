"""The page as captured: shown in a sandbox in which nothing of it runs, and its bytes to take away."""

from __future__ import annotations

import base64
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from wellspring.core.failures import failure_page
from wellspring.engine.errors import EngineError
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.models import Snapshot
from wellspring.library.queries.originals import CapturedPage, captured_page
from wellspring.library.replay import replayed_page
from wellspring.library.views.access import for_readers
from wellspring.library.views.pictures import picture_address
from wellspring.people.middleware import viewer

# `sandbox` without any allowance holds also where the address is opened by itself: no scripts, no forms, no pop-ups,
# and an origin of its own, so that our cookies are not its cookies. `img-src 'self'` is our origin all the same.
SANDBOX = (
    "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


_NUMBER = re.compile(r"[0-9]{1,3}")


@require_safe
@for_readers
def original(request: HttpRequest, pk: int) -> HttpResponse:
    found = _page(request, pk)
    if not found.snapshot.shows_full_text:
        return _not_shown(request, found.snapshot)
    context = {"found": found, "snapshot": found.snapshot, "here_channel": found.snapshot.channel_id}
    return render(request, "library/original.html", context)


@require_safe
@for_readers
def original_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = _page(request, pk)
    if not found.snapshot.shows_full_text:
        return _not_shown(request, found.snapshot)
    pictures = {
        picture.url: picture_address(pk, picture.position) for picture in found.snapshot.pictures.exclude(capture=None)
    }
    try:
        response = kept_response(found.capture)
        content = kept_content(response)
    except EngineError as error:
        return _lost(request, error, plain=True)
    page = replayed_page(
        content, url=found.capture.url, content_type=response.header("Content-Type"), pictures=pictures
    )
    return HttpResponse(
        page,
        content_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "no-referrer",
            "X-DNS-Prefetch-Control": "off",
            "X-Robots-Tag": "noindex, noarchive",
            "Cache-Control": "private, max-age=300",
        },
    )


@require_safe
@for_readers
def original_bytes(request: HttpRequest, pk: int) -> HttpResponse:
    """The payload as received, content coding still on: what the digest was taken of."""
    found = _page(request, pk)
    if not found.snapshot.shows_full_text:
        return _not_shown(request, found.snapshot)
    capture = found.capture
    try:
        response = kept_response(capture)
    except EngineError as error:
        return _lost(request, error)
    digest = (capture.revisit_of or capture).payload_digest
    page = f"-page-{found.number}" if found.number > 1 else ""
    name = f"snapshot-{pk}{page}.{_ending(response.header('Content-Encoding'))}"
    return HttpResponse(
        response.payload,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, noarchive",
        },
    )


def _page(request: HttpRequest, pk: int) -> CapturedPage:
    """Of a report on several pages the one that `?page=` names, else the first."""
    number = request.GET.get("page", "1")
    try:
        return captured_page(viewer=viewer(request), pk=pk, number=int(number) if _NUMBER.fullmatch(number) else 0)
    except Snapshot.DoesNotExist:
        raise Http404 from None


def _ending(coding: str | None) -> str:
    return {"gzip": "html.gz", "br": "html.br", "zstd": "html.zst", None: "html"}.get(coding, "bin")


def _not_shown(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    return failure_page(
        request,
        status=403,
        title=gettext("The page as captured is kept, but not shown"),
        text=gettext("This publisher has not said that the whole page may be shown here. Read it at its own address:"),
        extra=snapshot.original_url,
    )


def _lost(request: HttpRequest, error: EngineError, *, plain: bool = False) -> HttpResponse:
    return failure_page(
        request,
        status=500,
        title=gettext("The archive does not give this page back"),
        text=gettext("The people who run this site find out with “wellspring verify” what is wrong with it."),
        extra=error.code,
        plain=plain,
    )
