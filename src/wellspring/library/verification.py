"""Every capture read again and compared: what `wellspring verify` reports."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from wellspring.core.errors import told
from wellspring.engine.archive import ArchiveReader, record_problem, stray_bytes
from wellspring.engine.errors import ArchiveError, RecordDamaged, marked
from wellspring.engine.records import ArchivedRecord
from wellspring.library.archive import archive_reader
from wellspring.library.models import Capture, Removal

_READ_AT_ONCE = 8_000_000
_THREADS = min(4, os.cpu_count() or 1)


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


@dataclass(frozen=True, slots=True)
class _Row:
    """What verifying needs of a capture."""

    id: int
    url: str
    status: int
    place: ArchivedRecord
    refers_to: str
    first_payload: str | None
    """Payload digest of the earlier capture of a revisit."""


def verify_archive(*, thorough: bool = False, on_capture: Callable[[], None] = lambda: None) -> Verification:
    """Read every capture again, file by file, and compare every byte with what was written.

    `thorough`: unpack each record wholly and hash its payload too, for whom the digests in the database are not enough.
    `on_capture` is called after each, for a progress bar.
    """
    found = Verification(removed=set(Removal.objects.values_list("capture_id", flat=True)))
    started = time.perf_counter()
    with archive_reader() as reader, ThreadPoolExecutor(_THREADS) as threads:
        files = list(Capture.objects.order_by("warc_file").values_list("warc_file", flat=True).distinct())
        for file in files:
            rows = _rows_in(file)
            standing = [row for row in rows if row.id not in found.removed]
            # Hashing and unpacking let the other threads work meanwhile.
            work = partial(_problems, thorough=thorough)
            for batch, problems in _side_by_side(threads, work, _batches(standing)):
                for row, problem in zip(batch, problems, strict=True):
                    found.captures += 1
                    found.bytes += row.place.length
                    if problem is not None:
                        found.damaged.append(_damage(row, problem))
                    on_capture()
            _look_beside(found, reader, file, rows)
        for file in sorted(set(reader.files()) - set(files)):
            found.leftovers += [Leftover(file, 0, reader.size(file))]
    found.seconds = time.perf_counter() - started
    return found


def _rows_in(file: str) -> list[_Row]:
    rows = (
        Capture.objects.filter(warc_file=file)
        .order_by("warc_offset")
        .values_list(
            "id",
            "url",
            "status",
            "warc_offset",
            "warc_length",
            "record_id",
            "record_digest",
            "payload_digest",
            "payload_length",
            "revisit_of_id",
            "revisit_of__record_id",
            "revisit_of__payload_digest",
        )
    )
    return [
        _Row(
            id=pk,
            url=url,
            status=status,
            place=ArchivedRecord(file, offset, length, record, digest, payload, size, first is not None),
            refers_to=first_record or "",
            first_payload=first_payload,
        )
        for pk, url, status, offset, length, record, digest, payload, size, first, first_record, first_payload in (
            rows.iterator(chunk_size=2000)
        )
    ]


def _batches(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows that lie near one another, to be read at once."""
    batch: list[_Row] = []
    for row in rows:
        if batch and row.place.offset + row.place.length - batch[0].place.offset > _READ_AT_ONCE:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _side_by_side(
    threads: ThreadPoolExecutor,
    work: Callable[[list[_Row]], list[ArchiveError | None]],
    batches: Iterator[list[_Row]],
) -> Iterator[tuple[list[_Row], list[ArchiveError | None]]]:
    """Each batch with its result, in order, a few under way at once."""
    under_way: deque[tuple[list[_Row], Future[list[ArchiveError | None]]]] = deque()
    for batch in batches:
        under_way.append((batch, threads.submit(work, batch)))
        if len(under_way) > 2 * _THREADS:
            done, result = under_way.popleft()
            yield done, result.result()
    for done, result in under_way:
        yield done, result.result()


def _problems(batch: list[_Row], *, thorough: bool) -> list[ArchiveError | None]:
    """What is wrong with each; touches no database."""
    begin = batch[0].place.offset
    end = max(row.place.offset + row.place.length for row in batch)
    with archive_reader() as reader:
        try:
            # A row that was changed may name a place far off: each is then read by itself.
            together = reader.raw(batch[0].place.file, begin, end - begin) if end - begin <= 2 * _READ_AT_ONCE else None
            return [_problem(row, begin, together, reader, thorough) for row in batch]
        except ArchiveError as error:
            return [error] * len(batch)


def _problem(
    row: _Row, begin: int, together: bytes | None, reader: ArchiveReader, thorough: bool
) -> ArchiveError | None:
    place = row.place
    if together is None:
        data: bytes | memoryview = reader.raw(place.file, place.offset, place.length)
    else:
        data = memoryview(together)[place.offset - begin : place.offset - begin + place.length]
    problem = record_problem(data, place, url=row.url, refers_to=row.refers_to, thorough=thorough)
    if not problem and row.status != 304 and row.first_payload not in (None, place.payload_digest):
        problem = marked("the earlier capture holds another payload")
    return RecordDamaged(path=place.file, offset=place.offset, detail=problem) if problem else None


def _look_beside(found: Verification, reader: ArchiveReader, file: str, captures: list[_Row]) -> None:
    """Note what else lies in the file; a changed head of the file is told with the file's first capture."""
    try:
        strays = stray_bytes(reader, file, [(row.place.offset, row.place.length) for row in captures])
    except ArchiveError:
        return  # a missing file is told with each of its captures
    for stray in strays:
        if stray.damage:
            problem = RecordDamaged(path=file, offset=stray.offset, detail=stray.damage)
            found.damaged.append(_damage(captures[0], problem))
        else:
            found.leftovers.append(Leftover(file, stray.offset, stray.length))


def _damage(row: _Row, problem: ArchiveError) -> Damage:
    return Damage(row.id, row.url, row.place.file, row.place.offset, problem.code, told(problem))
