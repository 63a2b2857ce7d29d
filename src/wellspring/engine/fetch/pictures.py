"""Telling a picture by its first bytes; what a server says about it is not believed."""

from __future__ import annotations

from wellspring.engine.errors import EngineError, NotAPicture, StatusRefused
from wellspring.engine.records import FetchedResponse

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Sizes of the header that follows a bitmap's two letters; the letters alone may begin a text."""
_BRANDS = {b"avif": "image/avif", b"avis": "image/avif"}


def picture_type(content: bytes) -> str | None:
    """The media type of a raster picture that browsers show; None for everything else, SVG (a document) included."""
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12])
    return None


def picture_problem(response: FetchedResponse, content: bytes) -> EngineError | None:
    """Why this response is no picture to keep; None where it is one. `content` is without content coding."""
    if response.status != 200:
        return StatusRefused(url=response.url, status=response.status)
    if picture_type(content) is None:
        return NotAPicture(url=response.url)
    return None
