"""Visits to sources: claimed, closed with what came of them, and cleaned up after a crawler that died."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from wellspring.core.notices.services import notify
from wellspring.engine.errors import EngineError, marked
from wellspring.engine.records import CaptureKind
from wellspring.library.models import INTERRUPTED, Source, Visit, visit_failed
from wellspring.library.notices import SOURCE_FAILING
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with

LONGEST_WAIT = timedelta(days=1)
"""Back-off after failures ends here; a site that asks for more by Retry-After gets more, up to a week."""
LONGEST_ASKED = timedelta(days=7)
SHORTEST_WAIT = timedelta(minutes=5)
TOLD_AFTER = timedelta(days=1)
LONGEST_ROW = 100
"""Failures in a row that are looked back at; by their growing distance a dozen fill a day."""
LOST_AFTER = timedelta(hours=6)
"""A visit of another host that is open this long is taken for dead."""


class Interrupted(EngineError):
    code = INTERRUPTED
    message = marked("The crawler stopped in the middle of this visit. The source is visited again.")


def claim_due_sources(*, crawler: str, only: int | None = None, limit: int = 100) -> list[Visit]:
    """Open a visit for each source whose time has come; each with its source loaded.

    The claim is one conditional UPDATE that moves `next_visit_at` on, so two crawlers never get the same source.
    """
    now = timezone.now()
    due = Source.objects.filter(active=True, next_visit_at__lte=now).order_by("next_visit_at")
    if only is not None:
        due = due.filter(pk=only)
    visits = []
    for source in due[:limit]:
        with transaction.atomic():
            claimed = Source.objects.filter(pk=source.pk, active=True, next_visit_at=source.next_visit_at).update(
                next_visit_at=now + timedelta(minutes=max(1, source.interval_minutes))
            )
            if claimed:
                visits.append(Visit.objects.create(source=source, started_at=now, crawler=crawler))
    return visits


def close_visit(
    visit_id: int, *, found: int, error: EngineError | None = None, retry_after: float | None = None
) -> None:
    """Close a visit with its counts. After a failure the source waits longer each time, up to a day.

    Closing a closed or deleted visit does nothing.
    """
    with transaction.atomic():
        visit = Visit.objects.select_for_update().select_related("source").filter(pk=visit_id).first()
        if visit is None or visit.finished_at is not None:
            return
        _finish(visit, found=found, error=error)
        wait = timedelta(seconds=min(max(retry_after or 0.0, 0.0), LONGEST_ASKED.total_seconds()))
        if visit.failed:
            wait = max(wait, _back_off(visit.source))
            _tell_after_a_day(visit)
        if wait:
            Source.objects.filter(pk=visit.source_id, next_visit_at__lt=timezone.now() + wait).update(
                next_visit_at=timezone.now() + wait
            )


def close_dead_visits(*, host: str, alive: Collection[str]) -> int:
    """Close the open visits of crawlers of this host that are not alive, and of other hosts after six hours.

    Their sources are due again at once, so the pages that were missed are fetched now. Returns how many were closed.
    """
    with transaction.atomic():
        unfinished = Visit.objects.select_for_update().filter(finished_at=None)
        dead = list(_dead(unfinished, host, alive))
        for visit in dead:
            _finish(visit, found=visit.found, error=Interrupted())
        sources = {visit.source_id for visit in dead}
        Source.objects.filter(pk__in=sources, next_visit_at__gt=timezone.now()).update(next_visit_at=timezone.now())
    return len(dead)


def make_due(source_id: int) -> None:
    """Let the source be visited now, whatever its interval."""
    now = timezone.now()
    Source.objects.filter(pk=source_id, next_visit_at__gt=now).update(next_visit_at=now)


def _dead(unfinished: QuerySet[Visit], host: str, alive: Collection[str]) -> list[Visit]:
    long_ago: datetime = timezone.now() - LOST_AFTER
    return [
        visit
        for visit in unfinished
        if visit.crawler not in alive and (visit.crawler.startswith(f"{host}/") or visit.started_at < long_ago)
    ]


def _finish(visit: Visit, *, found: int, error: EngineError | None) -> None:
    visit.finished_at = timezone.now()
    visit.found = found
    visit.captured = visit.captures.filter(kind=CaptureKind.PAGE.value, status=200).count()
    if error is not None:
        visit.error_code = error.code
        visit.error_message = error.message
        visit.error_data = storable(error.data)
    visit.save(update_fields=["finished_at", "found", "captured", "error_code", "error_message", "error_data"])


def _tell_after_a_day(visit: Visit) -> None:
    """Tell whoever manages sources, by the visit with which a row of failures becomes a day long; by no later one."""
    begun: datetime | None = None
    before = visit.started_at
    earlier = visit.source.visits.filter(started_at__lt=visit.started_at).exclude(finished_at=None)
    for started_at, code in earlier.values_list("started_at", "error_code")[:LONGEST_ROW]:
        if not visit_failed(code):
            break
        before = started_at if begun is None else before
        begun = started_at
    if begun is not None and before - begun < TOLD_AFTER <= visit.started_at - begun:
        notify(
            users_with(Permission.MANAGE_SOURCES),
            SOURCE_FAILING,
            data={"name": visit.source.name},
            url=reverse("library:source", args=[visit.source_id]),
            about=visit.source,
        )


def _back_off(source: Source) -> timedelta:
    """The interval, doubled for each failure in a row after the first."""
    failures = 0
    for code in source.visits.exclude(finished_at=None).values_list("error_code", flat=True)[:12]:
        if not visit_failed(code):
            break
        failures += 1
    base = max(SHORTEST_WAIT, timedelta(minutes=source.interval_minutes))
    doublings = max(0, failures - 1)
    return min(max(LONGEST_WAIT, base), base * (1 << doublings))


def storable(data: dict[str, object]) -> dict[str, object]:
    """An error's data as JSON can hold it: numbers stay, all else becomes text without what databases refuse."""
    return {
        key: value if isinstance(value, (bool, int, float)) else str(value)[:2000].replace("\x00", "")
        for key, value in data.items()
    }
