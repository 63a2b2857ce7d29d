"""Corrections while pages are read: what stands is put over what the extractor reads, and carried to a new version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wellspring.library.models import Correction, Field, Snapshot
from wellspring.library.services.corrected_fields import OF_THE_PAGE, set_topics, set_value, usable_topics, value_of
from wellspring.topics.queries import FoundTopic


def overlaid(snapshot: Snapshot, *, previous: int | None) -> list[Correction]:
    """Put what was set right over freshly read fields, before the snapshot is saved.

    A correction stays one where the page is now read to say just that: the next version may read it otherwise again.

    `previous`: the version of the page before, whose corrections a new snapshot continues. A field that the page itself
    says otherwise now is left as the page has it: the publisher may have set it right. Returns the corrections that
    stand, each with what was read this time; `keep` saves them.
    """
    standing = _standing(snapshot.pk) if snapshot.pk else _carried(snapshot, previous)
    for correction in standing:
        field = Field(correction.field)
        if field is not Field.TOPICS:
            correction.was = value_of(snapshot, field)
            set_value(snapshot, field, correction.value)
    return standing


def keep(standing: Sequence[Correction], snapshot: Snapshot) -> None:
    """Save the corrections of a snapshot that is saved now."""
    for correction in standing:
        correction.snapshot = snapshot
        correction.save()


def write_topics(
    snapshot: Snapshot, found: Sequence[FoundTopic], standing: Sequence[Correction], *, is_new: bool
) -> bool:
    """The topics that were found, or those that somebody chose instead; whether they are others than before."""
    words = {topic.topic_id: list(topic.words) for topic in found}
    chosen = next((one for one in standing if one.field == Field.TOPICS), None)
    if chosen is not None:
        chosen.was = sorted(words)
        chosen.save(update_fields=["was"])
        words = {pk: words.get(pk, []) for pk in usable_topics(chosen.value)}
    return set_topics(snapshot, words, is_new=is_new)


def as_read(snapshot: Snapshot, fields: Iterable[str], standing: Sequence[Correction] | None = None) -> dict[str, Any]:
    """These fields of the snapshot as they were read from its page, without what was set right.

    `standing`: its corrections, where they are at hand.
    """
    read = {name: getattr(snapshot, name) for name in fields}
    for correction in _standing(snapshot.pk) if standing is None else standing:
        if correction.field == Field.PUBLISHED:
            at = correction.was["at"]
            read["published_at"] = datetime.fromisoformat(at) if at else None
            read["published_precision"] = correction.was["precision"] or ""
        elif correction.field in read:
            read[correction.field] = correction.was
    return {name: read[name] for name in fields}


def is_corrected(snapshot: Snapshot) -> bool:
    """Somebody set something right in it that stands."""
    return Correction.objects.filter(snapshot=snapshot, withdrawn_at=None).exists()


def _standing(snapshot_id: int | None) -> list[Correction]:
    return list(Correction.objects.filter(snapshot=snapshot_id, withdrawn_at=None)) if snapshot_id else []


def _carried(snapshot: Snapshot, previous: int | None) -> list[Correction]:
    carried = []
    for old in _standing(previous):
        field = Field(old.field)
        if field in OF_THE_PAGE and value_of(snapshot, field) != old.was:
            continue
        carried.append(
            Correction(
                field=old.field,
                value=old.value,
                was=old.was,
                reason=old.reason,
                by_id=old.by_id,
                at=old.at,
                carried_from=old,
            )
        )
    return carried
