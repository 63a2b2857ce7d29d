"""What the sample sites serve, over HTTP on loopback: pages, feeds, and the awkward addresses."""

import io
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
from PIL import Image

from wellspring.demo.site.clock import CHINA, clock_path, kept_clock
from wellspring.demo.site.errors import DemoClockUnreadable, PortTaken
from wellspring.demo.site.outlets import OUTLETS
from wellspring.demo.site.server import SampleSites, require_free_ports
from wellspring.demo.site.traps import Trap, TrapKind
from wellspring.engine.errors import NotHtml
from wellspring.engine.extract import extract

EVERY = [outlet.slug for outlet in OUTLETS]


def trap(sites: SampleSites, kind: TrapKind) -> tuple[str, Trap]:
    """The site's origin and its trap of this kind."""
    return next((site.origin, trap) for site in sites.sites.values() for trap in site.traps if trap.kind is kind)


@pytest.mark.parametrize("slug", EVERY)
def test_every_report_and_picture_of_a_site_is_served(
    sample_sites: SampleSites, reader: httpx.Client, slug: str
) -> None:
    site = sample_sites.sites[slug]
    for report in site.reports:
        pages = [reader.get(site.origin + path) for path in site.paths_of(report)]
        assert {page.status_code for page in pages} == {200}
        text = "".join(page.content.decode(site.outlet.encoding) for page in pages)
        assert report.title in text
        for paragraph in report.paragraphs:
            assert paragraph in text
        assert "示例站点" in text
        for picture in report.pictures:
            answer = reader.get(site.origin + site.outlet.picture_folder + picture)
            form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[picture.rpartition(".")[2]]
            assert Image.open(io.BytesIO(answer.content)).format == form
            assert answer.headers["content-type"] == f"image/{form.lower()}"


@pytest.mark.parametrize("slug", EVERY)
def test_everything_a_site_links_to_is_found_from_its_entry(
    sample_sites: SampleSites, reader: httpx.Client, slug: str
) -> None:
    site = sample_sites.sites[slug]
    pages = [site.outlet.entry, *(["/sitemap-news.xml"] if site.outlet.kind == "sitemap" else [])]
    text = "".join(reader.get(site.origin + page).content.decode(site.outlet.encoding) for page in pages)
    moved = {trap.target for trap in site.traps}
    for path in [site.path_of(report) for report in site.reports] + [trap.path for trap in site.traps]:
        assert path in text or path in moved, path


def test_a_long_list_has_older_pages(sample_sites: SampleSites, reader: httpx.Client) -> None:
    site = sample_sites.sites["portal"]
    first, second = (reader.get(site.origin + path).text for path in ("/", "/page_2.html"))
    assert "/page_2.html" in first
    titles = {report.title for report in site.reports}
    assert not {title for title in titles if title in first and title in second}
    assert reader.get(site.origin + "/page_9.html").status_code == 404


def test_the_gb2312_site_says_so_in_the_page_and_sends_chunks(sample_sites: SampleSites, reader: httpx.Client) -> None:
    site = sample_sites.sites["county"]
    page = reader.get(site.origin + site.outlet.entry)
    assert page.headers["content-type"] == "text/html"
    assert b"charset=gb2312" in page.content
    assert page.headers["transfer-encoding"] == "chunked"
    with pytest.raises(UnicodeDecodeError):
        page.content.decode("utf-8")
    assert "柳桥热线" in page.content.decode("gbk")


