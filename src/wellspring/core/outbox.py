"""Writing the search outbox. Reading it is `core.follower`'s work."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from wellspring.core.models import IndexChange

_LOCK = 0x5EA2C4


def record_index_changes(kind: str, ids: Iterable[int]) -> None:
    """Tell every follower that these things changed. Call it inside the transaction of the change itself.

    On PostgreSQL a later id could become visible before an earlier one; the advisory lock, held until commit, makes
    writers of the outbox queue up, so a follower that has seen an id has seen all before it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_index_changes belongs inside the change's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    IndexChange.objects.bulk_create([IndexChange(kind=kind, object_id=pk) for pk in ids])
