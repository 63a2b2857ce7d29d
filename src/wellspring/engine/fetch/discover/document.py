"""The text of a fetched document and what finding reports in it answers, whatever its kind."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.records import FoundPage, SourceKind

MOST = 50_000
"""Pages taken from one document: what the sitemap protocol allows in one file."""
MAX_UNPACKED = 50_000_000
"""Bytes of a document after gunzip; the sitemap protocol's own limit."""
MAX_URL = 2000
"""Bytes of an address; longer ones are left out."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a document is and points to."""

    kind: SourceKind
    pages: tuple[FoundPage, ...] = ()
    nested: tuple[str, ...] = ()
    """Addresses of child sitemaps, the newest first where the index dates them."""
    feeds: tuple[str, ...] = ()
    """Feeds that a web page advertises."""
    name: str | None = None
    """Title of the feed or page."""


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded document; of XML and HTML the name of its first element, lower case, without prefix."""

    url: str
    text: str
    root: str


def read_document(content: bytes, *, url: str, content_type: str | None = None) -> Document:
    """Unpack, decode and look at the first element. A DOCTYPE is taken out, so nothing it declares is expanded.

    Raises DiscoveryError for an empty document, a gzip bomb, or one that declares entities.
    """
    text = decoded(_unpacked(content, url), content_type).lstrip("\ufeff \t\r\n")
    if not text:
        raise DiscoveryError(marked("%(url)s is empty."), url=url)
    root, doctype = _first_element(text)
    if doctype:
        if re.search(r"<!ENTITY\s+[^%\s]", doctype):
            raise DiscoveryError(
                marked("%(url)s declares entities of its own, which can be used to swamp a reader; it is not read."),
                url=url,
            )
        text = text.replace(doctype, "", 1)
    return Document(url=url, text=text, root=root)


def decoded(content: bytes, content_type: str | None) -> str:
    """Text of the bytes: UTF-8 where they are UTF-8, else what is declared, else GB18030. Never fails."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.end >= len(content) - 3 and problem.reason == "unexpected end of data":
            return content.decode("utf-8", "replace")
    declared = re.search(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", content[:2000])
    names = [declared.group(1).decode("ascii")] if declared else []
    if header := re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", content_type or "", re.I):
        names.append(header.group(1))
    for name in names:
        encoding = "gb18030" if name.lower().startswith("gb") else name
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return content.decode("gb18030" if _mostly_gb(content) else "utf-8", "replace")


def web_address(href: str | None, base: str) -> str | None:
    """`href` as an absolute http(s) address without fragment, or None where it is none or too long."""
    if not href or not (href := href.strip()) or href.startswith("#"):
        return None
    if re.search(r"[\x00-\x20\x7f\\]", href):
        href = re.sub(r"[\t\r\n]", "", href).replace(" ", "%20")
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\x00-\x20\x7f-\x9f]", address):
        return None
    address = address.partition("#")[0]
    try:
        return address if len(address.encode()) <= MAX_URL else None
    except UnicodeEncodeError:
        return None


def plain(text: str) -> str:
    """One line without control characters (a title may be printed in a terminal) and broken surrogates."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def chosen(pages: Iterable[FoundPage]) -> tuple[FoundPage, ...]:
    """Each address once, in the order given, with the first title and the latest time; the newest `MOST` of them."""
    merged: dict[str, FoundPage] = {}
    for page in pages:
        seen = merged.get(page.url)
        if seen is None:
            merged[page.url] = page
            continue
        times = [time for time in (seen.updated_at, page.updated_at) if time]
        merged[page.url] = FoundPage(page.url, seen.title or page.title, max(times) if times else None)
    found = list(merged.values())
    if len(found) > MOST:
        kept = {page.url for page in newest_first(found)[:MOST]}
        found = [page for page in found if page.url in kept]
    return tuple(found)


def newest_first(pages: Iterable[FoundPage]) -> list[FoundPage]:
    """The newest first; those without a date after them, in the order given."""
    return sorted(pages, key=lambda page: -page.updated_at.timestamp() if page.updated_at else 0.0)


def _unpacked(content: bytes, url: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacker = zlib.decompressobj(31)
    try:
        unpacked = unpacker.decompress(content, MAX_UNPACKED + 1)
    except zlib.error:
        raise DiscoveryError(marked("%(url)s looks like gzip but does not unpack."), url=url) from None
    if len(unpacked) > MAX_UNPACKED:
        raise DiscoveryError(
            marked("%(url)s unpacks to more than %(limit)s bytes and is not read."), url=url, limit=MAX_UNPACKED
        )
    return unpacked


def _mostly_gb(content: bytes) -> bool:
    sample = content[:20_000]
    return sample.decode("gb18030", "replace").count("\ufffd") < sample.decode("utf-8", "replace").count("\ufffd")


def _first_element(text: str) -> tuple[str, str]:
    """Name of the first element, and the DOCTYPE before it (empty where there is none)."""
    at, doctype = text.find("<", 0, 1000), ""
    while 0 <= at < len(text):
        rest = text[at : at + 9].lower()
        if rest.startswith("<?"):
            end = text.find("?>", at)
        elif rest.startswith("<!--"):
            end = text.find("-->", at)
        elif rest.startswith("<!doctype"):
            end = text.find(">", at)
            subset = text.find("[", at, end if end > 0 else None)
            if subset > 0:
                close = re.compile(r"\]\s*>").search(text, subset)
                end = close.end() - 1 if close else len(text) - 1
            doctype = text[at : end + 1] if end > 0 else text[at:]
        else:
            name = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)").match(text, at)
            return (name.group(1).lower() if name else ""), doctype
        at = text.find("<", end) if end > 0 else -1
    return "", doctype
