"""Reading the archive again: which pages wait for it, as the tables tell, and what came of each."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from wellspring.core.errors import DomainError
from wellspring.engine.errors import ArchiveError, ReaderFailed, RecordDamaged
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture, Snapshot, Source
from wellspring.library.services.readings import current_version, read_capture
from wellspring.library.services.withdrawing import WITHDRAWN

BATCH = 500
OUR_FAULTS = (ReaderFailed.code, ArchiveError.code, RecordDamaged.code)
"""Reasons why a page was not read that are not the page's: it is tried again each time."""
_PAUSES = (0.1, 0.5, 2.0, 5.0)
"""Seconds between tries where the database is locked or two transactions stood in each other's way."""
_SNAPSHOT_ADDRESS = re.compile(r"(?:.*/library/snapshots/)?(\d+)/?(?:[?#].*)?")


class RereadingRefused(DomainError):
    code = "rereading_refused"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which captured pages are to be read again: those that meet all of what is given."""

    read_before: datetime | None = None
    """Every page whose last reading was before this moment; None: only what an older extractor read, and our faults."""
    source_id: int | None = None
    captured_since: datetime | None = None
    capture_ids: tuple[int, ...] = ()
    """These and no others, whoever read them last."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one page."""

    capture_id: int
    url: str
    changed: tuple[str, ...] = ()
    """Names of fields that are read otherwise; `kind` where the page is taken for something else."""
    is_new: bool = False
    """The page was no report of its own before."""
    error_code: str = ""
    told: str = ""
    """Why it could not be read, in the active language."""

    @property
    def is_our_fault(self) -> bool:
        return self.error_code in OUR_FAULTS


def chosen(
    *, source: str = "", since: date | None = None, snapshot: str = "", read_before: datetime | None = None
) -> Choice:
    """The choice that these words make: a source by name, the first day of capture, a snapshot by number or address.

    Raises RereadingRefused where the source or the snapshot is not known.
    """
    ids: tuple[int, ...] = ()
    if snapshot:
        ids = _captures_of(snapshot)
    source_id = Source.objects.filter(name=source).values_list("pk", flat=True).first() if source else None
    if source and source_id is None:
        raise RereadingRefused(
            gettext("There is no source “%(name)s”; `wellspring source list` names them.") % {"name": source}
        )
    begin = timezone.make_aware(datetime.combine(since, time_of_day.min)) if since else None
    return Choice(read_before, source_id, begin, ids)


def how_many(choice: Choice) -> int:
    """Pages that wait."""
    return _waiting(choice).count()


def waiting(choice: Choice) -> Iterator[tuple[int, bool]]:
    """Captures that wait, in the order of their ids, looked up in portions; and whether to read even what this version
    of the extractor read."""
    last, whatever = 0, bool(choice.read_before or choice.capture_ids)
    while rows := list(
        _waiting(choice).filter(pk__gt=last).order_by("pk").values_list("pk", "reading__extractor_version")[:BATCH]
    ):
        for pk, version in rows:
            yield pk, whatever or (version or 0) >= current_version()
        last = rows[-1][0]


def reread(capture_id: int, *, again: bool) -> Outcome:
    """Read one page again. Raises database errors that do not pass within some seconds."""
    for pause in (*_PAUSES, None):
        try:
            read = read_capture(capture_id, again=again)
            break
        except (OperationalError, InterfaceError) as trouble:
            if pause is None or "full" in str(trouble):
                raise
            if isinstance(trouble, InterfaceError) or not connection.is_usable():
                connection.close()
            time.sleep(pause)
    reading = read.reading
    return Outcome(capture_id, reading.capture.url, read.changed, read.is_new, reading.error_code, reading.told_error)


def _waiting(choice: Choice) -> QuerySet[Capture]:
    pages = Capture.objects.filter(kind=CaptureKind.PAGE)
    if choice.capture_ids:
        pages = pages.filter(pk__in=choice.capture_ids)
    elif choice.read_before is not None:
        pages = pages.filter(Q(reading=None) | Q(reading__read_at__lt=choice.read_before))
    else:
        ours = Q(reading__error_code__in=OUR_FAULTS)
        pages = pages.filter(Q(reading__extractor_version__lt=current_version()) | ours)
    conditions: dict[str, Any] = {}
    if choice.source_id is not None:
        conditions["source"] = choice.source_id
    if choice.captured_since is not None:
        conditions["captured_at__gte"] = choice.captured_since
    return pages.filter(**conditions).exclude(reading__error_code=WITHDRAWN)


def _captures_of(snapshot: str) -> tuple[int, ...]:
    own = _SNAPSHOT_ADDRESS.fullmatch(snapshot.strip())
    if own and len(own[1]) < 18:
        found = Snapshot.objects.filter(pk=int(own[1]))
    else:
        found = Snapshot.objects.filter(original_url=snapshot.strip())
    ids = tuple(found.order_by("pk").values_list("capture_id", flat=True))
    if not ids:
        raise RereadingRefused(
            gettext(
                "There is no snapshot %(address)s. Give its number, the address of its page here, or the one it was "
                "captured from."
            )
            % {"address": snapshot}
        )
    return ids
