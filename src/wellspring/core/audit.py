"""Writing and checking the audit trail: a chain of hashes, so that a line changed or taken out shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from wellspring.core import audit_head
from wellspring.core.models import AuditEntry, User
from wellspring.core.outbox import queue_up
from wellspring.core.registry import audit_subjects

FIRST = "0" * 64
"""What the first entry names as the one before."""
_FIELDS = (
    "number",
    "at",
    "actor_id",
    "action",
    "object_type",
    "object_id",
    "org_path",
    "data",
    "previous_hash",
    "entry_hash",
)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where the chain does not hold."""

    number: int
    problem: str
    """`changed`: the entry is not what was sealed; `missing`: an entry before it is gone; `relinked`: it names
    another entry before it than there is; `cut`: entries up to this number existed and are gone; `rewritten`: the
    entry of this number is another than the one that was written."""


def record(
    action: str,
    *,
    actor: User | None,
    on: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
    org_path: str | None = None,
) -> AuditEntry:
    """Write down what was done, in the transaction of the change itself.

    `action`: `app.what_happened`, e.g. `people.role_given`, known to `core.registry.register_actions`. `data`: plain
    JSON values, kept as they are in either database: a float as text, a day in ISO form. `org_path`: the unit it
    happened in; by default that of `on`, as its app registered it. Writers queue up until commit: the chain is one
    line whatever the number of processes and hosts.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit entry belongs inside the change's transaction")
    queue_up()
    last = head()
    entry = AuditEntry(
        number=last[0] + 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=on.pk if on is not None else None,
        org_path=_place(on) if org_path is None else org_path,
        data=_plain(data or {}),
        previous_hash=last[1],
    )
    entry.entry_hash = sealed(entry)
    entry.save(force_insert=True)
    number, entry_hash = entry.number, entry.entry_hash
    transaction.on_commit(lambda: audit_head.remember(number, entry_hash, holds=_holds), robust=True)
    return entry


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, secret: Collection[str] = ()
) -> dict[str, list[Any] | None]:
    """What changed from `before` to `after`, for an entry's `data["changes"]`: name → [old, new].

    Of a `secret` field only that it changed: name → None.
    """
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: None if name in secret else [before.get(name), after[name]] for name in changed}


def sealed(entry: AuditEntry) -> str:
    """SHA-256 in hex over everything an entry says, the hash before included; canonical JSON."""
    return _seal(*(getattr(entry, name) for name in _FIELDS[:-1]))


def broken_links(*, on_entry: Callable[[], None] | None = None) -> Iterator[BrokenLink]:
    """Every place where the chain does not hold, first to last; then what is missing at its end."""
    number, before = 0, FIRST
    for row in AuditEntry.objects.order_by("number").values_list(*_FIELDS).iterator(chunk_size=5000):
        this, previous, entry_hash = row[0], row[8], row[9]
        if this != number + 1:
            yield BrokenLink(this, "missing")
        elif previous != before:
            yield BrokenLink(this, "relinked")
        if _seal(*row[:9]) != entry_hash:
            yield BrokenLink(this, "changed")
        number, before = this, entry_hash
        if on_entry:
            on_entry()
    if problem := broken_end((number, before)):
        yield problem


def broken_end(last: tuple[int, str]) -> BrokenLink | None:
    """What is wrong with the end of the chain, going by what this host remembers; quick. `last`: see `head`."""
    remembered = audit_head.remembered()
    if remembered is None or remembered == last or _holds(*remembered):
        return None
    return BrokenLink(remembered[0], "cut" if remembered[0] > last[0] else "rewritten")


def head(using: str = "default") -> tuple[int, str]:
    """How many entries there are and the hash of the last; (0, 64 zeros) for none."""
    entries = AuditEntry.objects.using(using).order_by("-number")
    return entries.values_list("number", "entry_hash").first() or (0, FIRST)


def remembered_at(moment: str) -> tuple[int, str] | None:
    """What this host remembered of the trail's end at the moment that the connection `moment` sees.

    Entries written since are left out. What does not fit the chain of today is evidence and stays as it is.
    """
    remembered = audit_head.remembered()
    if remembered is None:
        return None
    then = head(moment)
    return then if then[0] < remembered[0] and _holds(*remembered) else remembered


def _holds(number: int, entry_hash: str) -> bool:
    return AuditEntry.objects.filter(number=number, entry_hash=entry_hash).exists()


def _place(on: models.Model | None) -> str:
    subject = audit_subjects().get(on._meta.label_lower) if on is not None else None
    return subject.place(on) if subject else ""


def _seal(
    number: int,
    at: datetime,
    actor_id: int | None,
    action: str,
    object_type: str,
    object_id: int | None,
    org_path: str,
    data: Any,
    previous_hash: str,
) -> str:
    said = {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor_id,
        "action": action,
        "object": [object_type, object_id],
        "data": data,
        "previous": previous_hash,
    }
    if org_path:
        said["org"] = org_path
    line = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """As JSON that both databases give back unchanged: PostgreSQL rewrites floats, and takes no NUL."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
