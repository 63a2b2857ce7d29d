"""The JSON API of the library: read only, public where the library is, `/api/v1/…`, described at `/api/docs`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Query, Router
from ninja.errors import HttpError, ValidationError

from wellspring.library.api_schemas import (
    DEEPEST,
    MOST,
    ChannelList,
    FailureAnswer,
    Paging,
    RelatedList,
    SnapshotFilters,
    SnapshotList,
    SnapshotOut,
    SourceList,
    TopicList,
)
from wellspring.library.models import Channel, Snapshot
from wellspring.library.queries.counts import topics_with_counts
from wellspring.library.queries.lists import channels
from wellspring.library.queries.reading import snapshot_page
from wellspring.library.queries.search import related_snapshots, search_snapshots
from wellspring.library.queries.snapshots import may_read, visible_snapshots
from wellspring.library.queries.sources import SourceHealth, listed_sources, sources_with_health
from wellspring.people.middleware import viewer

LARGEST_ID = 2**63 - 1
TAKES = {
    "limit": _("limit takes a whole number from 1 to %(most)s."),
    "offset": _("offset takes a whole number from 0 to %(deepest)s; further down, narrow the dates."),
    "from": _("from takes a day like 2025-03-05."),
    "to": _("to takes a day like 2025-03-05."),
    "q": _("q takes at most 500 characters."),
    "pk": _("A snapshot's number is a whole number."),
}


class MembersOnly(HttpError):
    """The library is closed, and no member is signed in."""

    def __init__(self) -> None:
        super().__init__(401, gettext("This library is for its members. Sign in first."))


def readers(request: HttpRequest) -> bool:
    """Everybody in an open library, members in a closed one."""
    if not may_read(viewer(request)):
        raise MembersOnly
    return True


class LibraryAPI(NinjaAPI):
    """Pages of other sites may read an open library too: no cookie goes along with `*`, and nothing can be changed."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        response = super().create_temporal_response(request)
        if not settings.ENVIRONMENT.members_only:
            response["Access-Control-Allow-Origin"] = "*"
        return response


api = LibraryAPI(
    title="Wellspring / 源动力",
    version="1",
    description="Snapshots of news reports, as the library's pages show them. Lists are newest first.",
    urls_namespace="api",
    auth=readers,
)
router = Router(tags=["library"])
failures: Any = {401: FailureAnswer, 404: FailureAnswer, 422: FailureAnswer}


def failure(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    return api.create_response(request, {"error": {"code": code, "message": message}}, status=status)


@api.exception_handler(ValidationError)
def _told_validation(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    name = str(wrong.errors[0]["loc"][-1]) if wrong.errors else ""
    told = TAKES.get(name, _("%(name)s is not as it should be; /api/docs says what it takes."))
    message = str(told) % {"name": name[:60], "most": MOST, "deepest": DEEPEST}
    return failure(request, 422, "bad_parameter", message)


@api.exception_handler(HttpError)
def _told_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = "members_only" if isinstance(error, MembersOnly) else "refused"
    return failure(request, error.status_code, code, str(error))


@api.exception_handler(Http404)
def _told_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return failure(request, 404, "not_found", gettext("There is no snapshot with this number."))


@router.get(
    "/snapshots", summary="Snapshots, searched and filtered", response={200: SnapshotList, **failures}, by_alias=True
)
def snapshots(request: HttpRequest, asked: Query[SnapshotFilters]) -> dict[str, Any]:
    """Snapshots that pass the filters and hold the words of `q`, newest first."""
    found = search_snapshots(viewer=viewer(request), newest_first=True, **asked.dict())
    return {"items": [_item(request, one.snapshot) for one in found.items], "count": found.total}


@router.get("/snapshots/{pk}", summary="One snapshot", response={200: SnapshotOut, **failures})
def snapshot(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One snapshot. Its body is there where the publisher allows full text."""
    found = _found(request, pk)
    shown = found.snapshot
    return {
        **_item(request, shown),
        "authors": shown.authors,
        "editor": shown.editor or None,
        "reprinted_from": shown.reprinted_from or None,
        "language": shown.language or None,
        "topics": [topic.slug for topic in found.topics],
        "is_latest": shown.is_latest,
        "corrections": [
            {
                "field": one.correction.field,
                "now": one.now,
                "as_captured": one.was or None,
                "reason": one.correction.reason,
                "at": one.correction.at,
            }
            for one in found.corrections
        ],
        "payload_sha256": shown.capture.payload_digest,
        "body": shown.body if shown.shows_full_text else None,
    }


@router.get("/snapshots/{pk}/related", summary="Related reports and copies", response={200: RelatedList, **failures})
def related(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Reports like this one, best first, and copies of its text."""
    found = _found(request, pk)
    reports = related_snapshots(viewer=viewer(request), snapshot=found.snapshot, topics=found.topics)
    items = [_item(request, one) for one in reports.related]
    return {"items": items, "count": len(items), "copies": [_item(request, one) for one in reports.copies]}


@router.get("/channels", summary="Channels", response={200: ChannelList, **failures})
def channel_list(request: HttpRequest) -> dict[str, Any]:
    """Every channel, with the number of its snapshots."""
    visible = visible_snapshots(viewer=viewer(request)).order_by()
    counts = dict(visible.values_list("channel").annotate(Count("pk")))
    items = [{**_channel(one), "count": counts.get(one.pk, 0)} for one in channels()]
    return {"items": items, "count": len(items)}


@router.get("/topics", summary="Topics", response={200: TopicList, **failures})
def topic_list(request: HttpRequest) -> dict[str, Any]:
    """Topics that at least one snapshot speaks of, with how many do."""
    items = [
        {"slug": one.slug, "name": one.name, "name_en": one.name_en, "synonyms": one.synonyms, "count": count}
        for one, count in topics_with_counts(viewer=viewer(request))
    ]
    return {"items": items, "count": len(items)}


@router.get("/sources", summary="Sources and how they are", response={200: SourceList, **failures})
def source_list(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """The sources that are visited, by name, and how each is."""
    visible = listed_sources(viewer=viewer(request))
    page = list(visible[asked.offset : asked.offset + asked.limit])
    return {"items": [_source(one) for one in sources_with_health(page)], "count": visible.count()}


def _found(request: HttpRequest, pk: int) -> Any:
    if not 0 < pk <= LARGEST_ID:
        raise Http404
    try:
        return snapshot_page(viewer=viewer(request), pk=pk)
    except Snapshot.DoesNotExist:
        raise Http404 from None


def _channel(channel: Channel) -> dict[str, str]:
    return {"slug": channel.slug, "name": channel.name, "name_en": channel.name_en}


def _item(request: HttpRequest, one: Snapshot) -> dict[str, Any]:
    return {
        "id": one.pk,
        "url": request.build_absolute_uri(f"/library/snapshots/{one.pk}/"),
        "title": one.title,
        "channel": _channel(one.channel),
        "source_name": one.source_name or None,
        "published_at": one.published_at,
        "published_precision": one.published_precision or None,
        "captured_at": one.captured_at,
        "original_url": one.original_url,
        "reuse": one.reuse.value,
        "excerpt": one.excerpt if one.shows_excerpt else None,
    }


def _source(one: SourceHealth) -> dict[str, Any]:
    return {
        "id": one.source.pk,
        "name": one.source.name,
        "url": one.source.url,
        "kind": one.source.kind,
        "channel": _channel(one.source.channel),
        "reuse": one.source.reuse,
        "health": one.health.value,
        "reports": one.reports,
        "last_visit_at": one.last.started_at if one.last else None,
    }


api.add_router("/v1", router)
