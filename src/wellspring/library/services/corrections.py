"""Setting fields of a snapshot right, and taking that back; the bytes as captured are never touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.outbox import record_index_changes
from wellspring.library.models import Correction, Field, Snapshot
from wellspring.library.queries.corrections import told_value
from wellspring.library.services.corrected_fields import set_topics, set_value, usable_topics, value_of
from wellspring.library.services.versions import INDEX_KIND
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor


class ReasonMissing(DomainError):
    code = "reason_missing"


class NothingCorrected(DomainError):
    code = "nothing_corrected"


def corrections_version(snapshot: Snapshot) -> int:
    """Grows with every correction, every withdrawal and every new reading that differs, so that whoever has an older
    state before her is told."""
    counts = Snapshot.objects.filter(pk=snapshot.pk).aggregate(
        all=Count("corrections", distinct=True),
        gone=Count("corrections", filter=Q(corrections__withdrawn_at__isnull=False), distinct=True),
        read=Count("earlier_records", distinct=True),
    )
    return int(counts["all"]) + int(counts["gone"]) + int(counts["read"])


def correct_snapshot(
    *, actor: Actor, snapshot_id: int, version: int, wanted: Mapping[Field, Any], reason: str
) -> list[Field]:
    """Let these fields say what is wanted, in the form that corrections store; which of them changed.

    A field that is put back to what was read from the page has its correction withdrawn. `version`: see
    `corrections_version`. Raises PermissionDenied, Snapshot.DoesNotExist, ReasonMissing, NothingCorrected,
    ChangedMeanwhile.
    """
    actor.require(Permission.CORRECT_SNAPSHOTS)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ReasonMissing(_("Say why: readers see the reason beside the correction."))
    with transaction.atomic():
        snapshot = _locked(snapshot_id)
        changed = {field: value for field, value in wanted.items() if value_of(snapshot, field) != value}
        if not changed:
            raise NothingCorrected(_("Nothing differs from what stands there already. Change a field first."))
        if corrections_version(snapshot) != version:
            raise ChangedMeanwhile(
                version=corrections_version(snapshot),
                differences=[
                    Difference(str(field.label), told_value(field, value_of(snapshot, field)), told_value(field, value))
                    for field, value in changed.items()
                ],
            )
        for field, value in changed.items():
            _set_right(actor, snapshot, field, value, reason)
        _save(snapshot)
        audit.record(
            "library.snapshot_corrected",
            actor=actor.user,
            on=snapshot,
            data={"title": snapshot.title[:80], "fields": [field.message for field in changed]},
        )
    return list(changed)


def withdraw_correction(*, actor: Actor, correction_id: int) -> Correction:
    """Let the field say again what was read from the page. Raises PermissionDenied, Correction.DoesNotExist."""
    actor.require(Permission.CORRECT_SNAPSHOTS)
    with transaction.atomic():
        correction = Correction.objects.select_for_update().get(pk=correction_id)
        if correction.withdrawn_at is None:
            snapshot = _locked(correction.snapshot_id)
            _withdraw(actor, snapshot, correction)
            _save(snapshot)
            audit.record(
                "library.correction_withdrawn",
                actor=actor.user,
                on=snapshot,
                data={"title": snapshot.title[:80], "fields": [Field(correction.field).message]},
            )
    return correction


def _set_right(actor: Actor, snapshot: Snapshot, field: Field, value: Any, reason: str) -> None:
    standing = Correction.objects.filter(snapshot=snapshot, field=field, withdrawn_at=None).first()
    was = value_of(snapshot, field) if standing is None else standing.was
    if standing is not None:
        _withdraw(actor, snapshot, standing)
    if value == was:
        return
    Correction.objects.create(snapshot=snapshot, field=field, value=value, was=was, reason=reason, by=actor.user)
    _put(snapshot, field, value)


def _withdraw(actor: Actor, snapshot: Snapshot, correction: Correction) -> None:
    correction.withdrawn_at = timezone.now()
    correction.withdrawn_by = actor.user
    correction.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _put(snapshot, Field(correction.field), correction.was)


def _put(snapshot: Snapshot, field: Field, value: Any) -> None:
    if field is Field.TOPICS:
        set_topics(snapshot, {pk: [] for pk in usable_topics(value)})
    else:
        set_value(snapshot, field, value)


def _locked(snapshot_id: int) -> Snapshot:
    return Snapshot.objects.select_for_update(of=("self",)).select_related("channel").get(pk=snapshot_id)


def _save(snapshot: Snapshot) -> None:
    snapshot.save()
    record_index_changes(INDEX_KIND, [snapshot.pk])
