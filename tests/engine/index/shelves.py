"""Small indexes for tests, written for real."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wellspring.engine.index import IndexWriter, SearchIndex
from wellspring.engine.index.folders import new_generation, publish
from wellspring.engine.records import SearchDocument

DAY = datetime(2025, 3, 5, 4, 0, tzinfo=UTC)
KIND = "library.snapshot"


def document(pk: int, title: str = "无题", text: str = "", *, days: float = 0, **fields: Any) -> SearchDocument:
    return SearchDocument(
        kind=fields.pop("kind", KIND), id=pk, title=title, text=text, dated_at=DAY + timedelta(days=days), **fields
    )


def filled(folder: Path, documents: Iterable[SearchDocument], *, position: int = 0) -> SearchIndex:
    """A published index with these documents."""
    writer = IndexWriter(new_generation(folder), new=True)
    writer.put(documents)
    writer.commit(position)
    writer.close()
    publish(folder, writer.generation)
    return SearchIndex(folder)


def found(index: SearchIndex, query: str, **options: Any) -> list[int]:
    return [hit.id for hit in index.search(query, **options).hits]
