"""The news record of a page: decode → DOM → title, time, source, authors, editor, body, images → evidence."""

from .joining import adds_nothing, is_same_article, join_pages
from .paging import may_go_on
from .record import VERSION, extract

__all__ = ["VERSION", "adds_nothing", "extract", "is_same_article", "join_pages", "may_go_on"]
