"""Writes of the vocabulary."""

from __future__ import annotations

from django.db import transaction

from wellspring.topics.defaults import DEFAULT_TOPICS
from wellspring.topics.models import Topic


def load_default_topics() -> None:
    """Create the topics that are missing; what is there stays as the office changed it."""
    with transaction.atomic():
        taken = set(Topic.objects.values_list("name", flat=True))
        for position, topic in enumerate(DEFAULT_TOPICS):
            if topic.name in taken:
                continue
            Topic.objects.get_or_create(
                slug=topic.slug,
                defaults={
                    "name": topic.name,
                    "name_en": topic.name_en,
                    "synonyms": list(topic.synonyms),
                    "position": position,
                },
            )
