"""From a site to searchable, pages per second: 1,000 generated pages behind sitemaps, on this machine, delay 0.

The real crawler, worker and follower in processes of their own; the clock runs from the first request that the site
sees to the moment when the last page is found in the search index. Beside it Scrapy alone on the same site, which only
fetches: one request at a time as politeness asks, and with its own default of eight per site.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import socketserver
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._corpus import generated_reports
from bench._report import report
from bench._service import ROOT, free_port, prepared, set_up, started

PART = 250
"""Pages a sitemap names: a visit takes 500 at most, the rest waits for the next."""
PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_示例新闻网</title>
<meta name="PubDate" content="2026-01-05 09:30"><meta name="ContentSource" content="{source}"></head>
<body><nav><a href="/">首页</a> <a href="/list">新闻</a></nav><div class="article"><h1>{title}</h1>
<p class="info">2026-01-05 09:30 来源：{source}</p>{body}<p>（王小禾）</p></div>
<ul class="hot">{links}</ul><footer>示例站点，内容由程序生成</footer></body></html>"""


def site(count: int) -> dict[str, tuple[str, bytes]]:
    """Path → content type and body."""
    pages: dict[str, tuple[str, bytes]] = {}
    links = "".join(f'<li><a href="/{n}.html">更多报道之{n}</a></li>' for n in range(20))
    for number, one in enumerate(generated_reports(count)):
        half = len(one.text) // 2
        body = "".join(f"<p>{escape(text)}</p>" for text in (one.text[:half], one.text[half:]))
        page = PAGE.format(title=escape(one.title), source=escape(one.source), body=body, links=links)
        pages[f"/{number}.html"] = ("text/html; charset=utf-8", page.encode())
    return pages


def serve(port: int, count: int) -> None:
    """Serve the site until ended; `/_first` tells when the first page was asked for."""
    pages = site(count)
    paths = list(pages)
    for number, start in enumerate(range(0, count, PART)):
        places = "".join(f"<url><loc>http://127.0.0.1:{port}{path}</loc></url>" for path in paths[start : start + PART])
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        pages[f"/sitemap-{number}.xml"] = ("application/xml", sitemap.encode())
    first: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/_first":
                kind, body, status = "application/json", json.dumps(first).encode(), 200
            else:
                if not first:
                    first.append(time.time())
                kind, body = pages.get(self.path, ("text/plain", b"nothing here"))
                status = 200 if self.path in pages else 404
            self.wfile.write(
                f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            )

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads, request_queue_size = True, True, 64

    with Server(("127.0.0.1", port), Handler) as server:
        server.serve_forever()


@contextlib.contextmanager
def site_served(count: int) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, __file__, "--serve", str(port), "--pages", str(count)])
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                asked(port, "/_first")
                break
            time.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait()


def asked(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def ours(count: int, patience: float) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder, site_served(count) as port:
        exceptions = f"127.0.0.1:{port}"
        environment = prepared(
            Path(folder),
            WELLSPRING_GUARD_EXCEPTIONS=exceptions,
            WELLSPRING_CRAWL_DELAY="0",
            WELLSPRING_LOG_LEVEL="warning",
        )
        set_up(environment)
        from wellspring.engine.index import SearchIndex
        from wellspring.library.models import Capture, Channel, Snapshot, Source

        for number in range(-(-count // PART)):
            Source.objects.create(
                name=f"bench {number}",
                url=f"http://{exceptions}/sitemap-{number}.xml",
                kind="sitemap",
                channel=Channel.objects.all()[0],
                delay_seconds=0,
            )
        index, end = SearchIndex(Path(folder) / "index"), time.time() + patience
        with contextlib.ExitStack() as stack:
            for verb in ("worker", "follow", "crawl"):
                stack.enter_context(started(environment, verb))
            fetched = read = 0.0
            while time.time() < end:
                if not fetched and Capture.objects.filter(kind="page").count() >= count:
                    fetched = time.time()
                if not read and fetched and Snapshot.objects.count() >= count:
                    read = time.time()
                with contextlib.suppress(Exception):  # there is no index yet
                    if read and index.count() >= count:
                        break
                time.sleep(0.1)
            else:
                sys.exit(f"only {Snapshot.objects.count()} of {count} pages were read within {patience:g} s")
            done, first = time.time(), json.loads(asked(port, "/_first"))[0]
    return {
        "who": "Wellspring: fetched, archived, read, searchable",
        "pages": count,
        "seconds": done - first,
        "pages/s": count / (done - first),
        "fetched pages/s": count / (fetched - first),
    }


SPIDER = """
import sys, time
import scrapy
from scrapy.crawler import CrawlerProcess
class Site(scrapy.spiders.SitemapSpider):
    name = "site"
    sitemap_urls = [f"{sys.argv[1]}/sitemap-{number}.xml" for number in range(int(sys.argv[3]))]
    times = []
    def parse(self, response):
        self.times.append(time.time())
settings = {"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[2]), "DOWNLOAD_DELAY": 0}
process = CrawlerProcess(settings)
process.crawl(Site)
process.start()
print(len(Site.times), Site.times[-1])
"""


def scrapy_alone(count: int, at_once: int) -> dict[str, object]:
    with site_served(count) as port:
        address = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WELLSPRING_")}
        told = subprocess.run(
            [sys.executable, "-c", SPIDER, address, str(at_once), str(-(-count // PART))],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        if told.returncode:
            sys.exit(told.stderr)
        pages, last = told.stdout.split()
        seconds = float(last) - json.loads(asked(port, "/_first"))[0]
    return {
        "who": f"Scrapy alone, only fetched, {at_once} at a time",
        "pages": int(pages),
        "seconds": seconds,
        "pages/s": int(pages) / seconds,
        "fetched pages/s": int(pages) / seconds,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--patience", type=float, default=300, help="seconds until it is given up")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(given.serve, given.pages)
    rows = [ours(given.pages, given.patience), scrapy_alone(given.pages, 1), scrapy_alone(given.pages, 8)]
    note = "one site on the same machine, delay 0, SQLite; crawler, worker and follower in processes of their own"
    report("crawl", rows, note, packages=("scrapy", "tantivy"))
    return None


if __name__ == "__main__":
    main()
