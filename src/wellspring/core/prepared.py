"""Queries that are asked so often that putting their words together would cost more than the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Prepared = tuple[str, tuple[Any, ...]]
"""The words of a query, and the values that belong into them."""


def prepared(rows: QuerySet[Any, Any]) -> Prepared:
    """Of a query for plain values (`values_list`), to be kept. It may have numbers that no row has in place of ids."""
    return rows.query.sql_with_params()


def answered(query: Prepared, ids: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """Its rows, with `ids` in place of the numbers that stood for them."""
    words, values = query
    with connection.cursor() as cursor:
        cursor.execute(words, [ids.get(value, value) if isinstance(value, int) else value for value in values])
        return cursor.fetchall()
