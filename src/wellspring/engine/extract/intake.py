"""What is no web page is told apart before it is parsed, with the reason by name."""

from __future__ import annotations

import re
from typing import Final

from wellspring.engine.errors import EmptyPage, NotHtml, PageTooComplex, marked

MAX_BYTES: Final = 24_000_000
_BLANK: Final = b"\xef\xbb\xbf \t\r\n\x00"

_OFFICE: Final = marked("an Office document or an archive")
_PICTURE: Final = marked("a picture")
_MOVING: Final = marked("sound or video")
_SIGNATURES: Final = (
    (b"%PDF-", marked("a PDF document")),
    (b"PK\x03\x04", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"{\\rtf", _OFFICE),
    (b"Rar!", _OFFICE),
    (b"7z\xbc\xaf", _OFFICE),
    (b"\x1f\x8b", marked("compressed data")),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"ID3", _MOVING),
    (b"OggS", _MOVING),
)
_FEED: Final = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", re.I)
_MARKUP: Final = re.compile(rb"<(?:!doctype|!--|[a-z][a-z0-9-]*[\s/>])", re.I)


def refuse_what_is_no_page(content: bytes) -> None:
    """Raise EmptyPage, NotHtml or PageTooComplex for bytes, as received, that are not to be parsed as a web page."""
    if len(content) > MAX_BYTES:
        raise PageTooComplex(
            marked("The page was not read because it is larger than %(limit)s MB."), limit=MAX_BYTES // 1_000_000
        )
    head = content[:4096].lstrip(_BLANK)
    if not head and not content.strip(_BLANK):
        raise EmptyPage()
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            raise NotHtml(found=found)
    if content[4:8] == b"ftyp":
        raise NotHtml(found=_MOVING)
    narrow = content[:20_000].replace(b"\x00", b"")
    if _FEED.search(narrow[:2000]) and b"<html" not in narrow[:2000].lower():
        raise NotHtml(found=marked("a feed or sitemap"))
    if not _MARKUP.search(narrow) and not _MARKUP.search(content):
        binary = sum(byte < 9 or 13 < byte < 32 for byte in narrow[:2000]) > 20
        raise NotHtml(found=marked("binary data") if binary else marked("plain text or data"))
