"""Changing the index: one process at a time, by commits that survive a crash."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from wellspring.engine.records import SearchDocument

from . import folders, schema
from .failures import named_failures

_HEAP = 64_000_000
"""Bytes of memory per writing thread before a segment is written out."""


class IndexWriter:
    """Writes one generation. Nothing is seen by readers before `commit`; an uncommitted rest is lost by death only."""

    def __init__(self, generation: Path, *, new: bool = False, threads: int = 1) -> None:
        """Open a generation for writing, or make a `new` one in its empty folder.

        Raises SearchIndexError when another process writes it, or it is damaged.
        """
        self.generation = generation
        with named_failures():
            if new:
                self._index = schema.created(str(generation))
                folders.seal(generation)
            else:
                self._index = schema.opened(str(generation))
            self._writer = self._index.writer(_HEAP * threads, threads)

    @classmethod
    def for_rebuild(cls, generation: Path) -> IndexWriter:
        """A writer of a new generation that uses the machine's cores, at most four."""
        return cls(generation, new=True, threads=min(os.cpu_count() or 1, 4))

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add documents that are not in the index yet."""
        for document in documents:
            entry = schema.entry(document)
            with named_failures():
                self._writer.add_document(entry)

    def remove(self, kind: str, ids: Iterable[int]) -> None:
        """Take documents out; those that are not in are no error."""
        with named_failures():
            for pk in ids:
                self._writer.delete_documents_by_term("key", schema.key(kind, pk))

    def commit(self, position: int) -> None:
        """Make what was done durable and visible, then remember how far the outbox had been read."""
        with named_failures():
            self._writer.commit()
            folders.write_position(self.generation, position)

    def close(self) -> None:
        """Wait for merges under way. The writer cannot be used afterwards."""
        with named_failures():
            self._writer.wait_merging_threads()
