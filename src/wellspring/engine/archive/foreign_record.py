"""A record of a WARC file that others wrote, as far as it matters here."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from fastwarc.warc import WarcRecord, WarcRecordType

from wellspring.engine.errors import marked

from .reader import LARGEST_RECORD

_WANTED = WarcRecordType.response | WarcRecordType.revisit


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A response or revisit record with its block, or another one without."""

    place: int
    """Byte at which it begins in the file; of a packed one, in what unpacking it gives."""
    kind: str
    """WARC-Type in lower case."""
    record_id: str
    target: str
    date: datetime | None
    """WARC-Date as the file claims it, UTC; None where it is missing or cannot be read."""
    ip: str
    content_type: str
    block: bytes
    """HTTP head and body; empty for kinds that hold no answer of a web server."""
    truncated: bool
    in_parts: bool
    """The record is one segment of several."""
    refers_to: str
    """Record id of a revisit's earlier record, without brackets; empty where none is named."""
    refers_to_target: str
    refers_to_date: datetime | None
    payload_digest: str
    """As the file states it, such as `sha1:…`; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stretch of the file that gave no record."""

    place: int
    reason: str
    """Marked message."""


def taken(raw: WarcRecord, place: int) -> ForeignRecord | Unreadable:
    """What fastwarc stands at, read whole and its block digest checked. Raises OSError where the file is damaged."""
    kind = (raw.headers.get("WARC-Type") or "").strip().lower()
    block = b""
    if raw.record_type & _WANTED:
        if raw.content_length > LARGEST_RECORD:
            return Unreadable(place, marked("the record is larger than any that this archive keeps"))
        block = raw.reader.read(raw.content_length) if raw.content_length else b""
        if len(block) < raw.content_length:
            return Unreadable(place, marked("the record is damaged or cut off"))
        if not _matches(block, _header(raw, "WARC-Block-Digest")):
            return Unreadable(place, marked("the block digest does not match"))
    return ForeignRecord(
        place=place,
        kind=kind,
        record_id=_header(raw, "WARC-Record-ID").strip("<>"),
        target=_header(raw, "WARC-Target-URI").strip("<>"),
        date=_moment(_header(raw, "WARC-Date")),
        ip=_header(raw, "WARC-IP-Address"),
        content_type=_header(raw, "Content-Type"),
        block=block,
        truncated=bool(_header(raw, "WARC-Truncated")),
        in_parts=bool(_header(raw, "WARC-Segment-Number")),
        refers_to=_header(raw, "WARC-Refers-To").strip("<>"),
        refers_to_target=_header(raw, "WARC-Refers-To-Target-URI").strip("<>"),
        refers_to_date=_moment(_header(raw, "WARC-Refers-To-Date")),
        payload_digest=_header(raw, "WARC-Payload-Digest"),
    )


def _header(raw: WarcRecord, name: str) -> str:
    return (raw.headers.get(name) or "").strip()


def _moment(text: str) -> datetime | None:
    """A WARC date, 1.0 or 1.1; parts of a second beyond the microsecond are cut."""
    try:
        whole, _, parts = text.removesuffix("Z").partition(".")
        moment = datetime.fromisoformat(whole).replace(tzinfo=UTC)
        return moment.replace(microsecond=int(parts[:6].ljust(6, "0"))) if parts else moment
    except ValueError:
        return None


def _matches(block: bytes, stated: str) -> bool:
    """Whether a digest that a file states, in base 32 or hex, is the block's; one of an unknown kind is not judged."""
    name, _, value = stated.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in ("sha1", "sha256", "sha512", "md5") or not value:
        return True
    digest = hashlib.new(name, block, usedforsecurity=False).digest()
    try:
        return value.lower() == digest.hex() or base64.b32decode(value.upper()) == digest
    except (binascii.Error, ValueError):
        return False
