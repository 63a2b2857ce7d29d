"""Checking: does the archive still hold what was promised, byte for byte, and what else lies in it?"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from wellspring.engine.errors import ArchiveError, RecordDamaged, marked
from wellspring.engine.records import ArchivedRecord

from .message import is_chunked, split_message
from .reader import LARGEST_RECORD, ArchiveReader, stored_response
from .record import parse_headers, parse_record, sha256_hex, stored, unpacked

_SHORT, _LONG = 2048, 32768
"""Bytes of a record that hold its head and that of the response in it, nearly always and always."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Bytes of a file that no capture refers to."""

    file: str
    offset: int
    length: int
    damage: str = ""
    """Why the head of the file is not as it was written; empty for bytes that are merely left over."""


def verify_record(
    reader: ArchiveReader, place: ArchivedRecord, *, url: str, refers_to: str = ""
) -> ArchiveError | None:
    """None where the archive holds this capture unchanged, else what is wrong with it.

    Compared are the bytes in the file with their digest, the record's own digests, its address and its id; of a revisit
    the id of the record it refers to, which is to be verified itself.
    """
    try:
        data = reader.raw(place.file, place.offset, place.length)
    except ArchiveError as error:
        return error
    problem = record_problem(data, place, url=url, refers_to=refers_to, thorough=True)
    return RecordDamaged(path=place.file, offset=place.offset, detail=problem) if problem else None


def record_problem(
    data: bytes | memoryview, place: ArchivedRecord, *, url: str, refers_to: str = "", thorough: bool
) -> str:
    """What is wrong with a capture's bytes as they lie in the file, as a marked message; empty for nothing.

    Without `thorough` only the beginning of the record is unpacked: its digest covers every byte, and the log seals the
    digest. The payload is hashed again where the beginning does not tell its length.
    """
    if len(data) < place.length:
        return marked("the file ends before the record does")
    if sha256_hex(data) != place.record_digest:
        return marked("the bytes in the file are not those that were written")
    told = None if thorough else _beginning(data, _SHORT) or _beginning(data, _LONG)
    try:
        if told is None:
            told = _whole(data)
    except ValueError as error:
        return str(error)
    if told.record_id != place.record_id:
        return marked("another record stands here")
    if told.url != url:
        return marked("the record is of another address")
    if told.is_revisit != place.is_revisit:
        return marked("the record is of another type")
    if told.refers_to != refers_to:
        return marked("the record refers to another earlier one")
    if not place.is_revisit and (told.payload_digest, told.payload_length) != (
        place.payload_digest,
        place.payload_length,
    ):
        return marked("the payload digest does not match")
    return ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a record says of itself."""

    record_id: str
    url: str
    is_revisit: bool
    refers_to: str
    payload_digest: str
    payload_length: int


def _whole(data: bytes | memoryview) -> _Told:
    """By unpacking all of it and hashing the payload. Raises ValueError saying what is wrong."""
    content, length = unpacked(data, limit=LARGEST_RECORD)
    response = stored_response(content)
    if length < len(data):
        parse_record(unpacked(data[length:], limit=LARGEST_RECORD)[0])
    is_revisit = response.warc_type == "revisit"
    if not is_revisit and sha256_hex(response.payload) != response.payload_digest:
        raise ValueError(marked("the payload digest does not match"))
    return _Told(
        record_id=response.record_id,
        url=response.url,
        is_revisit=is_revisit,
        refers_to=response.refers_to,
        payload_digest=response.payload_digest,
        payload_length=len(response.payload),
    )


def _beginning(data: bytes | memoryview, size: int) -> _Told | None:
    """By unpacking its first `size` bytes only; None where they do not tell enough."""
    try:
        begin = zlib.decompressobj(31).decompress(data[:size], size)
        warc_head, _, block = begin.partition(b"\r\n\r\n")
        headers, length = parse_headers(warc_head)
        warc_type = headers.get("WARC-Type", "")
        head = split_message(block)[0]
    except (ValueError, zlib.error):
        return None
    if warc_type not in ("response", "revisit") or (warc_type == "response" and is_chunked(head)):
        return None
    return _Told(
        record_id=headers.get("WARC-Record-ID", "").strip("<>"),
        url=headers.get("WARC-Target-URI", ""),
        is_revisit=warc_type == "revisit",
        refers_to=headers.get("WARC-Refers-To", "").strip("<>"),
        payload_digest=headers.get("WARC-Payload-Digest", "").removeprefix("sha256:"),
        payload_length=length - len(head),
    )


def stray_bytes(reader: ArchiveReader, file: str, known: Iterable[tuple[int, int]]) -> list[Stray]:
    """What lies in a file beside the `known` (offset, length) places, given in order of their offsets.

    The warcinfo record at the head is checked and not stray. A tail is what a crash or a write under way leaves behind.
    Raises ArchiveError where the file cannot be read.
    """
    size = reader.size(file)
    strays = []
    position = 0
    for offset, length in [*known, (size, 0)]:
        if position == 0 and offset > 0:
            head = _warcinfo_length(reader, file, min(offset, 1_000_000))
            if isinstance(head, str):
                strays.append(Stray(file, 0, offset, head))
                head = offset
            position = head
        if offset > position:
            strays.append(Stray(file, position, offset - position))
        position = max(position, offset + length)
    return strays


def _warcinfo_length(reader: ArchiveReader, file: str, most: int) -> int | str:
    """Length of an intact warcinfo record at the head, or what is wrong with it."""
    data = reader.raw(file, 0, most)
    try:
        content, length = unpacked(data, limit=1_000_000)
        record = parse_record(content)
    except ValueError as error:
        return str(error)
    if stored(content) != data[:length] or record.header("WARC-Type") != "warcinfo":
        return marked("the head of the file is not as it was written")
    return length
