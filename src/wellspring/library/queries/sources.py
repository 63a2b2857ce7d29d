"""Sources with their health, their visits and refusals, and everything kept about one capture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wellspring.engine.errors import MoreLeft
from wellspring.engine.records import CaptureKind
from wellspring.library.models import INTERRUPTED, Capture, Channel, Reading, Refusal, Snapshot, Source, Visit
from wellspring.library.queries.snapshots import may_read, visible_snapshots
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

OTHERS_SHOWN = 10


class Health(StrEnum):
    WELL = "well"
    FAILING = "failing"
    NEW = "new"
    RUNNING = "running"
    PAUSED = "paused"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source and how it is."""

    source: Source
    last: Visit | None
    """The last visit that ended."""
    running: Visit | None
    reports: int
    """Reports shown from it, of each address the latest."""
    refused: int
    """Addresses that are refused at present."""

    @property
    def health(self) -> Health:
        if self.source.retired_at is not None:
            return Health.RETIRED
        if not self.source.active:
            return Health.PAUSED
        if self.running is not None:
            return Health.RUNNING
        if self.last is None:
            return Health.NEW
        return Health.FAILING if self.last.failed else Health.WELL

    @property
    def next_visit_at(self) -> datetime | None:
        return self.source.next_visit_at if self.source.active else None


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """One capture with what became of it."""

    capture: Capture
    snapshot: Snapshot | None
    """The snapshot made of it; where the page had not changed, the one that stands for its address."""
    is_own: bool
    reading: Reading | None
    others: list[Capture]
    """Other captures of the same address, newest first, at most ten."""


def visible_sources(*, viewer: Viewer) -> QuerySet[Source]:
    """Every source by name, with its channel; none for guests of a closed house."""
    if not may_read(viewer):
        return Source.objects.none()
    return Source.objects.select_related("channel")


def listed_sources(*, viewer: Viewer) -> QuerySet[Source]:
    """Those that are visited or may be again: without the retired ones."""
    return visible_sources(viewer=viewer).filter(retired_at=None)


def sources_on_the_desk(
    *, viewer: Viewer, words: str = "", channel: Channel | None = None, health: str = "", reuse: str = ""
) -> QuerySet[Source]:
    """The desk's list, filtered; `health` as in `Health`. Without it the retired ones are left out."""
    viewer.require(Permission.MANAGE_SOURCES)
    found = Source.objects.select_related("channel")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(url__icontains=words))
    if channel is not None:
        found = found.filter(channel=channel)
    if reuse:
        found = found.filter(reuse=reuse)
    if health == Health.RETIRED:
        return found.filter(retired_at__isnull=False)
    found = found.filter(retired_at=None)
    if health == Health.PAUSED:
        return found.filter(active=False)
    if health in (Health.NEW, Health.WELL, Health.FAILING):
        ended = Visit.objects.filter(source=OuterRef("pk"), finished_at__isnull=False)
        newest = ended.order_by("-started_at", "-id").values("error_code")[:1]
        found = found.filter(active=True).annotate(ended_with=Subquery(newest))
        if health == Health.NEW:
            return found.filter(ended_with__isnull=True)
        well = Q(ended_with__in=("", INTERRUPTED, MoreLeft.code))
        return found.filter(well if health == Health.WELL else ~well, ended_with__isnull=False)
    return found


def sources_with_health(sources: Sequence[Source]) -> list[SourceHealth]:
    """These sources with their health, in the order given; three queries however many."""
    ids = [source.pk for source in sources]
    last = _newest_visits(ids, finished=True)
    running = _newest_visits(ids, finished=False)
    refusals = Refusal.objects.filter(source=OuterRef("pk"), retry_at__isnull=False).order_by().values("source")
    counted = Source.objects.filter(pk__in=ids).annotate(
        reports=Count("snapshots", filter=Q(snapshots__is_latest=True)),
        refused=Coalesce(Subquery(refusals.annotate(number=Count("id")).values("number")), 0),
    )
    counts = {pk: numbers for pk, *numbers in counted.order_by().values_list("pk", "reports", "refused")}
    return [
        SourceHealth(
            source=source,
            last=last.get(source.pk),
            running=running.get(source.pk),
            reports=counts[source.pk][0],
            refused=counts[source.pk][1],
        )
        for source in sources
    ]


def visits_of(source: Source) -> QuerySet[Visit]:
    """The last visits, newest first."""
    return source.visits.order_by("-started_at", "-id")


def refusals_of(source: Source) -> QuerySet[Refusal]:
    """What is refused at present, the latest first, then what was captured after all."""
    return source.refusals.order_by("-refused_at", "-id")


def captures_of(source: Source) -> QuerySet[Capture]:
    """The pages captured from it, newest first, with their reading and snapshot."""
    pages = source.captures.filter(kind=CaptureKind.PAGE.value)
    return pages.select_related("reading", "snapshot").order_by("-id")


def visible_captures(*, viewer: Viewer) -> QuerySet[Capture]:
    """Captures with all that is kept about them; none for guests of a closed house."""
    if not may_read(viewer):
        return Capture.objects.none()
    return Capture.objects.select_related(
        "source", "visit", "reading", "snapshot__source", "revisit_of", "robots_capture"
    )


def capture_file(capture: Capture, *, viewer: Viewer) -> CaptureFile:
    """What stands beside a capture: the snapshot that readers see of it, and the other captures of its address."""
    readable = visible_snapshots(viewer=viewer)
    own = getattr(capture, "snapshot", None)
    others = Capture.objects.filter(url=capture.url, kind=capture.kind).exclude(pk=capture.pk).order_by("-id")
    return CaptureFile(
        capture=capture,
        snapshot=own or readable.filter(original_url=capture.url).first(),
        is_own=own is not None,
        reading=getattr(capture, "reading", None),
        others=list(others[:OTHERS_SHOWN]),
    )


def _newest_visits(source_ids: Sequence[int], *, finished: bool) -> dict[int, Visit]:
    newest = Visit.objects.filter(source=OuterRef("pk"), finished_at__isnull=not finished).order_by(
        "-started_at", "-id"
    )
    ids = Source.objects.filter(pk__in=source_ids).order_by().values(visit=Subquery(newest.values("pk")[:1]))
    return {visit.source_id: visit for visit in Visit.objects.filter(pk__in=ids)}
