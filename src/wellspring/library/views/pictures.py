"""A report's picture, from the archive."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.pictures import picture_type
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.models import Picture
from wellspring.library.queries.originals import kept_picture
from wellspring.library.views.access import for_readers
from wellspring.people.middleware import viewer

_DAY = 24 * 3600
_POLICY = "default-src 'none'; sandbox"
_SALT = "library.picture"


def picture_address(snapshot_id: int, position: int) -> str:
    """Where a picture is shown inside a captured page.

    A sandboxed page sends no cookies; in a closed house the address carries a pass for an hour instead.
    """
    address = reverse("library:picture", args=[snapshot_id, position])
    if settings.ENVIRONMENT.members_only:
        address += f"?pass={signing.dumps([snapshot_id, position], salt=_SALT, compress=False)}"
    return address


@require_safe
def picture(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
    if _has_pass(request, pk, position):
        return _shown(request, pk, position, passed=True)
    return _for_readers(request, pk, position)


@for_readers
def _for_readers(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
    return _shown(request, pk, position, passed=False)


def _has_pass(request: HttpRequest, pk: int, position: int) -> bool:
    try:
        passed = signing.loads(request.GET.get("pass", ""), salt=_SALT, max_age=3600)
    except signing.BadSignature:
        return False
    return bool(passed == [pk, position])


def _shown(request: HttpRequest, pk: int, position: int, *, passed: bool) -> HttpResponseBase:
    try:
        found = kept_picture(viewer=None if passed else viewer(request), pk=pk, position=position)
    except Picture.DoesNotExist:
        raise Http404 from None
    assert found.capture is not None
    etag = f'"{found.capture.payload_digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _headed(unchanged, etag)
    try:
        content = kept_content(kept_response(found.capture))
    except EngineError:
        raise Http404 from None
    media_type = picture_type(content)
    if media_type is None:
        raise Http404
    return _headed(HttpResponse(content, content_type=media_type), etag)


def _headed(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    whose = "private" if settings.ENVIRONMENT.members_only else "public"
    # A day and no longer: read again by a newer extractor, a report may count its pictures otherwise.
    response["ETag"] = etag
    response["Cache-Control"] = f"{whose}, max-age={_DAY}"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
