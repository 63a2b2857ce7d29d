"""What a talk rests on, as a viewer may see it, and what can be found to support it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from wellspring.core.attachments.kinds import PICTURES
from wellspring.core.models import Attachment
from wellspring.engine.index import Marked, mark, snippet
from wellspring.library.models import Snapshot
from wellspring.library.queries.reading import readable_snapshots
from wellspring.library.queries.search import SearchResults, search_snapshots
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Evidence, Idea, Talk
from wellspring.sharing.queries.ideas import visible_ideas
from wellspring.sharing.queries.similar import similar_to
from wellspring.sharing.queries.talks import visible_talks
from wellspring.topics.models import Topic

FOUND = 6
"""Shown of a search; a talk wants the best, not all."""


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One piece of evidence as this viewer sees it."""

    row: Evidence
    title: str
    """As it is called now; as it was stored where it is gone."""
    address: str
    """Empty where it is gone, or she may not open it."""
    kind: str
    """`report`, `idea`, `picture`, `paper`, or `gone`."""
    snapshot: Snapshot | None = None
    idea: Idea | None = None
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """An earlier idea that could support a talk."""

    idea: Idea
    title: Marked
    excerpt: Marked


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """What a search in place found."""

    reports: SearchResults
    ideas: tuple[FoundIdea, ...]


def evidence_of(viewer: Viewer, talk: Talk) -> list[ShownEvidence]:
    """In its order; what left the library or may not be seen by its stored title alone. Three queries at most.

    The caller has asked whether she may see the talk.
    """
    rows = list(talk.evidence.select_related("attachment").order_by("position", "id"))
    wanted = {row.snapshot_id for row in rows if row.snapshot_id}
    readable = readable_snapshots(viewer=viewer)  # a report stays what was chosen when the publisher changes its page
    snapshots = readable.defer("body", "evidence").in_bulk(wanted) if wanted else {}
    asked = {row.idea_id for row in rows if row.idea_id}
    ideas = visible_ideas(viewer).in_bulk(asked) if asked else {}
    return [_shown(row, snapshots, ideas) for row in rows]


def found_evidence(
    viewer: Viewer, *, q: str, topic: Topic | None = None, months: int | None = None, besides: Talk | None = None
) -> FoundEvidence:
    """Reports of the library and earlier ideas for `q`; without `q` the newest reports on the topic.

    `months`: published in so many last months only; `besides`: a talk whose own ideas are left out.
    """
    since = _months_ago(months) if months else None
    reports = search_snapshots(viewer=viewer, q=q, topic=topic.slug if topic else None, date_from=since, limit=FOUND)
    own = Idea.objects.filter(suggestion__talk=besides).values_list("pk", flat=True) if besides else ()
    ideas: tuple[FoundIdea, ...] = ()
    if q.strip():
        similar = similar_to(viewer, q, besides=list(own), limit=FOUND)
        ideas = tuple(_found_idea(each.idea, q) for each in similar if each.idea is not None)
    return FoundEvidence(reports, ideas)


def may_read_evidence(viewer: Viewer, attachment: Attachment) -> bool:
    """Whoever may see a talk that it supports."""
    return visible_talks(viewer).filter(evidence__attachment=attachment).exists()


def evidence_to_change(viewer: Viewer, talk: Talk) -> QuerySet[Evidence]:
    """The rows of a talk; the service asks whose it is."""
    return Evidence.objects.filter(talk__in=visible_talks(viewer).filter(pk=talk.pk))


def _shown(row: Evidence, snapshots: dict[int, Snapshot], ideas: dict[int, Idea]) -> ShownEvidence:
    if (file := row.attachment) is not None:
        kind = "picture" if file.content_type in PICTURES else "paper"
        return ShownEvidence(row, row.title, reverse("people:file", kwargs={"key": file.key}), kind, file=file)
    if row.snapshot_id is not None and (snapshot := snapshots.get(row.snapshot_id)) is not None:
        address = reverse("library:snapshot", kwargs={"pk": snapshot.pk})
        return ShownEvidence(row, snapshot.title, address, "report", snapshot=snapshot)
    if row.idea_id is not None and (idea := ideas.get(row.idea_id)) is not None:
        return ShownEvidence(row, idea.title, reverse("sharing:idea", kwargs={"pk": idea.pk}), "idea", idea=idea)
    return ShownEvidence(row, row.title, "", "gone")


def _found_idea(idea: Idea, q: str) -> FoundIdea:
    return FoundIdea(idea, mark(idea.title, q), snippet(idea.details, q))


def _months_ago(months: int) -> date:
    today: datetime = timezone.localtime()
    return (today - timedelta(days=30 * months)).date()
