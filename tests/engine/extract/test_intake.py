"""What is no page is refused by name, and no page takes for ever."""

import contextlib
import time

import pytest

from tests.engine.extract.pages import page
from wellspring.engine.errors import EmptyPage, NeedsJavaScript, NotHtml, PageTooComplex
from wellspring.engine.extract import extract


@pytest.mark.parametrize("content", [b"", b"  \r\n\t ", b"\xef\xbb\xbf", b"\x00\x00\x00\x00"])
def test_an_empty_page_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyPage):
        extract(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n%...", "a PDF document"),
        (b"PK\x03\x04word/document.xml", "an Office document or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "an Office document or an archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"\x00\x00\x00\x20ftypisom" + b"\x00" * 40, "sound or video"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "a feed or sitemap"),
        ("只有文字，没有标记。".encode(), "plain text or data"),
        (b'{"code": 0}', "plain text or data"),
        (bytes(range(1, 9)) * 400, "binary data"),
    ],
)
def test_what_is_no_page_is_named(content: bytes, found: str) -> None:
    with pytest.raises(NotHtml) as refused:
        extract(content)
    assert found in str(refused.value)
    assert "kept" in str(refused.value)


def test_a_page_that_needs_javascript_says_so() -> None:
    shell = '<html><head><title>新闻</title></head><body><div id="app"></div><script src="/app.js"></script>'
    with pytest.raises(NeedsJavaScript) as refused:
        extract((shell + "<noscript>请启用 JavaScript</noscript></body></html>").encode())
    assert "JavaScript" in str(refused.value)


NASTY = {
    "100,000 nested elements": b"<div>" * 100_000 + b"x",
    "100,000 nested elements in UTF-16": ("<div>" * 100_000 + "x").encode("utf-16"),
    "nested tables": b"<table><tr><td>" * 60_000,
    "nested formatting": b"<b><p>" * 60_000,
    "links never closed": b"<a href=x><div>" * 60_000,
    "a 10 MB attribute": b'<p class="' + b"x" * 10_000_000 + b'">x</p>',
    "a 10 MB style": b'<p style="' + b"display:" * 1_250_000 + b'">x</p>',
    "100,000 attributes": b"<div " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x</div>",
    "100,000 attributes behind quotes": b"<div " + b" ".join(b'a%d=">"' % i for i in range(100_000)) + b">x</div>",
    "tags never closed": b"<a b" * 400_000,
    "elements named for the source, nested": b"<title>t</title><h1>t</h1>"
    + b"<span class=source>" * 2_500
    + "社区的议事长廊里坐满了人。".encode() * 60_000,
    "one name of 300 kB": b"<p>" + b"<b" * 150_000 + b">",
    "formatting left open": b"<p>" + b"".join(b"<b id=%d>" % i for i in range(2_900)) + b"<p>x" * 17_000,
    "100,000 attributes behind quotes in names": b"<div " + b" ".join(b'a%d"b=">"' % i for i in range(100_000)) + b">",
    "attributes in JSON-LD": b'<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"<div '
    + b" ".join(b"a%d" % i for i in range(60_000))
    + b">"
    + "社区".encode() * 100
    + b'"}</script><p>x</p>',
    "quotes never closed": b"<a b='" * 200_000,
    "comments never closed": b"<!-- " * 200_000,
    "scripts never closed": b"<script>" * 100_000,
    "one line of 8 MB": b"<p>" + "一二三，".encode() * 700_000 + b"</p>",
    "white space": b"<p>" + b" \n" * 2_000_000 + b"</p>",
    "digits": b"<h1>t</h1><p>" + b"2024-" * 200_000 + b"</p>",
    "labels": b"<h1>t</h1><p>" + "来源：记者 ".encode() * 20_000 + b"</p>",
    "many short lines": b"<h1>t</h1>" + "<p>来源：（记者 2024年</p>".encode() * 20_000,
    "many headings": b"<title>t</title>" + b"<h1>t t</h1>" * 40_000,
    "deep JSON-LD": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x</p>",
    "nested in drawings": b"<svg><textarea><input>" * 30_000 + b"</h1>" * 60_000,
    "brackets": b"<p>" + "（".encode() * 200_000 + b"</p>",
}


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_page_is_read_or_refused_in_time(name: str) -> None:
    started = time.process_time()
    with contextlib.suppress(EmptyPage, NotHtml, NeedsJavaScript, PageTooComplex):
        extract(NASTY[name])
    assert time.process_time() - started < 8


def test_too_many_nested_elements_are_refused_by_name() -> None:
    with pytest.raises(PageTooComplex) as refused:
        extract(NASTY["100,000 nested elements"])
    assert "nested" in str(refused.value)


def test_a_page_that_is_too_large_is_refused_by_name() -> None:
    with pytest.raises(PageTooComplex) as refused:
        extract(b"<p>" + b"x" * 25_000_000)
    assert "24 MB" in str(refused.value)


def test_an_ordinary_page_is_not_refused() -> None:
    assert extract(page().encode()).body
