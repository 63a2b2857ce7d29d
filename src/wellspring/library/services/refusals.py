"""Addresses that were not captured: noted with the reason, and left alone for a while."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wellspring.engine.errors import (
    AddressRefused,
    EngineError,
    RobotsDisallowed,
    RobotsUnreachable,
    StatusRefused,
    TooLarge,
    TooManyRedirects,
)
from wellspring.library.models import Picture, Refusal, Source, Visit
from wellspring.library.services.visits import storable

LASTING_WAIT = timedelta(days=1)
PASSING_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=30)
LONGEST_PASSING_WAIT = timedelta(days=1)
PICTURE_TRIES = 3


def record_refusal(
    url: str,
    error: EngineError,
    *,
    source_id: int | None,
    visit_id: int | None,
    picture_id: int | None = None,
) -> Refusal:
    """Note a refusal; the same reason for the same address refreshes its row and doubles the time it is left alone.

    Reasons that last (robots.txt, 404, 410, too large, …) start at a day, passing ones at an hour. A picture that is
    refused for a lasting reason, or three times, is given up.
    """
    now = timezone.now()
    url = url[:2000].replace("\x00", "")
    with transaction.atomic():
        if source_id is not None and not Source.objects.select_for_update(no_key=True).filter(pk=source_id).exists():
            source_id = visit_id = None  # deleted meanwhile, and its visits with it
        refusal = (
            Refusal.objects.select_for_update().filter(url=url, error_code=error.code, **_of_source(source_id)).first()
        ) or Refusal(url=url, error_code=error.code, source_id=source_id, times=0)
        refusal.times = refusal.times + 1 if refusal.retry_at else 1
        refusal.visit_id = visit_id
        refusal.error_message = error.message
        refusal.error_data = storable(error.data)
        refusal.refused_at = now
        refusal.retry_at = now + _wait(error, refusal.times)
        refusal.save()
        if visit_id is not None:
            Visit.objects.filter(pk=visit_id).update(refused=F("refused") + 1)
        if picture_id is not None and (lasts(error) or refusal.times >= PICTURE_TRIES):
            Picture.objects.filter(pk=picture_id, capture=None).update(error_code=error.code)
    return refusal


def settle_refusals(urls: set[str]) -> None:
    """These addresses were captured after all: their refusals stay to be looked up, but count no more."""
    Refusal.objects.filter(url__in=urls, retry_at__isnull=False).update(retry_at=None)


def lasts(error: EngineError) -> bool:
    """The reason will hardly be gone in an hour."""
    if isinstance(error, StatusRefused):
        status = error.data.get("status")
        return isinstance(status, int) and 400 <= status < 500 and status not in (408, 425, 429)
    if isinstance(error, RobotsUnreachable):
        return False
    return isinstance(error, (AddressRefused, RobotsDisallowed, TooLarge, TooManyRedirects))


def _of_source(source_id: int | None) -> dict[str, int | bool]:
    return {"source__isnull": True} if source_id is None else {"source_id": source_id}


def _wait(error: EngineError, times: int) -> timedelta:
    doubled = 1 << min(times - 1, 10)
    if lasts(error):
        return min(LONGEST_WAIT, LASTING_WAIT * doubled)
    return min(LONGEST_PASSING_WAIT, PASSING_WAIT * doubled)
