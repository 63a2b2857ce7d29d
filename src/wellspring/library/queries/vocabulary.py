"""What a change of words would do, how refiling goes, and topics and channels as the desk lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from wellspring.library.filing import full_text
from wellspring.library.models import Channel, Refiling, Snapshot
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics, finder_of, vocabulary_of

LOOKED_AT = 1_000
SHOWN = 5
_NEW = 0
"""Stands for a topic that has no id yet."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What other words would change among the last reports."""

    newly: int
    no_longer: int
    looked_at: int
    examples: list[tuple[str, str]]
    """Title and the words that told, of reports that would be found newly."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A topic or channel of the desk's list with its number of reports."""

    thing: Topic | Channel
    count: int


def preview_of_words(*, viewer: Viewer, topic: Topic | None, words: tuple[str, ...]) -> Preview:
    """What the last 1,000 reports would gain and lose if these words found the topic. Raises PermissionDenied."""
    viewer.require(Permission.MANAGE_TOPICS)
    pk = topic.pk if topic else _NEW
    standing = vocabulary_of(current_topics())
    changed = tuple((each, words if each == pk else told) for each, told in standing)
    if all(each != pk for each, _told in standing):
        changed = (*changed, (pk, words))
    before, after = finder_of(standing), finder_of(changed)
    newly = no_longer = looked_at = 0
    examples: list[tuple[str, str]] = []
    rows = Snapshot.objects.filter(is_latest=True).order_by("-pk").values_list("title", "body")
    for title, body in rows[:LOOKED_AT].iterator(chunk_size=200):
        looked_at += 1
        text = full_text({"title": title, "body": body})
        had = any(found.topic_id == pk for found in before(text))
        has = next((found for found in after(text) if found.topic_id == pk), None)
        if has is not None and not had:
            newly += 1
            if len(examples) < SHOWN:
                examples.append((title, "、".join(has.words)))
        elif had and has is None:
            no_longer += 1
    return Preview(newly, no_longer, looked_at, examples)


def topics_on_the_desk(*, viewer: Viewer) -> tuple[list[Counted], list[Topic]]:
    """Topics in use, in order, with how many reports speak of each; and the retired and merged ones."""
    viewer.require(Permission.MANAGE_TOPICS)
    counts = dict(Topic.objects.order_by().annotate(n=Count("snapshots")).values_list("pk", "n"))
    every = list(Topic.objects.select_related("parent", "merged_into"))
    used = [Counted(topic, counts[topic.pk]) for topic in every if not topic.retired_at and not topic.merged_into_id]
    return used, [topic for topic in every if topic.retired_at or topic.merged_into_id]


def channels_on_the_desk(*, viewer: Viewer) -> tuple[list[Counted], list[Channel]]:
    """Channels in use, in the order of the navigation, with their latest reports; and the merged ones."""
    viewer.require(Permission.MANAGE_CHANNELS)
    latest = Count("snapshots", filter=Q(snapshots__is_latest=True))
    counts = dict(Channel.objects.order_by().annotate(n=latest).values_list("pk", "n"))
    every = list(Channel.objects.select_related("merged_into"))
    used = [Counted(channel, counts[channel.pk]) for channel in every if not channel.merged_into_id]
    return used, [channel for channel in every if channel.merged_into_id]


def refilings_under_way(*, viewer: Viewer) -> list[Refiling]:
    """What is being filed again now; nothing for who manages neither topics nor channels."""
    if not (viewer.may(Permission.MANAGE_TOPICS) or viewer.may(Permission.MANAGE_CHANNELS)):
        return []
    return list(Refiling.objects.filter(finished_at=None).select_related("moves__merged_into"))


def last_topic_refiling() -> Refiling | None:
    """The last one that was done to its end."""
    return Refiling.objects.filter(moves=None, finished_at__isnull=False, superseded=False).first()
