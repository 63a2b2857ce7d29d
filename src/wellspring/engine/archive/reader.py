"""Reading: one stored response by its place in the archive."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from wellspring.engine.errors import ArchiveError, RecordDamaged, marked

from .message import payload_of, split_message
from .record import parse_record, unpacked

LARGEST_RECORD = 256_000_000
_GUESS = 128 * 1024
_OPEN_FILES = 8


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response or revisit record as it lies in the archive."""

    url: str
    record_id: str
    warc_type: str
    """`response`, or `revisit`: then body and payload are empty and lie with the record `refers_to`."""
    head: bytes
    body: bytes
    payload: bytes
    """The body without transfer coding; content coding still on."""
    payload_digest: str
    """SHA-256 in hex as the record states it."""
    refers_to: str
    """Record id of the earlier record of a revisit, else empty."""
    truncated: bool
    """Only the beginning of the body was received."""


class ArchiveReader:
    """Reads from `folder`. Keeps a few files open; close it, or use it in a `with`. One thread at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handles: OrderedDict[str, int] = OrderedDict()

    def __enter__(self) -> ArchiveReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        while self._handles:
            os.close(self._handles.popitem()[1])

    def read(self, file: str, offset: int, length: int | None = None) -> StoredResponse:
        """The response at a place, block digest checked.

        Raises ArchiveError where the file is missing and RecordDamaged where the record cannot be read.
        """
        size = _GUESS if length is None else length
        while True:
            data = self.raw(file, offset, size)
            try:
                content, _ = unpacked(data, limit=LARGEST_RECORD)
                return stored_response(content)
            except ValueError as error:
                if length is None and len(data) == size:
                    size *= 8
                    continue
                raise RecordDamaged(path=file, offset=offset, detail=str(error)) from None

    def raw(self, file: str, offset: int, length: int) -> bytes:
        """Bytes as they lie in the file; fewer than asked where it ends before.

        Raises ArchiveError where the file cannot be opened or read.
        """
        pieces = []
        try:
            handle = self._handle(file)
            while length > 0:
                piece = os.pread(handle, min(length, LARGEST_RECORD), offset)
                if not piece:
                    break
                pieces.append(piece)
                offset += len(piece)
                length -= len(piece)
        except OSError as error:
            raise ArchiveError(detail=f"{file}: {error.strerror}") from error
        return b"".join(pieces)

    def size(self, file: str) -> int:
        """Bytes in a file. Raises ArchiveError where it is missing."""
        try:
            return os.fstat(self._handle(file)).st_size
        except OSError as error:
            raise ArchiveError(detail=f"{file}: {error.strerror}") from error

    def files(self) -> list[str]:
        """Names of the archive's files."""
        return sorted(path.name for path in self.folder.glob("*.warc.gz"))

    def _handle(self, file: str) -> int:
        if file in self._handles:
            self._handles.move_to_end(file)
            return self._handles[file]
        if not file or Path(file).name != file:
            raise ArchiveError(detail=f"{file!r} is not the name of a file in the archive")
        handle = os.open(self.folder / file, os.O_RDONLY | os.O_CLOEXEC)
        self._handles[file] = handle
        if len(self._handles) > _OPEN_FILES:
            os.close(self._handles.popitem(last=False)[1])
        return handle


def stored_response(content: bytes) -> StoredResponse:
    """Take an unpacked record apart.

    Raises ValueError saying what is wrong with it.
    """
    record = parse_record(content)
    warc_type = record.header("WARC-Type")
    if warc_type not in ("response", "revisit"):
        raise ValueError(marked("no response stands here"))
    head, body = split_message(record.block)
    truncated = bool(record.header("WARC-Truncated"))
    return StoredResponse(
        url=record.header("WARC-Target-URI"),
        record_id=record.header("WARC-Record-ID").strip("<>"),
        warc_type=warc_type,
        head=head,
        body=body,
        payload=payload_of(head, body, truncated=truncated),
        payload_digest=record.header("WARC-Payload-Digest").removeprefix("sha256:"),
        refers_to=record.header("WARC-Refers-To").strip("<>"),
        truncated=truncated,
    )
