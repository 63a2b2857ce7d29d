"""The one rule above all others: somebody can always manage the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from wellspring.people.errors import LastAdministrator
from wellspring.people.queries.administrators import administrators

_LOCK = 0x5EAD31


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """Around a change that may take an administrator away, inside its transaction.

    Raises LastAdministrator, which rolls the change back, where there was one before and would be none after. One at
    a time, whatever the number of processes: two administrators who remove each other at once cannot both succeed.
    (SQLite's transactions begin IMMEDIATE and queue by themselves.)
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    before = administrators().exists()
    yield
    if before and not administrators().exists():
        raise LastAdministrator
