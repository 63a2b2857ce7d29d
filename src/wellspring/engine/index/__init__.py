"""Cut, index, search, mark, related, copies."""

from .mark import Marked, mark, snippet
from .reader import SearchIndex
from .writer import IndexWriter

__all__ = ["IndexWriter", "Marked", "SearchIndex", "mark", "snippet"]
