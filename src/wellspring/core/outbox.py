"""Writing the search outbox. Reading it is `core.follower`'s work."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from wellspring.core.models import IndexChange

_LOCK = 0x5EA2C4


def queue_up() -> None:
    """Let writers of the outbox and of the audit trail pass one by one, each until its commit.

    On PostgreSQL a later id could otherwise become visible before an earlier one. One lock for both: with two, a
    transaction that writes outbox then trail would meet one that writes trail then outbox, each waiting for the other.
    On SQLite a writing transaction is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def record_index_changes(kind: str, ids: Iterable[int]) -> None:
    """Tell every follower that these things changed. Call it inside the transaction of the change itself.

    Writers queue up, so a follower that has seen an id has seen all before it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_index_changes belongs inside the change's transaction")
    queue_up()
    IndexChange.objects.bulk_create([IndexChange(kind=kind, object_id=pk) for pk in ids])
