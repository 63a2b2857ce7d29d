"""One WARC 1.1 record as bytes: built for writing, taken apart again after reading."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from wellspring.engine.errors import marked

VERSION = b"WARC/1.1\r\n"
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
_STORED_MOST = 0xFFFF
_LINE_BREAK = re.compile(r"[\r\n\x00]")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    headers: dict[str, str]
    block: bytes

    def header(self, name: str) -> str:
        """A header's value, empty where it is missing; names in the case we write them."""
        return self.headers.get(name, "")


def new_record_id() -> str:
    return f"urn:uuid:{uuid4()}"


def sha256_hex(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()


def labelled(digest: str) -> str:
    """A digest as WARC headers carry it."""
    return f"sha256:{digest}"


def warc_date(moment: datetime) -> str:
    """UTC to the microsecond, as WARC 1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def build_record(kind: str, headers: Iterable[tuple[str, str]], block: bytes) -> bytes:
    """The record, not yet compressed. A value with a line break in it raises ValueError: it would forge a header."""
    lines = [VERSION, f"WARC-Type: {kind}\r\n".encode()]
    for name, value in headers:
        if _LINE_BREAK.search(value):
            raise ValueError(f"{name} has a line break in it")
        lines.append(f"{name}: {value}\r\n".encode())
    lines.append(f"WARC-Block-Digest: {labelled(sha256_hex(block))}\r\n".encode())
    lines.append(f"Content-Length: {len(block)}\r\n\r\n".encode())
    return b"".join([*lines, block, b"\r\n\r\n"])


def parse_record(data: bytes) -> WarcRecord:
    """Take a record apart and check its block digest.

    Raises ValueError saying what is wrong with it.
    """
    head, end, rest = data.partition(b"\r\n\r\n")
    if not end or not head.startswith(VERSION):
        raise ValueError(marked("no WARC record begins here"))
    headers, length = parse_headers(head)
    block = rest[:length]
    if rest[length:] != b"\r\n\r\n":
        raise ValueError(marked("the WARC record is longer or shorter than it says"))
    if headers.get("WARC-Block-Digest") != labelled(sha256_hex(block)):
        raise ValueError(marked("the block digest does not match"))
    return WarcRecord(headers, block)


def parse_headers(head: bytes) -> tuple[dict[str, str], int]:
    """A record's headers, of what stands before its empty line, and the length of its block.

    Raises ValueError saying what is wrong with them.
    """
    if not head.startswith(VERSION):
        raise ValueError(marked("no WARC record begins here"))
    headers: dict[str, str] = {}
    for line in head[len(VERSION) :].split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if not colon:
            raise ValueError(marked("a WARC header line cannot be read"))
        headers[name.decode("latin-1")] = value.strip().decode("utf-8", "replace")
    try:
        return headers, int(headers["Content-Length"])
    except (KeyError, ValueError):
        raise ValueError(marked("the WARC record does not say how long it is")) from None


def compressed(data: bytes) -> bytes:
    """One gzip member."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def stored(data: bytes) -> bytes:
    """One gzip member without compression, the same bytes for the same data with every zlib.

    A file's warcinfo is written so: no row holds its digest, but building it again tells whether a bit has changed.
    """
    pieces = [_GZIP_HEAD]
    for start in range(0, len(data), _STORED_MOST):
        piece = data[start : start + _STORED_MOST]
        last = start + _STORED_MOST >= len(data)
        pieces += [struct.pack("<BHH", last, len(piece), len(piece) ^ 0xFFFF), piece]
    pieces.append(struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF))
    return b"".join(pieces)


def unpacked(data: bytes | memoryview, *, limit: int) -> tuple[bytes, int]:
    """The first gzip member's content and the member's own length in bytes.

    Raises ValueError where it is damaged, cut off or unpacks to more than `limit` bytes.
    """
    opener = zlib.decompressobj(31)
    try:
        content = opener.decompress(data, limit + 1)
    except zlib.error:
        raise ValueError(marked("the compressed record cannot be unpacked")) from None
    if len(content) > limit:
        raise ValueError(marked("the record unpacks to more than any record of this archive"))
    if not opener.eof:
        raise ValueError(marked("the compressed record is cut off"))
    return content, len(data) - len(opener.unused_data)


def warcinfo(name: str, fields: dict[str, str], moment: datetime) -> bytes:
    """The member that a WARC file begins with. Raises ValueError where a value has a line break."""
    if any(_LINE_BREAK.search(value) for value in fields.values()):
        raise ValueError("a field has a line break in it")
    headers = [
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Date", warc_date(moment)),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    ]
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    return compressed(build_record("warcinfo", headers, block.encode()))
