"""The news record of a page: decode → DOM → title, time, source, authors, editor, body, images → evidence."""

from .joining import is_same_article, join_pages
from .paging import may_go_on
from .record import VERSION, extract

__all__ = ["VERSION", "extract", "is_same_article", "join_pages", "may_go_on"]
