"""What is no web page, or would take too long, is told apart before it is parsed, with the reason by name."""

from __future__ import annotations

import re

from wellspring.engine.errors import EmptyPage, NotHtml, PageTooComplex, marked

MAX_BYTES = 24_000_000
MAX_DEPTH = 3_000
"""Deeper than any page written in earnest; an HTML parser's work grows with depth times length."""
MAX_ATTRIBUTES = 2_000
"""Of one element. An HTML parser compares each attribute with all before it: 100,000 of them took 18 s."""

_LONG_PAGE = 150_000
_LONG_TAG = 4 * MAX_ATTRIBUTES
_BLANK = b"\xef\xbb\xbf \t\r\n\x00"

_OFFICE = marked("an Office document or an archive")
_PICTURE = marked("a picture")
_MOVING = marked("sound or video")
_SIGNATURES = (
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
_FEED = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)[\s>]", re.I)
_MARKUP = re.compile(rb"<(?:!doctype|!--|[a-z][a-z0-9-]*[\s/>])", re.I)
_TAG = re.compile(
    rb"""<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"""
    rb"""|script\b[^>]*+>[^<]*+(?:<(?!/script)[^<]*+)*+"""
    rb"""|style\b[^>]*+>[^<]*+(?:<(?!/style)[^<]*+)*+"""
    rb"""|/?[a-zA-Z](?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z))""",
    re.I,
)
"""A comment, a script, a style sheet or a tag with its attributes. Possessive, and ended by the end: linear time."""
_QUOTED = re.compile(rb"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_NAME = re.compile(rb"</?([a-zA-Z][^\s/>]*)")
_NO_TAGS = (b"<!--", b"<script", b"<style")
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr script style".split())
_ENDED_BY_OTHERS = frozenset(b"p li dt dd tr td th option thead tbody tfoot colgroup rp rt".split())


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


def refuse_what_takes_too_long(markup: bytes) -> None:
    """Raise PageTooComplex for markup (UTF-8) on which a parser's work would grow with the square of its length."""
    if len(markup) <= _LONG_PAGE:
        return
    tags = _TAG.findall(markup)
    for tag in tags:
        if len(tag) > _LONG_TAG and not tag[:7].lower().startswith(_NO_TAGS):
            names = _QUOTED.sub(b" ", tag).replace(b"/", b" ").split()
            if len(names) > MAX_ATTRIBUTES:
                raise PageTooComplex(
                    marked("The page was not read because an element has more than %(limit)s attributes."),
                    limit=MAX_ATTRIBUTES,
                )
    if len(tags) > 2 * MAX_DEPTH:
        _refuse_deep_nesting(tags)


def _refuse_deep_nesting(tags: list[bytes]) -> None:
    depth = 0
    for tag in tags:
        found = _NAME.match(tag)
        if found is None or tag.endswith(b"/>"):
            continue
        name = found[1].lower()
        if name in _VOID or name in _ENDED_BY_OTHERS:
            continue
        depth = max(0, depth - 1) if tag[1:2] == b"/" else depth + 1
        if depth > MAX_DEPTH:
            raise PageTooComplex(
                marked("The page was not read because its elements are nested more than %(limit)s deep."),
                limit=MAX_DEPTH,
            )
