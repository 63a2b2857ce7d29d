"""Writing: rotating WARC files, each record on disk before its place is told to anybody."""

from __future__ import annotations

import errno
import os
import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from wellspring import __version__
from wellspring.engine.errors import ArchiveError, ArchiveFull, marked
from wellspring.engine.records import ArchivedRecord, FetchedResponse

from .message import payload_of, split_message
from .record import build_record, compressed, labelled, new_record_id, sha256_hex, stored, warc_date

MAX_FILE_BYTES = 1_000_000_000
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class RevisitTarget:
    """An earlier capture that already holds the payload."""

    record_id: str
    url: str
    captured_at: datetime
    payload_digest: str


class ArchiveWriter:
    """Writes to a file of its own in `folder`; another process or writer opens another one. Threads may share it."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_FILE_BYTES) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._handle: int | None = None
        self._name = ""
        self._size = 0
        self._warcinfo_id = ""

    def write(
        self,
        response: FetchedResponse,
        *,
        revisit_of: RevisitTarget | None = None,
        notes: Sequence[tuple[str, str]] = (),
    ) -> ArchivedRecord:
        """Keep a response as received, synced to disk on return. `notes` are further headers of its record.

        With `revisit_of` only the head is written and refers to the earlier record: that one must hold the same
        payload, or `response` be a 304 answer to a conditional request. Raises ArchiveFull where the disk is full (what
        was half-written is cut away) and ArchiveError where it fails otherwise, or `payload` is not what `body` holds.
        """
        digest = sha256_hex(response.payload)
        record_id = new_record_id()
        try:
            if split_message(response.head + response.body)[0] != response.head:
                raise ValueError(marked("the HTTP head is not where it should end"))
            if revisit_of is not None:
                if response.status != 304 and digest != revisit_of.payload_digest:
                    raise ValueError(marked("the earlier capture holds another payload"))
            elif payload_of(response.head, response.body, truncated=response.truncated) != response.payload:
                raise ValueError(marked("the payload is not what the body holds"))
            with self._lock:
                self._make_room()
                data = self._members(response, record_id, digest, revisit_of, notes)
                offset = self._append(data)
                file = self._name
        except ValueError as error:
            raise ArchiveError(detail=f"{response.url}: {error}") from None
        return ArchivedRecord(
            file=file,
            offset=offset,
            length=len(data),
            record_id=record_id,
            record_digest=sha256_hex(data),
            payload_digest=digest,
            payload_length=len(response.payload),
            is_revisit=revisit_of is not None,
        )

    def close(self) -> None:
        with self._lock:
            self._leave_file()

    def _members(
        self,
        response: FetchedResponse,
        record_id: str,
        digest: str,
        revisit_of: RevisitTarget | None,
        notes: Sequence[tuple[str, str]],
    ) -> bytes:
        common = [
            ("WARC-Target-URI", response.url),
            ("WARC-Date", warc_date(response.received_at)),
            ("WARC-IP-Address", response.ip),
            ("WARC-Warcinfo-ID", f"<{self._warcinfo_id}>"),
        ]
        headers = [
            ("WARC-Record-ID", f"<{record_id}>"),
            *[(name, value) for name, value in common if value],
            ("Content-Type", "application/http;msgtype=response"),
            *notes,
        ]
        if revisit_of is None:
            headers.append(("WARC-Payload-Digest", labelled(digest)))
            if response.truncated:
                headers.append(("WARC-Truncated", "length"))
            members = compressed(build_record("response", headers, response.head + response.body))
        else:
            headers += [
                ("WARC-Profile", NOT_MODIFIED if response.status == 304 else IDENTICAL),
                ("WARC-Payload-Digest", labelled(revisit_of.payload_digest)),
                ("WARC-Refers-To", f"<{revisit_of.record_id}>"),
                ("WARC-Refers-To-Target-URI", revisit_of.url),
                ("WARC-Refers-To-Date", warc_date(revisit_of.captured_at)),
            ]
            members = compressed(build_record("revisit", headers, response.head))
        if response.request_head:
            asked = [
                ("WARC-Record-ID", f"<{new_record_id()}>"),
                ("WARC-Concurrent-To", f"<{record_id}>"),
                *[(name, value) for name, value in common if value],
                ("Content-Type", "application/http;msgtype=request"),
            ]
            members += compressed(build_record("request", asked, response.request_head))
        return members

    def _make_room(self) -> None:
        """Have a file open that is not full yet."""
        # Without a name the file is gone as soon as it is closed: somebody has emptied the folder under us.
        if self._handle is not None and (self._size >= self.max_bytes or os.fstat(self._handle).st_nlink == 0):
            self._leave_file()
        if self._handle is not None:
            return
        host = re.sub(r"[^A-Za-z0-9.]+", "-", socket.gethostname())[:40] or "host"
        name = f"WSP-{datetime.now(UTC):%Y%m%d%H%M%S%f}-{host}-{os.getpid()}-{next(_numbers)}.warc.gz"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            self._leave_file()
            raise self._failure(error) from error
        self._name, self._size, self._warcinfo_id = name, 0, new_record_id()
        self._append(stored(self._warcinfo()))

    def _warcinfo(self) -> bytes:
        fields = f"software: wellspring/{__version__}\r\nformat: WARC File Format 1.1\r\n"
        headers = [
            ("WARC-Record-ID", f"<{self._warcinfo_id}>"),
            ("WARC-Date", warc_date(datetime.now(UTC))),
            ("WARC-Filename", self._name),
            ("Content-Type", "application/warc-fields"),
        ]
        return build_record("warcinfo", headers, fields.encode())

    def _append(self, data: bytes) -> int:
        """Write at the end and sync; returns the offset. What fails half-way leaves no trace in the file."""
        assert self._handle is not None
        offset, written = self._size, 0
        try:
            while written < len(data):
                written += os.pwrite(self._handle, data[written:], offset + written)
            os.fsync(self._handle)
        except OSError as error:
            self._take_back(offset, synced=written < len(data))
            raise self._failure(error) from error
        self._size += len(data)
        return offset

    def _take_back(self, offset: int, *, synced: bool) -> None:
        """Cut a half-written tail away. After a failed sync nobody knows what is on disk: go on in a new file."""
        assert self._handle is not None
        try:
            os.ftruncate(self._handle, offset)
            os.fsync(self._handle)
        except OSError:
            synced = False  # the tail stays; no row refers to it, and `wellspring verify` notes it
        if offset == 0 or not synced:
            self._leave_file()
        if offset == 0:
            (self.folder / self._name).unlink(missing_ok=True)

    def _leave_file(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _failure(self, error: OSError) -> ArchiveError:
        if error.errno in _FULL:
            return ArchiveFull(path=str(self.folder))
        return ArchiveError(detail=f"{self.folder}: {error.strerror}")
