"""Captures as one WARC file that other tools read: the records as they lie in the archive, each checked on its way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from wellspring import __version__
from wellspring.core.errors import DomainError, told
from wellspring.engine.archive import sha256_hex, warcinfo
from wellspring.engine.errors import ArchiveError, RecordDamaged, marked
from wellspring.library.archive import archive_reader
from wellspring.library.models import Capture, Channel, Source

Progress = Callable[[str, int, int], None]


class ExportRefused(DomainError):
    code = "export_refused"


@dataclass(slots=True)
class Exported:
    captures: int = 0
    size: int = 0
    damaged: list[tuple[int, str]] = field(default_factory=list)
    """Captures that were left out, and why."""


def wanted_captures(
    *,
    ids: Sequence[int] = (),
    sources: Iterable[str] = (),
    channels: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Capture]:
    """Captures that meet all of what is given: sources by name, channels by slug, days of capture, both inclusive.

    What was removed is never among them. Raises ExportRefused where a source or channel is not known.
    """
    captures = Capture.objects.filter(removal=None)
    if ids:
        captures = captures.filter(pk__in=ids)
    if names := list(sources):
        _refuse_unknown(names, set(Source.objects.filter(name__in=names).values_list("name", flat=True)))
        captures = captures.filter(source__name__in=names)
    if slugs := list(channels):
        _refuse_unknown(slugs, set(Channel.objects.filter(slug__in=slugs).values_list("slug", flat=True)))
        own = Q(snapshot__channel__slug__in=slugs) | Q(pictures__snapshot__channel__slug__in=slugs)
        captures = captures.filter(own).distinct()
    if since is not None:
        captures = captures.filter(captured_at__gte=_begin_of(since))
    if until is not None:
        captures = captures.filter(captured_at__lt=_begin_of(until + timedelta(days=1)))
    return captures


def export_captures(captures: QuerySet[Capture], target: Path, *, progress: Progress) -> Exported:
    """Write captures to `target`, a WARC 1.1 file with a gzip member for each record; of a revisit its original before.

    The file gets its name when it is whole. A capture that is damaged in the archive is left out and told. Raises
    ExportRefused where there is nothing to write, the target exists, or its folder does not; OSError.
    """
    target = target.absolute()
    if target.exists():
        raise ExportRefused(
            gettext("%(file)s is there already and stays as it is. Choose another name.") % {"file": target}
        )
    if not target.parent.is_dir():
        raise ExportRefused(gettext("There is no folder %(folder)s. Make it first.") % {"folder": target.parent})
    chosen = set(captures.order_by().values_list("pk", flat=True))
    if not chosen:
        raise ExportRefused(gettext("No capture meets these conditions; no file was written."))
    chosen |= set(captures.order_by().exclude(revisit_of=None).values_list("revisit_of_id", flat=True))
    doing, done = gettext("Exporting"), Exported()
    unfinished = target.with_name(f"{target.name}.unfinished")
    with unfinished.open("wb") as file, archive_reader() as reader:
        fields = {"software": f"wellspring/{__version__}", "format": "WARC File Format 1.1"}
        file.write(warcinfo(target.name, fields, timezone.now()))
        rows = Capture.objects.filter(removal=None).order_by("pk")
        places = rows.values_list("pk", "warc_file", "warc_offset", "warc_length", "record_digest")
        for pk, name, offset, length, digest in places.iterator(chunk_size=2000):
            if pk not in chosen:
                continue
            try:
                data = reader.raw(name, offset, length)
                if sha256_hex(data) != digest:
                    raise RecordDamaged(
                        path=name,
                        offset=offset,
                        detail=marked("the bytes in the file are not those that were written"),
                    )
            except ArchiveError as error:
                done.damaged.append((pk, told(error)))
            else:
                file.write(data)
                done.captures += 1
            progress(doing, done.captures + len(done.damaged), len(chosen))
        done.size = file.tell()
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        raise ExportRefused(
            gettext("%(file)s is there already and stays as it is. Choose another name.") % {"file": target}
        )
    unfinished.rename(target)
    return done


def _refuse_unknown(asked: list[str], known: set[str]) -> None:
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise ExportRefused(gettext("Not known here: %(names)s") % {"names": ", ".join(unknown)})


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
