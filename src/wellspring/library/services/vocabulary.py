"""Changes of topics together with what follows from them here: snapshots are filed again in the background."""

from __future__ import annotations

from django.db import transaction

from wellspring.library.models import Refiling
from wellspring.library.services.refiling import begin_topic_refiling
from wellspring.people.viewer import Actor
from wellspring.topics import services as topics
from wellspring.topics.models import Topic
from wellspring.topics.services import TopicWords


def save_topic(*, actor: Actor, topic: Topic | None, version: int, wanted: TopicWords) -> tuple[Topic, Refiling | None]:
    """Add (`topic` None) or change a topic; with the refiling that follows where other words find it now.

    Raises PermissionDenied, TopicRefused, ChangedMeanwhile.
    """
    with transaction.atomic():
        if topic is None:
            return topics.add_topic(actor=actor, wanted=wanted), begin_topic_refiling()
        saved, finds_otherwise = topics.change_topic(actor=actor, topic_id=topic.pk, version=version, wanted=wanted)
        return saved, begin_topic_refiling() if finds_otherwise else None


def retire_topic(*, actor: Actor, topic: Topic) -> Refiling:
    """Look for it no more; snapshots lose it in the background. Raises PermissionDenied."""
    with transaction.atomic():
        topics.retire_topic(actor=actor, topic=topic)
        return begin_topic_refiling()


def restore_topic(*, actor: Actor, topic: Topic) -> Refiling:
    """Look for it again; snapshots get it back in the background. Raises PermissionDenied."""
    with transaction.atomic():
        topics.restore_topic(actor=actor, topic=topic)
        return begin_topic_refiling()


def merge_topics(*, actor: Actor, topic: Topic, into: Topic) -> Refiling:
    """One topic out of two; snapshots follow in the background. Raises PermissionDenied, TopicRefused."""
    with transaction.atomic():
        topics.merge_topics(actor=actor, topic=topic, into=into)
        return begin_topic_refiling()
