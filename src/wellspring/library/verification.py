"""Every capture read again and compared: what `wellspring verify` reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from wellspring.core.errors import told
from wellspring.engine.archive import ArchiveReader, stray_bytes, verify_record
from wellspring.engine.errors import ArchiveError, RecordDamaged, marked
from wellspring.library.archive import archive_reader, place_of
from wellspring.library.models import Capture, Removal


@dataclass(frozen=True, slots=True)
class Damage:
    """A capture that the archive does not hold as it was written."""

    capture: int
    url: str
    file: str
    offset: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Bytes that no capture refers to: a crash left them, or a capture is just being written."""

    file: str
    offset: int
    length: int


@dataclass(slots=True)
class Verification:
    captures: int = 0
    bytes: int = 0
    """Bytes of archive files read."""
    damaged: list[Damage] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    """Captures that a recorded removal took out of the archive."""
    seconds: float = 0.0

    @property
    def megabytes_per_second(self) -> float:
        return self.bytes / 1e6 / max(self.seconds, 1e-6)

    def as_json(self) -> dict[str, Any]:
        return {
            "captures": self.captures,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "megabytes_per_second": round(self.megabytes_per_second, 1),
            "damaged": [asdict(damage) for damage in self.damaged],
            "leftovers": [asdict(leftover) for leftover in self.leftovers],
        }


def verify_archive(*, on_capture: Callable[[], None] = lambda: None) -> Verification:
    """Read every capture again, file by file. `on_capture` is called after each, for a progress bar."""
    found = Verification(removed=set(Removal.objects.values_list("capture_id", flat=True)))
    started = time.perf_counter()
    with archive_reader() as reader:
        files = list(Capture.objects.order_by("warc_file").values_list("warc_file", flat=True).distinct())
        for file in files:
            captures = list(_captures_in(file))
            for capture in captures:
                _verify(found, reader, capture)
                on_capture()
            _look_beside(found, reader, file, captures)
        for file in sorted(set(reader.files()) - set(files)):
            found.leftovers += [Leftover(file, 0, reader.size(file))]
    found.seconds = time.perf_counter() - started
    return found


def _captures_in(file: str) -> Iterator[Capture]:
    captures = Capture.objects.filter(warc_file=file).select_related("revisit_of").order_by("warc_offset")
    return captures.iterator(chunk_size=2000)


def _verify(found: Verification, reader: ArchiveReader, capture: Capture) -> None:
    if capture.pk in found.removed:
        return  # its bytes were taken out on purpose; its leaf in the log is still checked
    first = capture.revisit_of
    problem = verify_record(reader, place_of(capture), url=capture.url, refers_to=first.record_id if first else "")
    if problem is None and first and capture.status != 304 and first.payload_digest != capture.payload_digest:
        problem = RecordDamaged(
            path=capture.warc_file,
            offset=capture.warc_offset,
            detail=marked("the earlier capture holds another payload"),
        )
    found.captures += 1
    found.bytes += capture.warc_length
    if problem is not None:
        found.damaged.append(_damage(capture, problem))


def _look_beside(found: Verification, reader: ArchiveReader, file: str, captures: list[Capture]) -> None:
    """Note what else lies in the file; a changed head of the file is told with the file's first capture."""
    try:
        strays = stray_bytes(reader, file, [(capture.warc_offset, capture.warc_length) for capture in captures])
    except ArchiveError:
        return  # a missing file is told with each of its captures
    for stray in strays:
        if stray.damage:
            problem = RecordDamaged(path=file, offset=stray.offset, detail=stray.damage)
            found.damaged.append(_damage(captures[0], problem))
        else:
            found.leftovers.append(Leftover(file, stray.offset, stray.length))


def _damage(capture: Capture, problem: ArchiveError) -> Damage:
    return Damage(capture.pk, capture.url, capture.warc_file, capture.warc_offset, problem.code, told(problem))
