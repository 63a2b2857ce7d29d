"""The capture log for those who watch it: `/log/` in the form of C2SP tlog-tiles, and consistency proofs as JSON."""

from __future__ import annotations

import base64
import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wellspring.engine.proof.tiles import HASH, WIDTH, entry_bundle
from wellspring.library.queries.log import (
    consistency_proof,
    current_key,
    kept_tiles,
    latest_checkpoint,
    leaf_contents,
    log_size,
    public_keys,
    root_at,
)
from wellspring.library.views.access import for_readers

_PLACE = re.compile(r"((?:x\d{3}/){0,5}\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)
_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def log_checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed checkpoint."""
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise Http404
    return _plain(checkpoint.note, "public, max-age=5")


@require_safe
def log_key(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed, newest first, each with the sizes of the log for which it speaks."""
    if current_key() is None:
        raise Http404
    return _plain(public_keys(), "public, max-age=60")


@require_safe
def log_consistency(request: HttpRequest) -> JsonResponse:
    """Why the log of size `to` begins with that of size `from`; by default the last checkpoint's and 1."""
    last = latest_checkpoint()
    known = log_size()
    try:
        second = int(request.GET.get("to") or (last.size if last else 0))
        first = int(request.GET.get("from") or min(1, second))
        if not 0 <= first <= second <= known:
            raise ValueError
    except ValueError:
        told = _("from and to are sizes of the log, from not larger than to, and to not larger than %(size)s.")
        return JsonResponse({"error": {"code": "sizes", "message": told % {"size": known}}}, status=400)
    return JsonResponse(
        {
            "from": first,
            "to": second,
            "from_root": _text(root_at(first)),
            "to_root": _text(root_at(second)),
            "consistency_proof": [_text(one) for one in consistency_proof(first, second)],
        }
    )


@require_safe
def log_tile(request: HttpRequest, level: int, place: str) -> HttpResponse:
    """Hashes of the tree: 256 in a full tile, `.p/N` the first N of one that still grows."""
    index, width = _parsed(place)
    hashes = kept_tiles([(level, index)]).get((level, index), b"")[: HASH * width] if level < 6 else b""
    if len(hashes) != HASH * width:
        raise Http404
    return HttpResponse(hashes, content_type="application/octet-stream", headers={"Cache-Control": _FOR_EVER, **_FILE})


@require_safe
@for_readers
def log_entries(request: HttpRequest, place: str) -> HttpResponse:
    """The contents of the leaves of a tile; for readers, as payload digests tell what is in the library."""
    index, width = _parsed(place)
    contents = leaf_contents(index * WIDTH, width)
    if len(contents) != width:
        raise Http404
    return HttpResponse(
        entry_bundle(contents),
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, max-age=3600", **_FILE},
    )


_FILE = {"X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}


def _parsed(place: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(place)
    width = int(found[2]) if found and found[2] else WIDTH
    if found is None or (found[2] and width >= WIDTH):
        raise Http404
    return int(found[1].replace("/", "").replace("x", "")), width


def _plain(text: str, cached: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": cached, **_FILE})


def _text(hash_: bytes) -> str:
    return base64.b64encode(hash_).decode()
