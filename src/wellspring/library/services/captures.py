"""Keeping what was received: archive first, then the row that says where it lies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wellspring.engine.archive import RevisitTarget, warc_date
from wellspring.engine.errors import AddressRefused, marked
from wellspring.engine.records import CaptureKind, FetchedResponse, RobotsVerdict
from wellspring.library.archive import archive_writer
from wellspring.library.models import Capture, ImportedFile, Source, Visit
from wellspring.library.tasks import read_capture

LONGEST_ADDRESS = 2000
TOO_LONG = marked("%(url)s… is longer than %(limit)s characters. Such an address cannot be kept.")


@dataclass(frozen=True, slots=True)
class Origin:
    """The record of a foreign WARC file that a capture is copied from."""

    file: ImportedFile
    record_id: str
    place: int
    received_at: datetime
    """When we received it; the response carries the time that the file claims."""
    first: Capture | None = None
    """Of a revisit record: the capture that holds the payload."""

    def notes(self) -> list[tuple[str, str]]:
        """Headers that say in our own record where it came from."""
        name = "".join(sign if sign.isprintable() else "?" for sign in self.file.name)
        return [
            ("Wellspring-Imported-From", f"{name} sha256:{self.file.digest} at {self.place}"),
            ("Wellspring-Imported-Record", f"<{self.record_id}>"),
            ("Wellspring-Received", warc_date(self.received_at)),
        ]


def record_capture(
    response: FetchedResponse,
    *,
    kind: CaptureKind,
    source_id: int | None = None,
    visit_id: int | None = None,
    requested_url: str,
    verdict: RobotsVerdict | None = None,
    origin: Origin | None = None,
) -> Capture:
    """Write a response to the archive, synced, then its row; of a page, the task to read it in the same transaction.

    A payload that the archive holds already, or a 304 answer, is written as a revisit of the earlier capture. A source
    or visit that was deleted meanwhile is left out: what was received is kept all the same.
    Raises AddressRefused where an address is too long to be kept, ArchiveError and ArchiveFull.
    """
    for url in (response.url, requested_url):
        if len(url) > LONGEST_ADDRESS:
            raise AddressRefused(TOO_LONG, url=url[:80], limit=LONGEST_ADDRESS)
    # Not inside the transaction: SQLite would keep every other writer waiting for the disk.
    first = (origin and origin.first) or _earlier_capture(response)
    record = archive_writer().write(
        response, revisit_of=_target(first) if first else None, notes=origin.notes() if origin else ()
    )
    with transaction.atomic():
        capture = Capture.objects.create(
            kind=kind.value,
            source_id=_still_there(Source, source_id),
            visit_id=_still_there(Visit, visit_id),
            url=response.url,
            requested_url=requested_url,
            status=response.status,
            content_type=_text(response, "Content-Type")[:200],
            captured_at=response.received_at,
            received_at=origin.received_at if origin else response.received_at,
            imported_from=origin.file if origin else None,
            imported_record=origin.record_id[:200] if origin else "",
            imported_place=origin.place if origin else None,
            ip=response.ip.partition("%")[0] or None,
            warc_file=record.file,
            warc_offset=record.offset,
            warc_length=record.length,
            record_id=record.record_id,
            record_digest=record.record_digest,
            payload_digest=record.payload_digest,
            payload_length=record.payload_length,
            revisit_of=first,
            robots_reason=verdict.reason[:120] if verdict else "",
            robots_capture_id=_robots_capture_id(verdict),
            # A validator that does not fit is left out: cut, it would ask for something else.
            etag=_fitting(response, "ETag", 300),
            last_modified=_fitting(response, "Last-Modified", 60),
        )
        if kind is CaptureKind.PAGE:
            read_capture.enqueue(capture.pk)
    return capture


def _still_there(model: type[Source | Visit], pk: int | None) -> int | None:
    """The id, and the row locked against deletion until the transaction ends; None where it is gone."""
    if pk is None:
        return None
    return model.objects.select_for_update(no_key=True).filter(pk=pk).order_by().values_list("pk", flat=True).first()


def _earlier_capture(response: FetchedResponse) -> Capture | None:
    """The capture that holds this payload already."""
    if response.status == 304:
        last = Capture.objects.filter(url=response.url, status=200).select_related("revisit_of").first()
        return (last.revisit_of or last) if last else None
    if not response.payload or response.truncated:
        return None
    digest = hashlib.sha256(response.payload).hexdigest()
    return Capture.objects.filter(payload_digest=digest, revisit_of=None).order_by("id").first()


def _target(capture: Capture) -> RevisitTarget:
    return RevisitTarget(capture.record_id, capture.url, capture.captured_at, capture.payload_digest)


def _robots_capture_id(verdict: RobotsVerdict | None) -> int | None:
    """The capture of the robots.txt that decided."""
    if verdict is None or not verdict.digest:
        return None
    asked = Q(url=verdict.robots_url) | Q(requested_url=verdict.robots_url)
    captures = Capture.objects.filter(asked, kind=CaptureKind.ROBOTS.value, payload_digest=verdict.digest)
    return captures.values_list("id", flat=True).first()


def _text(response: FetchedResponse, name: str) -> str:
    return (response.header(name) or "").replace("\x00", "")


def _fitting(response: FetchedResponse, name: str, most: int) -> str:
    value = _text(response, name)
    return value if len(value) <= most else ""
