"""A small news site on loopback that a test can change while it is being crawled, and that counts what it was asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENTENCE = (
    "社工们围坐在议事亭里，把楼道堆物、电动车停放和垃圾分类的难处一条一条地摆出来商量，居民代表也说了自己的想法。"
)
PUBLISHED = datetime(2024, 5, 12, 2, 0, tzinfo=UTC)


class NewsSite:
    """Reports by number, each with a version; the feed dates each by its last change."""

    def __init__(self, *, reports: int = 5) -> None:
        self.changed = {number: PUBLISHED + timedelta(minutes=number) for number in range(1, reports + 1)}
        self.words = dict.fromkeys(self.changed, "")
        self.gone: set[int] = set()
        self.pages: dict[int, int] = {}
        """On how many pages a report stands; one where it is not named."""
        self.missing: set[str] = set()
        """Paths that answer 404 for now."""
        self.listed: list[str] = []
        """Paths that the feed names besides the reports."""
        self.answers_left: int | None = None
        """Reports still answered before the site falls silent; None: all of them."""
        self._speaking = threading.Event()
        self.asked: Counter[str] = Counter()
        self.asked_as: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def update(self, number: int, words: str) -> None:
        """The report says something else from now on, and the feed says so."""
        self.words[number] = words
        self.changed[number] = datetime.now(UTC)

    def speak(self) -> None:
        """Answer everything again, also what has been waiting."""
        self.answers_left = None
        self._speaking.set()
        self._speaking = threading.Event()

    def path(self, number: int, page: int = 1) -> str:
        return f"/dt/{number}{f'_{page}' if page > 1 else ''}.html"

    def report(self, number: int, page: int = 1) -> bytes:
        text = f"<p>{SENTENCE}{self.words[number]}</p>" + f"<p>第{number}篇。{SENTENCE}</p>" * 3
        if self.pages.get(number, 1) > 1:
            text = f"<p>第{number}篇第{page}页{self.words[number]}。{SENTENCE}</p>" + self._page_bar(number, page)
        return (
            f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>柳湾社区第{number}次恳谈侧记</title>'
            f'</head><body><h1>柳湾社区第{number}次恳谈侧记</h1><p class="info">2024-05-12 10:00:00 来源：柳湾时报</p>'
            f'<div class="content">{text}</div></body></html>'
        ).encode()

    def _page_bar(self, number: int, page: int) -> str:
        bar = "".join(
            f"<span>{other}</span>" if other == page else f'<a href="{self.path(number, other)}">{other}</a>'
            for other in range(1, self.pages[number] + 1)
        )
        onward = f'<a href="{self.path(number, page + 1)}">下一页</a>' if page < self.pages[number] else ""
        return f'<div class="pages">{bar}{onward}</div>'

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>柳湾社区第{number}次恳谈侧记</title><link>{self.url}/dt/{number}.html</link>"
            f"<pubDate>{format_datetime(changed)}</pubDate></item>"
            for number, changed in self.changed.items()
        ) + "".join(f"<item><title>分页</title><link>{self.url}{path}</link></item>" for path in self.listed)
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>柳湾时报</title>{items}</channel></rss>'.encode()
        )

    def home(self) -> bytes:
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        return f"<html><head><title>柳湾</title>{link}</head><body><p>欢迎</p></body></html>".encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/feed.xml":
            return 200, "application/rss+xml", self.feed()
        if path == "/":
            return 200, "text/html; charset=utf-8", self.home()
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /secret/\n"
        if path in self.missing:
            return 404, "text/html", b"not now"
        number, _, page = path.removeprefix("/dt/").removesuffix(".html").partition("_")
        if number.isdecimal() and int(number) in self.words:
            if int(number) in self.gone:
                return 410, "text/html", b"gone"
            if self.answers_left is not None:
                self.answers_left -= 1
                if self.answers_left < 0:
                    self._speaking.wait(60)
            return 200, "text/html; charset=utf-8", self.report(int(number), int(page or 1))
        return 404, "text/html", b"nothing here"

    @contextmanager
    def served(self) -> Iterator[NewsSite]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _handler(site: NewsSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.asked_as.add(self.headers.get("User-Agent", ""))
            status, kind, body = site.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
