"""What a sitemap lists, and what it is refused for."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from tests.engine.fetch.discover.pages import response
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import Discovery, discover, document
from wellspring.engine.records import FoundPage, SourceKind

URL = "https://news.example.cn/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(body: str | bytes) -> Discovery:
    content = body.encode() if isinstance(body, str) else body
    return discover(response(content, url=URL), content)


NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example.cn/a.html </loc><image:image><image:loc>https://x.cn/p.jpg</image:loc></image:image>
<news:news><news:publication_date>2024-05-12T10:00:00+08:00</news:publication_date>
<news:title>垃圾分类 &amp; 楼道整治</news:title></news:news></url>
<url><loc>https://news.example.cn/b.html</loc><lastmod>2024-05-13</lastmod></url>
<url><loc>ftp://news.example.cn/c</loc></url></urlset>"""


def test_a_news_sitemap_gives_titles_and_times_and_no_pictures() -> None:
    found = read(NEWS)
    assert found.kind is SourceKind.SITEMAP
    assert found.pages == (
        FoundPage("https://news.example.cn/a.html", "垃圾分类 & 楼道整治", datetime(2024, 5, 12, 2, tzinfo=UTC)),
        FoundPage("https://news.example.cn/b.html", None, datetime(2024, 5, 12, 16, tzinfo=UTC)),
    )


def test_a_sitemap_file_in_gzip_is_unpacked() -> None:
    assert read(gzip.compress(NEWS.encode())).pages == read(NEWS).pages


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_UNPACKED", 100_000)
    with pytest.raises(DiscoveryError, match="unpacks to more than"):
        read(gzip.compress(NEWS.encode() + b" " * 200_000))


def test_an_index_gives_its_children_the_newest_first() -> None:
    found = read(
        f"<sitemapindex {SPACE}><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        "<sitemap><loc>/new.xml</loc><lastmod>2024-01-01</lastmod></sitemap><sitemap><loc>/x.xml</loc></sitemap></sitemapindex>"
    )
    assert found.pages == ()
    assert [url.rsplit("/", 1)[1] for url in found.nested] == ["new.xml", "old.xml", "x.xml"]


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    found = read("\ufeffhttps://x.cn/1\r\nhttps://x.cn/2\r\nhttps://x.cn/1\r\n")
    assert [page.url for page in found.pages] == ["https://x.cn/1", "https://x.cn/2"]
    assert found.kind is SourceKind.SITEMAP


def test_a_sitemap_without_addresses_is_refused() -> None:
    with pytest.raises(DiscoveryError, match="lists no addresses"):
        read(f"<urlset {SPACE}></urlset>")


def test_a_cut_off_sitemap_gives_what_had_arrived() -> None:
    assert len(read(NEWS[: NEWS.index("<url><loc>ftp")]).pages) == 2


def test_entities_are_refused_and_files_are_never_read() -> None:
    declaration = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(DiscoveryError, match="declares entities"):
        read(f"{declaration}<urlset {SPACE}><url><loc>/&x;</loc></url></urlset>")
