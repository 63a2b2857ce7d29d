"""The index as those who ask see it: opened read-only, and always in the state of the last commit."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from wellspring.engine.errors import EngineError
from wellspring.engine.records import RelatedHit, SearchFilters, SearchPage

from . import folders, schema
from .failures import named_failures
from .related import related
from .search import search

_NO_FILTERS = SearchFilters()


@dataclass(slots=True)
class _Opened:
    generation: Path
    index: tantivy.Index
    searcher: tantivy.Searcher
    pointer: tuple[int, int]
    commit: tuple[int, int]


class SearchIndex:
    """One host's index folder. Cheap to make, opened on first use, safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def search(
        self,
        query: str,
        filters: SearchFilters = _NO_FILTERS,
        *,
        offset: int = 0,
        limit: int = 20,
        newest_first: bool = False,
    ) -> SearchPage:
        """Documents that hold every part of `query`, best first; an empty query asks for all, newest first.

        Takes any string. Raises SearchIndexError where the index is missing or damaged.
        """
        with named_failures():
            return search(self._searcher(), query, filters, offset=offset, limit=limit, newest_first=newest_first)

    def related(self, kind: str, pk: int, *, limit: int = 10) -> tuple[RelatedHit, ...]:
        """What is like one document: its copies first, then at most `limit` others that do not repeat one another.

        Empty when the document is not in the index. Raises SearchIndexError like `search`.
        """
        with named_failures():
            return related(self._searcher(), kind, pk, limit=limit)

    def count(self) -> int:
        """How many documents it holds."""
        with named_failures():
            return self._searcher().num_docs

    def _searcher(self) -> tantivy.Searcher:
        with self._lock:
            pointer = folders.pointer_stamp(self._folder)
            if self._opened is None or self._opened.pointer != pointer:
                self._opened = self._open(pointer)
            opened = self._opened
            commit = folders.commit_stamp(opened.generation)
            if commit in (opened.commit, (0, 0)):
                return opened.searcher
            try:
                opened.index.reload()
            except (ValueError, OSError):
                opened = self._opened = self._open(folders.pointer_stamp(self._folder))
            else:
                opened.searcher, opened.commit = opened.index.searcher(), commit
            return opened.searcher

    def _open(self, pointer: tuple[int, int]) -> _Opened:
        try:
            generation = folders.current_generation(self._folder)
            commit = folders.commit_stamp(generation)
            index = schema.opened(str(generation))
            return _Opened(generation, index, index.searcher(), pointer, commit)
        except (EngineError, ValueError, OSError):
            moved = folders.pointer_stamp(self._folder)
            if moved in (pointer, (0, 0)):
                raise
            return self._open(moved)  # a rebuild took the generation away while it was being opened
