"""A snapshot as the news record that was read, in the JSON form that every part of the product speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellspring.library.models import Snapshot

RECORD_FIELDS = (
    "title",
    "published_at",
    "published_precision",
    "source_name",
    "authors",
    "editor",
    "reprinted_from",
    "column_name",
    "language",
    "body",
    "evidence",
)


def news_record(snapshot: Snapshot) -> dict[str, Any]:
    """Fields as `wellspring extract` prints them; null where the page does not say."""
    return record_of(snapshot.original_url, {name: getattr(snapshot, name) for name in RECORD_FIELDS})


def record_of(url: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same of values that a snapshot's columns have, or had."""
    told = {name: fields[name] or None for name in RECORD_FIELDS}
    told["published_at"] = fields["published_at"].isoformat() if fields["published_at"] else None
    return {"url": url, **told, **{name: fields[name] for name in ("title", "authors", "body", "evidence")}}
