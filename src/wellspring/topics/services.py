"""Writes of the vocabulary: topics with their words, order, retirement and merging."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.names import slug_of
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.topics.defaults import DEFAULT_TOPICS
from wellspring.topics.models import Topic

MOST_SYNONYMS = 200
LONGEST_SYNONYM = 60


class TopicRefused(DomainError):
    code = "topic_refused"


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Everything about a topic that the desk can change."""

    name: str
    name_en: str
    synonyms: tuple[str, ...]
    parent: Topic | None

    def stored(self) -> dict[str, object]:
        """By field, as the audit trail keeps it."""
        return {"name": self.name, "name_en": self.name_en, "synonyms": self.synonyms, "parent": self.parent}


def add_topic(*, actor: Actor, wanted: TopicWords) -> Topic:
    """A new topic, last in order. Raises PermissionDenied, TopicRefused."""
    actor.require(Permission.MANAGE_TOPICS)
    with transaction.atomic():
        _check(wanted, but=None)
        last = Topic.objects.order_by("-position").values_list("position", flat=True).first()
        topic = Topic.objects.create(
            slug=_free_slug(wanted.name_en or wanted.name),
            name=wanted.name,
            name_en=wanted.name_en,
            synonyms=list(wanted.synonyms),
            parent=wanted.parent,
            position=(last or 0) + 1,
        )
        audit.record("topics.topic_added", actor=actor.user, on=topic, data={"name": topic.name})
    return topic


def change_topic(*, actor: Actor, topic_id: int, version: int, wanted: TopicWords) -> tuple[Topic, bool]:
    """Save a topic; whether other words find it now. Raises PermissionDenied, TopicRefused, ChangedMeanwhile."""
    actor.require(Permission.MANAGE_TOPICS)
    with transaction.atomic():
        topic = Topic.objects.select_for_update(of=("self",)).select_related("parent").get(pk=topic_id)
        standing = TopicWords(topic.name, topic.name_en, tuple(topic.synonyms), topic.parent)
        if standing == wanted:
            return topic, False
        if topic.version != version:
            raise ChangedMeanwhile(version=topic.version, differences=_differences(standing, wanted))
        _check(wanted, but=topic)
        finds_otherwise = set(topic.words) != {wanted.name, *wanted.synonyms}
        topic.name, topic.name_en, topic.parent = wanted.name, wanted.name_en, wanted.parent
        topic.synonyms = list(wanted.synonyms)
        topic.version += 1
        topic.save()
        changes = audit.differences(standing.stored(), wanted.stored())
        data = {"name": topic.name, "changes": changes}
        audit.record("topics.topic_changed", actor=actor.user, on=topic, data=data)
    return topic, finds_otherwise


def move_topic(*, actor: Actor, topic: Topic, up: bool) -> None:
    """One place up or down in the order. Raises PermissionDenied."""
    actor.require(Permission.MANAGE_TOPICS)
    with transaction.atomic():
        topics = list(Topic.objects.select_for_update(of=("self",)).filter(retired_at=None, merged_into=None))
        here = next((place for place, one in enumerate(topics) if one.pk == topic.pk), None)
        there = None if here is None else here + (-1 if up else 1)
        if here is None or there is None or not 0 <= there < len(topics):
            return
        topics[here], topics[there] = topics[there], topics[here]
        for place, one in enumerate(topics):
            one.position = place
        Topic.objects.bulk_update(topics, ["position"])
        audit.record("topics.topic_moved", actor=actor.user, on=topic, data={"name": topic.name})


def retire_topic(*, actor: Actor, topic: Topic) -> None:
    """Look for it and offer it no more; it can be brought back. Raises PermissionDenied."""
    _set_retired(actor, topic, retired=True, action="topics.topic_retired")


def restore_topic(*, actor: Actor, topic: Topic) -> None:
    """Look for a retired topic again. Raises PermissionDenied."""
    _set_retired(actor, topic, retired=False, action="topics.topic_restored")


def merge_topics(*, actor: Actor, topic: Topic, into: Topic) -> None:
    """Let `into` be found by the words of both; the other one leads there. Raises PermissionDenied, TopicRefused."""
    actor.require(Permission.MANAGE_TOPICS)
    with transaction.atomic():
        both = {one.pk: one for one in Topic.objects.select_for_update().filter(pk__in=(topic.pk, into.pk))}
        if len(both) < 2 or any(one.merged_into_id or one.retired_at for one in both.values()):
            raise TopicRefused(_("Choose another topic that is in use."))
        old, kept = both[topic.pk], both[into.pk]
        kept.synonyms = list(dict.fromkeys([*kept.synonyms, *old.words]))
        if kept.parent_id == old.pk:
            kept.parent_id = old.parent_id
        kept.version += 1
        kept.save()
        Topic.objects.filter(parent=old).exclude(pk=kept.pk).update(parent=kept)
        Topic.objects.filter(merged_into=old).update(merged_into=kept)
        old.merged_into, old.version = kept, old.version + 1
        old.save()
        audit.record("topics.topics_merged", actor=actor.user, on=kept, data={"name": old.name, "into": kept.name})


def _set_retired(actor: Actor, topic: Topic, *, retired: bool, action: str) -> None:
    actor.require(Permission.MANAGE_TOPICS)
    with transaction.atomic():
        moment = timezone.now() if retired else None
        rows = Topic.objects.filter(pk=topic.pk, retired_at__isnull=retired, merged_into=None)
        if rows.update(retired_at=moment):
            audit.record(action, actor=actor.user, on=topic, data={"name": topic.name})


def _check(wanted: TopicWords, *, but: Topic | None) -> None:
    taken = Topic.objects.filter(name=wanted.name).exclude(pk=but.pk if but else 0).first()
    if taken is not None:
        raise TopicRefused(_("There is a topic “%(name)s” already. Give another name.") % {"name": wanted.name})
    if len(wanted.synonyms) > MOST_SYNONYMS or any(len(word) > LONGEST_SYNONYM for word in wanted.synonyms):
        raise TopicRefused(
            _("At most %(most)s synonyms of %(longest)s characters each.")
            % {"most": MOST_SYNONYMS, "longest": LONGEST_SYNONYM}
        )
    above = wanted.parent
    while above is not None:
        if but is not None and above.pk == but.pk:
            raise TopicRefused(_("A topic cannot stand below itself. Choose another one above it."))
        above = above.parent


def _differences(standing: TopicWords, wanted: TopicWords) -> list[Difference]:
    rows = (
        (pgettext("name of a thing", "Name"), standing.name, wanted.name),
        (_("English name"), standing.name_en, wanted.name_en),
        (_("Synonyms"), "、".join(standing.synonyms), "、".join(wanted.synonyms)),
        (_("Below"), str(standing.parent or ""), str(wanted.parent or "")),
    )
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _free_slug(name: str) -> str:
    wanted = slug_of(name) or "topic"
    taken = set(Topic.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if slug not in taken)


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
