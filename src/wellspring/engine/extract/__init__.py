"""The news record of a page: decode → DOM → title, time, source, authors, editor, body, images → evidence."""

from .record import VERSION, extract

__all__ = ["VERSION", "extract"]
