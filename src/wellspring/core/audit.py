"""Writing and checking the audit trail: a chain of hashes, so that a line changed or taken out shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from wellspring.core.models import AuditEntry, User

FIRST = "0" * 64
"""What the first entry names as the one before."""
_LOCK = 0x5EA2C6


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where the chain does not hold."""

    number: int
    problem: str
    """`changed`: the entry is not what was sealed; `missing`: an entry before it is gone; `relinked`: it names
    another entry before it than there is."""


def record(
    action: str, *, actor: User | None, on: models.Model | None = None, data: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Write down what was done, in the transaction of the change itself.

    `action`: `app.what_happened`, e.g. `people.role_given`, known to `core.registry.register_actions`. `data`: plain
    JSON values. Writers queue up until commit: the chain is one line whatever the number of processes and hosts.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit entry belongs inside the change's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = AuditEntry.objects.order_by("-number").values_list("number", "entry_hash").first() or (0, FIRST)
    entry = AuditEntry(
        number=last[0] + 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=on.pk if on is not None else None,
        data=json.loads(json.dumps(dict(data or {}))),
        previous_hash=last[1],
    )
    entry.entry_hash = sealed(entry)
    entry.save(force_insert=True)
    return entry


def sealed(entry: AuditEntry) -> str:
    """SHA-256 in hex over everything an entry says, the hash before included; canonical JSON."""
    said = {
        "number": entry.number,
        "at": _moment(entry.at),
        "actor": entry.actor_id,
        "action": entry.action,
        "object": [entry.object_type, entry.object_id],
        "data": entry.data,
        "previous": entry.previous_hash,
    }
    line = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def broken_links() -> Iterator[BrokenLink]:
    """Every place where the chain does not hold, first to last."""
    number, before = 0, FIRST
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield BrokenLink(entry.number, "missing")
        elif entry.previous_hash != before:
            yield BrokenLink(entry.number, "relinked")
        if sealed(entry) != entry.entry_hash:
            yield BrokenLink(entry.number, "changed")
        number, before = entry.number, entry.entry_hash


def head() -> tuple[int, str]:
    """How many entries there are and the hash of the last; (0, 64 zeros) for none."""
    return AuditEntry.objects.order_by("-number").values_list("number", "entry_hash").first() or (0, FIRST)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
