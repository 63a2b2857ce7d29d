"""A snapshot as the news record that was read, in the JSON form that every part of the product speaks."""

from __future__ import annotations

from typing import Any

from wellspring.library.models import Snapshot


def news_record(snapshot: Snapshot) -> dict[str, Any]:
    """Fields as `wellspring extract` prints them; null where the page does not say."""
    return {
        "url": snapshot.original_url,
        "title": snapshot.title,
        "published_at": snapshot.published_at.isoformat() if snapshot.published_at else None,
        "published_precision": snapshot.published_precision or None,
        "source_name": snapshot.source_name or None,
        "authors": snapshot.authors,
        "editor": snapshot.editor or None,
        "reprinted_from": snapshot.reprinted_from or None,
        "column_name": snapshot.column_name or None,
        "language": snapshot.language or None,
        "body": snapshot.body,
        "evidence": snapshot.evidence,
    }
