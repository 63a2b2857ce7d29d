"""A captured page written out anew looks as it did, and nothing in it runs, loads or leads anywhere unasked."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from wellspring.library.replay import replayed_page

URL = "https://news.example.com/2025/a.html"


def replayed(html: str, **pictures: str) -> str:
    return replayed_page(html.encode(), url=URL, pictures=pictures)


def test_text_and_structure_stay() -> None:
    page = (
        "<!DOCTYPE html><html lang=zh><head><title>春 &amp; 夏</title></head><body class='a b'><h1 id=x>标题</h1>"
        "<p>一<br>二 &lt;b&gt;</p><table><tr><td colspan=2>格</td></tr></table></body></html>"
    )
    out = replayed(page)
    assert out.startswith('<!DOCTYPE html><html lang="zh">')
    body = '<body class="a b"><h1 id="x">标题</h1>'
    for piece in ("春 &amp; 夏", body, "一<br>二 &lt;b&gt;", '<td colspan="2">格</td>'):
        assert piece in out


def test_a_page_that_begins_with_very_many_comments_is_written_at_once() -> None:
    assert "x" in replayed("<!-- --> " * 500 + "<p>x")


def test_a_page_without_doctype_stays_without_it() -> None:
    assert replayed("<p>旧网页").lstrip().lower().startswith("<html>")


def test_gb2312_becomes_utf8() -> None:
    page = "<meta charset=gb2312><p>议事亭里的新鲜事".encode("gb18030")
    assert "议事亭里的新鲜事" in replayed_page(page, url=URL, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' jav&#x09;ascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='https://a.example/' ping='https://evil.example/' target=_top>x</a>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<base href='https://evil.example/'>",
        "<iframe src='https://evil.example/' srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='https://evil.example/x.swf'><embed src='https://evil.example/x.swf'></object>",
        "<form action='https://evil.example/'><input onfocus=alert(1)><button formaction='javascript:alert(1)'>",
        "<link rel=stylesheet href='https://evil.example/x.css'><link rel=dns-prefetch href='//evil.example'>",
        "<video src='https://evil.example/x.mp4' poster='https://evil.example/x.jpg' autoplay></video>",
        "<table background='https://evil.example/x.gif'><tr><td background='//evil.example/y.gif'>",
        "<img srcset='https://evil.example/x.jpg 2x' src='https://evil.example/x.jpg'>",
        "<picture><source srcset='https://evil.example/x.webp'><img alt=a></picture>",
        "<template><img src=x onerror=alert(1)></template>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
        "<title></title><script>alert(1)</script></title>",
        "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
        "<p style='x' onmouseover=alert(1) ONCLICK=alert(1)>x</p>",
        "<div><template shadowrootmode=open><script>alert(1)</script></template></div>",
    ],
)
def test_nothing_that_runs_or_loads_is_left(bad: str) -> None:
    out = replayed(f"<body><p>before</p>{bad}<p>after</p>")
    tree = LexborHTMLParser(out)
    for name in ("script", "iframe", "object", "embed", "meta", "base", "link", "video", "source", "template"):
        assert tree.css_first(name) is None, out
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), out
            assert name not in ("src", "srcset", "action", "formaction", "background", "poster", "ping"), out
            assert not re.match(r"\s*(javascript|data|vbscript)\s*:", value or "", re.I), out
    assert "before" in out


def test_a_style_cannot_end_early() -> None:
    out = replayed("<style>p{color:red}</style><p>x")
    assert "<style>p{color:red}</style>" in out


def test_forms_are_dead() -> None:
    out = replayed("<form><input name=user><input type=password><textarea></textarea><button>x</button></form>")
    assert out.count(" disabled") == 4


def test_links_tell_where_they_led_and_lead_nowhere() -> None:
    out = replayed("<a href=b.html>x</a>")
    assert "href" not in out
    assert 'data-to="https://news.example.com/2025/b.html" title="https://news.example.com/2025/b.html"' in out
    with_base = replayed("<base href='https://cdn.example.com/d/'><a href=b.html title=t>x")
    assert 'title="t" data-to="https://cdn.example.com/d/b.html">' in with_base
    assert 'href="#part"' in replayed("<a href='#part'>x</a>")
    assert "data-to=" not in replayed("<a href='http://[broken'>x</a>").partition("<body>")[2]


def test_pictures_are_the_kept_ones_and_no_others() -> None:
    kept = {"https://news.example.com/img/a.jpg": "/library/snapshots/5/pictures/1/"}
    page = (
        "<img src=/img/a.jpg alt=一><img src=loading.gif data-src='//news.example.com/img/a.jpg'>"
        "<img src=/img/b.jpg alt=二>"
    )
    out = replayed_page(page.encode(), url=URL, pictures=kept)
    assert re.findall(r"<img[^>]*>", out) == [
        '<img alt="一" src="/library/snapshots/5/pictures/1/">',
        '<img data-src="//news.example.com/img/a.jpg" src="/library/snapshots/5/pictures/1/">',
        '<img alt="二">',
    ]


@pytest.mark.parametrize(
    "page", [b"", b"\x00", b"<", b"<!--", b"plain text", b"<p" * 5000, b"<div>" * 20000, b"</" * 3000]
)
def test_odd_pages_are_written_too(page: bytes) -> None:
    replayed_page(page, url=URL)
