"""Cut, index, search, mark, related, copies."""

from . import folders
from .mark import Marked, mark, snippet
from .reader import SearchIndex
from .writer import IndexWriter

__all__ = ["IndexWriter", "Marked", "SearchIndex", "folders", "mark", "snippet"]
