"""What a feed announces, from its bytes alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.fetch.discover.pages import response
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import Discovery, discover, document
from wellspring.engine.records import FoundPage, SourceKind

URL = "https://news.example.cn/feed/rss.xml"


def read(text: str | bytes, *, content_type: str = "text/html") -> Discovery:
    body = text.encode() if isinstance(text, str) else text
    return discover(response(body, url=URL, content_type=content_type), body)


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>社区新闻</title><link>https://x.cn/</link>{items}</channel></rss>'


def test_an_rss_feed_is_told_from_its_content_whatever_the_content_type_says() -> None:
    found = read(rss("<item><title>一 &amp; 二</title><link>/a.html#top</link></item>"))
    assert found.kind is SourceKind.FEED
    assert found.name == "社区新闻"
    assert found.pages == (FoundPage("https://news.example.cn/a.html", "一 & 二", None),)


def test_entry_times_keep_their_zone_and_a_missing_zone_means_chinese_time() -> None:
    found = read(
        rss(
            "<item><link>/a</link><pubDate>Fri, 15 Dec 2023 03:09:00 GMT</pubDate></item>"
            "<item><link>/b</link><pubDate>2023-12-15 11:09:00</pubDate></item>"
            "<item><link>/c</link><pubDate>Fri, 15 Dec 2023 11:09:00 +0800</pubDate></item>"
            "<item><link>/d</link><pubDate>soon</pubDate></item>"
        )
    )
    moment = datetime(2023, 12, 15, 3, 9, tzinfo=UTC)
    assert [page.updated_at for page in found.pages] == [moment, moment, moment, None]


def test_entries_without_a_web_address_are_left_out() -> None:
    found = read(
        rss(
            "<item><title>no link</title></item><item><guid isPermaLink='false'>7</guid></item>"
            "<item><guid>https://x.cn/7</guid></item><item><link>mailto:a@x.cn</link></item>"
            "<item><link>https://x.cn/7#again</link></item>"
        )
    )
    assert [page.url for page in found.pages] == ["https://x.cn/7"]


def test_a_title_is_one_plain_line() -> None:
    found = read(rss("<item><link>/a</link><title>一\n\x1b[31m 二&#x202e;</title></item>"))
    assert found.pages[0].title == "一 [31m 二"


def test_an_atom_feed_gives_the_update_time_of_each_entry() -> None:
    found = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>甲</title><entry>'
        '<title type="html">&lt;b&gt;乙&lt;/b&gt;</title>'
        '<link href="../b.html"/><published>2024-01-01T00:00:00Z</published>'
        "<updated>2024-01-02T08:00:00+08:00</updated>"
        "</entry></feed>"
    )
    page = FoundPage("https://news.example.cn/b.html", "乙", datetime(2024, 1, 2, tzinfo=UTC))
    assert found.pages == (page,)


def test_rss_1_0_and_a_gb2312_declaration_are_read() -> None:
    text = (
        '<?xml version="1.0" encoding="gb2312"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>街道</title></channel>'
        '<item rdf:about="a"><title>喆字也能读</title><link>https://x.cn/1</link></item></rdf:RDF>'
    )
    found = read(text.encode("gb18030"))
    assert (found.name, found.pages[0].title) == ("街道", "喆字也能读")


def test_a_json_feed_is_read() -> None:
    found = read(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "甲", "items": ['
        '{"id": "1", "url": "/a", "title": "乙",'
        '"date_published": "2024-01-02T08:00:00+08:00"}, {"id": 3}, "x", {"url": "/\\ud800"}]}'
    )
    assert found.pages == (FoundPage("https://news.example.cn/a", "乙", datetime(2024, 1, 2, tzinfo=UTC)),)


def test_other_json_is_refused_by_name() -> None:
    with pytest.raises(DiscoveryError, match="not a JSON Feed"):
        read('{"items": []}')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + rss("<item><link>/&b;</link></item>", head="")
    with pytest.raises(DiscoveryError, match="declares entities"):
        read(bomb.encode(encoding))


def test_a_document_type_alone_does_no_harm() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.cn/rss.dtd">'
    assert len(read(rss("<item><link>/a</link></item>", head=head)).pages) == 1


def test_a_broken_feed_gives_what_can_be_read() -> None:
    found = read(rss("<item><link>/a</link><title>甲 & 乙</title></item><item><link>/b</link>"))
    assert [page.url for page in found.pages][:1] == ["https://news.example.cn/a"]


def test_names_of_characters_that_html_knows_are_read() -> None:
    assert read(rss("<item><link>/a</link><title>甲&nbsp;&mdash;&#20057;</title></item>")).pages[0].title == "甲 —乙"


def test_titles_and_links_of_other_vocabularies_are_not_the_entry_s() -> None:
    found = read(
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">'
        '<channel><atom:link rel="self" href="/rss.xml"/><item><media:title>picture</media:title>'
        '<atom:link rel="replies" href="/r"/>'
        "<title>报道</title><link>/a</link></item></channel></rss>"
    )
    assert found.pages == (FoundPage("https://news.example.cn/a", "报道", None),)


def test_the_base_of_an_atom_entry_is_obeyed() -> None:
    found = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.cn/blog/">'
        '<entry><link href="1.html"/></entry></feed>'
    )
    assert [page.url for page in found.pages] == ["https://x.cn/blog/1.html"]


def test_a_feed_that_breaks_off_before_its_first_entry_is_refused() -> None:
    with pytest.raises(DiscoveryError, match="cannot be read as one"):
        read('<rss version="2.0">')


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss("")).pages == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty"),
        (b"just some words", "neither a feed, nor a sitemap"),
        (b'<?xml version="1.0"?><invoice><total>1</total></invoice>', "<invoice>"),
        (b"\x00\xff\xfe\x01" * 50, "neither a feed"),
        (b"\x1f\x8bgarbage", "does not unpack"),
    ],
)
def test_anything_else_is_refused_with_what_it_is(body: bytes, told: str) -> None:
    with pytest.raises(DiscoveryError, match=told):
        read(body, content_type="application/rss+xml")


def test_of_too_many_entries_the_newest_are_taken_in_the_order_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST", 50)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    items = "".join(
        f"<item><link>/{n}</link><pubDate>{start + timedelta(hours=n):%a, %d %b %Y %H:%M:%S GMT}</pubDate></item>"
        for n in range(70)
    )
    urls = [page.url.rsplit("/", 1)[1] for page in read(rss(items)).pages]
    assert urls == [str(n) for n in range(20, 70)]