def test_the_newspaper_sends_gzip_to_those_who_accept_it(sample_sites: SampleSites, reader: httpx.Client) -> None:
    url = sample_sites.origins["daily"] + "/rss.xml"
    assert reader.get(url).headers["content-encoding"] == "gzip"
    plain = reader.get(url, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == reader.get(url).content


@pytest.mark.parametrize(("slug", "path"), [("daily", "/rss.xml"), ("account", "/atom.xml"), ("digest", "/feed/")])
def test_feeds_are_well_formed_and_answer_304_to_who_has_them(
    sample_sites: SampleSites, reader: httpx.Client, slug: str, path: str
) -> None:
    url = sample_sites.origins[slug] + path
    answer = reader.get(url)
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert len(parsed.entries) >= 2
    assert all(entry.link.startswith(sample_sites.origins[slug]) for entry in parsed.entries)
    by_tag = reader.get(url, headers={"If-None-Match": answer.headers["etag"]})
    by_time = reader.get(url, headers={"If-Modified-Since": answer.headers["last-modified"]})
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_time.status_code == 304
    other = {"If-None-Match": '"other"', "If-Modified-Since": answer.headers["last-modified"]}
    assert reader.get(url, headers=other).status_code == 200


def test_robots_closes_a_corner_asks_for_a_delay_and_names_the_sitemap(
    sample_sites: SampleSites, reader: httpx.Client
) -> None:
    origin, closed = trap(sample_sites, TrapKind.DISALLOWED)
    text = reader.get(origin + "/robots.txt").text
    assert f"Disallow: {closed.path.rpartition('/')[0]}/" in text
    assert "Crawl-delay: 1" in text
    assert f"Sitemap: {origin}/sitemap.xml" in text
    assert closed.path in reader.get(origin + "/sitemap-news.xml").text


def test_missing_gone_and_moved_pages_answer_as_such(sample_sites: SampleSites, reader: httpx.Client) -> None:
    for kind, status in ((TrapKind.MISSING, 404), (TrapKind.GONE, 410)):
        origin, it = trap(sample_sites, kind)
        assert reader.get(origin + it.path).status_code == status
    origin, moved = trap(sample_sites, TrapKind.REDIRECT)
    answer = reader.get(origin + moved.path)
    assert (answer.status_code, answer.headers["location"]) == (302, moved.target)
    assert moved.title in reader.get(origin + moved.path, follow_redirects=True).text


def test_one_page_breaks_off_and_one_is_garbled(sample_sites: SampleSites, reader: httpx.Client) -> None:
    origin, cut = trap(sample_sites, TrapKind.CUT_OFF)
    with pytest.raises(httpx.RemoteProtocolError):
        reader.get(origin + cut.path)
    origin, garbled = trap(sample_sites, TrapKind.GARBLED)
    answer = reader.get(origin + garbled.path)
    assert answer.headers["content-type"] == "text/html"
    with pytest.raises(NotHtml, match="no web page"):
        extract(answer.content, url=str(answer.url), content_type=answer.headers["content-type"])


@pytest.mark.parametrize(
    "path", ["/../../../etc/passwd", "/picture/0/../../style.css", "/picture/0/none.png", "/%2e%2e/x", "/style.css/.."]
)
def test_a_path_out_of_the_site_is_not_found(sample_sites: SampleSites, path: str) -> None:
    port = int(sample_sites.origins["gov"].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert line.makefile("rb").readline().split()[1] == b"404"


def test_a_report_appears_when_its_time_has_come(kept: Path, reader: httpx.Client) -> None:
    moment = [datetime.now(UTC)]
    with SampleSites(kept, 0, now=lambda: moment[0]) as sites:
        site, late = next(
            (site, report)
            for site in sites.sites.values()
            for report in site.reports
            if report.arrives_at and site.outlet.kind != "sitemap"
        )
        url = site.origin + site.path_of(late)
        entry = site.origin + site.outlet.entry
        assert reader.get(url).status_code == 404
        assert late.title not in reader.get(entry).content.decode(site.outlet.encoding)
        moment[0] += timedelta(hours=1)
        assert reader.get(url).status_code == 200
        assert late.title in reader.get(entry).content.decode(site.outlet.encoding)


def test_a_taken_port_is_named_with_what_to_do(kept: Path) -> None:
    with SampleSites(kept, 0) as sites:
        port = int(sites.origins["gov"].rpartition(":")[2])
        with pytest.raises(PortTaken, match=f"Port {port} is taken.*--base-port"):
            SampleSites(kept, port)
        with pytest.raises(PortTaken, match="--demo-port"):
            require_free_ports(port, option="--demo-port")


def test_the_clock_is_kept_over_a_second_start(kept: Path) -> None:
    first = kept_clock(kept)
    assert kept_clock(kept) == first
    assert clock_path(kept).is_file()
    assert first.days_before(2, 9, 12).tzinfo == CHINA


def test_a_damaged_clock_says_how_to_go_on(kept: Path) -> None:
    kept.mkdir()
    clock_path(kept).write_text("{")
    with pytest.raises(DemoClockUnreadable, match="wellspring demo reset"):
        kept_clock(kept)


def test_sites_listen_on_loopback_only(sample_sites: SampleSites) -> None:
    assert all(origin.startswith("http://127.0.0.1:") for origin in sample_sites.origins.values())


def test_a_redirect_stands_for_its_report_in_the_feed(sample_sites: SampleSites, reader: httpx.Client) -> None:
    origin, moved = trap(sample_sites, TrapKind.REDIRECT)
    text = reader.get(origin + "/rss.xml").text
    assert origin + moved.path in text
    assert origin + moved.target not in text
