"""What a record of a foreign WARC file is to the library: a response with its kind, or the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from django.utils import timezone

from wellspring.engine.archive import ForeignRecord, payload_of, split_message
from wellspring.engine.errors import AddressRefused, EngineError, marked
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import CaptureKind, FetchedResponse
from wellspring.library.archive import kept_response
from wellspring.library.models import Capture

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_CLOCKS_APART = timedelta(days=1)
_DOCUMENTS = ("application/pdf", "application/msword", "application/vnd.", "application/octet-stream")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


class NotAnAnswer(Exception):
    """Nothing that the library keeps: no answer of a web server, or a style sheet, a script, an error page."""


class Unfit(Exception):
    """An answer that cannot be kept. `reason`: marked message, filled from `data`."""

    def __init__(self, reason: str, **data: str) -> None:
        self.reason, self.data = reason, data
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Answer:
    response: FetchedResponse
    kind: CaptureKind
    first: Capture | None = None
    """Of a revisit: the capture that holds the payload."""


def answer_in(record: ForeignRecord) -> Answer:
    """The web server's answer in a record. Raises NotAnAnswer and Unfit."""
    web = record.target.lower().startswith(("http://", "https://"))
    if record.kind not in ("response", "revisit") or not web:
        raise NotAnAnswer
    if record.content_type and not record.content_type.lower().startswith("application/http"):
        raise NotAnAnswer
    if record.in_parts:
        raise Unfit(marked("the record is one part of several"))
    if record.date is None:
        raise Unfit(marked("the record does not say when it was captured"))
    if record.date > timezone.now() + _CLOCKS_APART:
        raise Unfit(marked("the record claims to be of the future"))
    try:
        url = parse_url(record.target).url
    except AddressRefused as refused:
        raise Unfit(refused.message, **{key: str(value) for key, value in refused.data.items()}) from None
    return _revisit(record, url) if record.kind == "revisit" else _response(record, url)


def _response(record: ForeignRecord, url: str) -> Answer:
    try:
        head, body = split_message(record.block)
        payload = payload_of(head, body, truncated=record.truncated)
    except ValueError as error:
        raise Unfit(str(error)) from None
    response = _answered(record, url, head, body, payload)
    return Answer(response, _kind(response))


def _revisit(record: ForeignRecord, url: str) -> Answer:
    """Head from the record, payload from the capture that it refers to."""
    first = _referred(record, url)
    if first is None:
        raise Unfit(
            marked("it refers to an earlier record that is not here; import that one first, then this file again")
        )
    first = first.revisit_of or first
    try:
        kept = kept_response(first)
        head = split_message(record.block)[0] if record.block else kept.head
    except EngineError as error:
        raise Unfit(error.message, **{key: str(value) for key, value in error.data.items()}) from None
    except ValueError as error:
        raise Unfit(str(error)) from None
    response = _answered(record, url, head, b"", b"")
    if response.status != 304:
        response = _answered(record, url, head, b"", kept.payload)
    return Answer(response, CaptureKind(first.kind), first)


def _referred(record: ForeignRecord, url: str) -> Capture | None:
    captures = Capture.objects.select_related("revisit_of")
    if record.refers_to:
        found = (
            captures.filter(imported_record=record.refers_to[:200]).order_by("id").first()
            or captures.filter(record_id=record.refers_to[:60]).first()
        )
        if found is not None:
            return found
    if record.refers_to_date is None:
        return None
    try:
        target = parse_url(record.refers_to_target).url if record.refers_to_target else url
    except AddressRefused:
        return None
    return captures.filter(url=target, captured_at=record.refers_to_date).order_by("id").first()


def _answered(record: ForeignRecord, url: str, head: bytes, body: bytes, payload: bytes) -> FetchedResponse:
    status = _STATUS.match(head)
    assert record.date is not None
    if status is None:
        raise Unfit(marked("no HTTP status stands in it"))
    return FetchedResponse(
        url=url,
        status=int(status[1]),
        head=head,
        body=body,
        payload=payload,
        received_at=record.date,
        ip=_ip(record.ip),
        truncated=record.truncated,
    )


def _kind(response: FetchedResponse) -> CaptureKind:
    """Raises NotAnAnswer for what the library does not keep."""
    content = (response.header("Content-Type") or "").partition(";")[0].strip().lower()
    if response.url.split("://", 1)[1].partition("/")[2] == "robots.txt":
        return CaptureKind.ROBOTS
    if response.status in (301, 302, 303, 307, 308):
        return CaptureKind.REDIRECT
    if response.status != 200:
        raise NotAnAnswer
    if content.startswith("image/"):
        return CaptureKind.PICTURE
    if content in _FEEDS:
        return CaptureKind.FEED
    if not content or content in ("text/html", "application/xhtml+xml") or content.startswith(_DOCUMENTS):
        return CaptureKind.PAGE
    raise NotAnAnswer


def _ip(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
