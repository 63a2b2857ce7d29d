"""Foreign WARC files into the library: each answer of a web server becomes a capture of ours, once."""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from wellspring.core.errors import DomainError, told_stored
from wellspring.engine.archive import ForeignRecord, ForeignWarc, Unreadable
from wellspring.engine.errors import AddressRefused, ArchiveError, ArchiveFull, EngineError
from wellspring.engine.records import CaptureKind
from wellspring.library.imported import NotAnAnswer, Unfit, answer_in
from wellspring.library.models import Capture, ImportedFile
from wellspring.library.services.captures import Origin, record_capture
from wellspring.library.services.readings import read_capture

_SAVED_EVERY = 2.0
_MOST_FAILURES = 1000
_PIECE = 1 << 20

Progress = Callable[[str, int, int], None]


class ImportRefused(DomainError):
    code = "import_refused"


@dataclass(frozen=True, slots=True)
class Failure:
    place: int
    reason: str
    """In the language that is active now."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: ImportedFile
    captured: int
    """By this call."""
    snapshots: int
    """Reports that readers see new, by this call."""
    known_before: bool
    """It had been imported wholly before: nothing was read again."""

    @property
    def failures(self) -> list[Failure]:
        return [Failure(place, told_stored(message, data)) for place, message, data in self.file.failures]


def import_file(path: Path, *, again: bool = False, progress: Progress) -> Imported:
    """Read a WARC file from where the last import of the same content stopped, and keep what it holds.

    A record that is here already is not kept twice, whatever the file is called. `again`: read it from its beginning,
    for records that could not be kept before. `progress` is told what is done, bytes done and bytes in all. Raises
    ImportRefused where the file cannot be opened or another import is running, ArchiveFull where the disk is full:
    the next call goes on there.
    """
    with _alone():
        row = _row_of(path, progress)
        if row.finished_at and not again:
            return Imported(row, 0, 0, known_before=True)
        if again:
            row.position = row.records = row.skipped = row.failed = 0
            row.failures, row.finished_at = [], None
        return _Import(row, path, progress).run()


class _Import:
    def __init__(self, row: ImportedFile, path: Path, progress: Progress) -> None:
        self.row, self.path, self.progress = row, path, progress
        self.captured = self.snapshots = 0
        here = Capture.objects.filter(imported_from=row, imported_place__gte=row.position)
        self.here = set(here.values_list("imported_place", flat=True))
        """Places of records after `position` that were kept before an interruption."""

    def run(self) -> Imported:
        doing = gettext("Importing %(name)s") % {"name": self.row.name}
        saved = time.monotonic()
        with ForeignWarc(self.path) as warc:
            for item in warc.records(self.row.position):
                if time.monotonic() - saved > _SAVED_EVERY:
                    # Every item before this one is settled.
                    self.row.position = item.place
                    self.row.save()
                    saved = time.monotonic()
                    self.progress(doing, warc.read_up_to, warc.size)
                self._settle(item)
                self.row.records += 1
        self.row.captured = self.row.captures.count()
        self.row.finished_at = timezone.now()
        self.row.save()
        return Imported(self.row, self.captured, self.snapshots, known_before=False)

    def _settle(self, item: ForeignRecord | Unreadable) -> None:
        if isinstance(item, Unreadable):
            self._failed(item.place, item.reason, {})
        elif item.place not in self.here:
            try:
                self._keep(item)
            except NotAnAnswer:
                self.row.skipped += 1
            except Unfit as unfit:
                self._failed(item.place, unfit.reason, unfit.data)
            except ArchiveFull:
                self.row.position = item.place
                self.row.save()
                raise
            except (AddressRefused, ArchiveError) as error:
                self._failed(item.place, error.message, {key: str(value) for key, value in error.data.items()})

    def _keep(self, record: ForeignRecord) -> None:
        answer = answer_in(record)
        origin = Origin(
            file=self.row,
            record_id=record.record_id,
            place=record.place,
            received_at=timezone.now(),
            first=answer.first,
        )
        capture = record_capture(answer.response, kind=answer.kind, requested_url=answer.response.url, origin=origin)
        self.captured += 1
        if answer.kind is CaptureKind.PAGE:
            with suppress(EngineError):  # the worker reads it later and writes down why it cannot
                self.snapshots += read_capture(capture.pk).is_new

    def _failed(self, place: int, message: str, data: dict[str, str]) -> None:
        self.row.failed += 1
        if len(self.row.failures) < _MOST_FAILURES:
            self.row.failures.append([place, message, data])


def _row_of(path: Path, progress: Progress) -> ImportedFile:
    """The file's row by its content, made where it is new."""
    doing = gettext("Reading %(name)s") % {"name": path.name}
    digest, done = hashlib.sha256(), 0
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                done += len(piece)
                progress(doing, done, size)
    except OSError as error:
        raise ImportRefused(
            gettext("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from None
    name = path.name.encode("utf-8", "replace").decode()[:255]
    row, _ = ImportedFile.objects.get_or_create(digest=digest.hexdigest(), defaults={"name": name, "size": done})
    return row


@contextmanager
def _alone() -> Iterator[None]:
    path = settings.ENVIRONMENT.data / "import.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportRefused(gettext("Another import is running on this machine; let it end first.")) from None
        yield
