"""Between rows and bytes: the archive of this installation, and what a capture row stands for in it."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from wellspring.engine.archive import ArchiveReader, ArchiveWriter
from wellspring.engine.fetch.content import decoded_payload
from wellspring.engine.records import ArchivedRecord, FetchedResponse
from wellspring.library.models import Capture


def archive_writer() -> ArchiveWriter:
    """The one writer of this process; a forked child gets its own."""
    return _writer(settings.ENVIRONMENT.archive, os.getpid())


@lru_cache(maxsize=4)
def _writer(folder: Path, process: int) -> ArchiveWriter:
    return ArchiveWriter(folder)


def archive_reader() -> ArchiveReader:
    """A reader to be used in a `with`."""
    return ArchiveReader(settings.ENVIRONMENT.archive)


def place_of(capture: Capture) -> ArchivedRecord:
    """Where a capture lies and what it should hash to."""
    return ArchivedRecord(
        file=capture.warc_file,
        offset=capture.warc_offset,
        length=capture.warc_length,
        record_id=capture.record_id,
        record_digest=capture.record_digest,
        payload_digest=capture.payload_digest,
        payload_length=capture.payload_length,
        is_revisit=capture.revisit_of_id is not None,
    )


def kept_response(capture: Capture, reader: ArchiveReader | None = None) -> FetchedResponse:
    """A capture's response as the archive holds it.

    Of a revisit, head and body come from two records: the payload, and after a 304 answer the head too, from the
    earlier capture. `body` is then the payload without the chunks it came in.
    Raises ArchiveError and RecordDamaged.
    """
    if reader is None:
        with archive_reader() as own:
            return kept_response(capture, own)
    stored = reader.read(capture.warc_file, capture.warc_offset, capture.warc_length)
    head, body, payload = stored.head, stored.body, stored.payload
    if capture.revisit_of is not None:
        first = capture.revisit_of
        whole = reader.read(first.warc_file, first.warc_offset, first.warc_length)
        body = payload = whole.payload
        if capture.status == 304:
            head = whole.head
    return FetchedResponse(
        url=capture.url,
        status=capture.status,
        head=head,
        body=body,
        payload=payload,
        received_at=capture.captured_at,
        ip=capture.ip or "",
        truncated=stored.truncated,
    )


def kept_content(response: FetchedResponse) -> bytes:
    """A kept response's payload with its content coding taken off. Raises FetchError subclasses."""
    return decoded_payload(response, limit=settings.ENVIRONMENT.max_page_bytes)
