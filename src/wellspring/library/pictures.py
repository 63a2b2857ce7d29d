"""Which picture formats are shown, told by their first bytes and by nothing that the site says."""

from __future__ import annotations


def picture_type(content: bytes) -> str | None:
    """The media type of a PNG, JPEG, GIF or WebP picture; None for all else, SVG among it: it may carry scripts."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return None
