"""What the crawler has to know before it asks a site for anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wellspring.engine.fetch.desk import Wanted
from wellspring.engine.records import CaptureKind, FoundPage
from wellspring.library.models import OTHER_ARTICLE, ArticlePage, Capture, Picture, Refusal

CHUNK = 400
FRESH_PICTURE = timedelta(days=30)


def wanted_pages(found: Sequence[FoundPage]) -> Wanted:
    """Those never captured under their address, and those updated since; without those refused a short while ago."""
    now = timezone.now()
    captured = captured_times([page.url for page in found])
    resting = _resting([page.url for page in found], now)
    following = _following([page.url for page in found])
    new: list[FoundPage] = []
    updated: list[FoundPage] = []
    for page in found:
        if page.url in resting:
            continue
        last = captured.get(page.url)
        if last is None and page.url in following:
            continue  # it comes with its article
        if last is None:
            new.append(page)
        # A time in the future (a wrong clock, a planned date) says nothing about an update.
        elif page.updated_at is not None and last < page.updated_at <= now:
            updated.append(page)
    return Wanted(new, updated)


def captured_times(urls: Sequence[str]) -> dict[str, datetime]:
    """When each address was last captured as a page, whether it answered itself or redirected."""
    times: dict[str, datetime] = {}
    for start in range(0, len(urls), CHUNK):
        chunk = urls[start : start + CHUNK]
        for field in ("requested_url", "url"):
            rows = Capture.objects.filter(
                kind=CaptureKind.PAGE.value, status__in=(200, 304), **{f"{field}__in": chunk}
            ).values_list(field, "captured_at")
            for url, captured_at in rows.order_by():
                if url not in times or times[url] < captured_at:
                    times[url] = captured_at
    return times


def _resting(urls: Sequence[str], now: datetime) -> set[str]:
    resting: set[str] = set()
    for start in range(0, len(urls), CHUNK):
        rows = Refusal.objects.filter(url__in=urls[start : start + CHUNK], retry_at__gt=now)
        resting.update(rows.values_list("url", flat=True).order_by())
    return resting


def _following(urls: Sequence[str]) -> set[str]:
    """Addresses on which an article of another one goes on, and that are still to be fetched for it."""
    following: set[str] = set()
    for start in range(0, len(urls), CHUNK):
        rows = ArticlePage.objects.filter(url__in=urls[start : start + CHUNK], due=True)
        following.update(rows.exclude(error_code=OTHER_ARTICLE).values_list("url", flat=True).order_by())
    return following


def validators(url: str) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of the last good capture of this address.

    Of a feed, sitemap or list page only where its visit ended well and nothing of its source waits to be asked again:
    a “not modified” would hide the pages that are still missing.
    """
    capture = Capture.objects.filter(url=url, status=200).select_related("visit__source").order_by("-id").first()
    if capture is None or not (capture.etag or capture.last_modified):
        return None, None
    if capture.kind in (CaptureKind.FEED.value, CaptureKind.SITEMAP.value, CaptureKind.LIST.value):
        visit = capture.visit
        if visit is None or visit.finished_at is None or visit.error_code:
            return None, None
        # What was due before that visit was asked again in it, or is no longer listed.
        if Refusal.objects.filter(source=visit.source, retry_at__gt=visit.started_at).exists():
            return None, None
    return capture.etag or None, capture.last_modified or None


def pictures_to_fetch(limit: int) -> QuerySet[Picture]:
    """Pictures neither kept nor given up nor resting, the oldest first, with their snapshot's source."""
    resting = Refusal.objects.filter(url=OuterRef("url"), retry_at__gt=timezone.now())
    missing = Picture.objects.filter(capture=None, error_code="").exclude(Exists(resting))
    return missing.select_related("snapshot__source").order_by("id")[:limit]


def pages_to_fetch(limit: int) -> QuerySet[ArticlePage]:
    """Pages on which articles go on, neither kept nor given up nor resting, the oldest first, with their source."""
    resting = Refusal.objects.filter(url=OuterRef("url"), retry_at__gt=timezone.now())
    due = ArticlePage.objects.filter(due=True).exclude(Exists(resting))
    return due.select_related("first__source").order_by("id")[:limit]


def kept_pictures(urls: Sequence[str]) -> dict[str, Capture]:
    """Captures of these picture addresses from the last thirty days."""
    since = timezone.now() - FRESH_PICTURE
    rows = Capture.objects.filter(
        kind=CaptureKind.PICTURE.value, status=200, requested_url__in=urls, captured_at__gte=since
    )
    return {capture.requested_url: capture for capture in rows.select_related("revisit_of").order_by("id")}
