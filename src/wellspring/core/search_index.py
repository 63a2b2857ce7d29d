"""This host's search index, opened once per process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from wellspring.engine.index import SearchIndex


def search_index() -> SearchIndex:
    """The index in the data folder. Asking it raises SearchIndexError where it is missing or damaged."""
    return _opened(settings.ENVIRONMENT.index)


@cache
def _opened(folder: Path) -> SearchIndex:
    return SearchIndex(folder)
