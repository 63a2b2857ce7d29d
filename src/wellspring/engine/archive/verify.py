"""Checking: does the archive still hold what was promised, byte for byte, and what else lies in it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wellspring.engine.errors import ArchiveError, RecordDamaged, marked
from wellspring.engine.records import ArchivedRecord

from .reader import LARGEST_RECORD, ArchiveReader, stored_response
from .record import parse_record, sha256_hex, stored, unpacked


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
    problem = _problem(data, place, url, refers_to)
    return RecordDamaged(path=place.file, offset=place.offset, detail=problem) if problem else None


def _problem(data: bytes, place: ArchivedRecord, url: str, refers_to: str) -> str:
    if len(data) < place.length:
        return marked("the file ends before the record does")
    if sha256_hex(data) != place.record_digest:
        return marked("the bytes in the file are not those that were written")
    try:
        content, length = unpacked(data, limit=LARGEST_RECORD)
        response = stored_response(content)
        if length < len(data):
            parse_record(unpacked(data[length:], limit=LARGEST_RECORD)[0])
    except ValueError as error:
        return str(error)
    if response.record_id != place.record_id:
        return marked("another record stands here")
    if response.url != url:
        return marked("the record is of another address")
    if (response.warc_type == "revisit") != place.is_revisit:
        return marked("the record is of another type")
    if response.refers_to != refers_to:
        return marked("the record refers to another earlier one")
    if not place.is_revisit and not (
        sha256_hex(response.payload) == response.payload_digest == place.payload_digest
        and len(response.payload) == place.payload_length
    ):
        return marked("the payload digest does not match")
    return ""


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
