"""The extractors that are compared, each as a function from the bytes of a page to a record in our shape.

Each gets what its documentation asks for: trafilatura takes bytes and finds out their encoding;
the others take text and get it from our own decoder, whose time counts for them as it does for us.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from wellspring.engine.extract.decode import decode_page

Reader = Callable[[bytes], dict[str, Any]]

ALL_FIELDS = ("title", "time", "source", "authors", "editor")
_BETWEEN_NAMES = re.compile(r"[\s、，,;；]+")


def wellspring(content: bytes) -> dict[str, Any]:
    from wellspring.engine.extract import extract

    return extract(content).as_json()


def trafilatura(content: bytes) -> dict[str, Any]:
    import trafilatura as peer

    found = peer.bare_extraction(content, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "published_at": found.date,
        "source_name": None,
        "authors": [name.strip() for name in (found.author or "").split(";") if name.strip()],
        "body": paragraphs(found.text or ""),
    }


def readability(content: bytes) -> dict[str, Any]:
    from lxml import html
    from readability import Document

    document = Document(decode_page(content)[0])
    text = html.fromstring(document.summary()).text_content()
    return {"title": document.short_title(), "body": paragraphs(text)}


def gne(content: bytes) -> dict[str, Any]:
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(decode_page(content)[0])
    return {
        "title": found["title"],
        "published_at": found["publish_time"],
        "authors": [name for name in _BETWEEN_NAMES.split(found["author"] or "") if name],
        "body": paragraphs(found["content"]),
    }


def resiliparse(content: bytes) -> dict[str, Any]:
    from resiliparse.extract.html2text import extract_plain_text

    return {"body": paragraphs(extract_plain_text(decode_page(content)[0], main_content=True))}


def paragraphs(text: str) -> list[dict[str, str]]:
    return [{"type": "p", "text": line} for line in text.splitlines() if line.strip()]


READERS: Mapping[str, tuple[Reader, tuple[str, ...]]] = {
    "wellspring": (wellspring, ALL_FIELDS),
    "trafilatura, with metadata": (trafilatura, ("title", "time", "source", "authors", "editor")),
    "readability-lxml": (readability, ("title",)),
    "GNE": (gne, ("title", "time", "authors")),
    "resiliparse, main content": (resiliparse, ()),
}
"""Name, reader, and the fields that it looks for."""

PACKAGES = ("selectolax", "trafilatura", "readability-lxml", "gne", "resiliparse", "lxml")


def read_or_nothing(read: Reader, content: bytes) -> dict[str, Any]:
    """A page that an extractor cannot read counts as nothing found."""
    try:
        return read(content)
    except Exception:  # noqa: BLE001 - as above: peers raise what they like
        return {}
