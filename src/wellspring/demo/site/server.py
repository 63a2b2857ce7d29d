"""The sample sites as one process: a listening port each, on loopback only."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from types import TracebackType
from urllib.parse import urlsplit

from .clock import kept_clock
from .errors import PortTaken
from .outlets import HOST, OUTLETS
from .reports import read_reports
from .site import Answer, SampleSite

log = logging.getLogger(__name__)
_CHUNK = 1400


class SampleSites:
    """All sample sites; use it as a context manager, or `start()` and `stop()`.

    `base_port` 0 takes any free ports, for tests. `now` can be replaced to look at another moment.
    """

    def __init__(self, data: Path, base_port: int, *, now: Callable[[], datetime] | None = None) -> None:
        clock = kept_clock(data)
        reports = read_reports(clock)
        now = now or (lambda: datetime.now(UTC))
        self._servers = _bound(base_port)
        self.origins = {slug: f"http://{HOST}:{server.server_port}" for slug, server in self._servers.items()}
        self.sites: dict[str, SampleSite] = {}
        for outlet in OUTLETS:
            own = tuple(report for report in reports if report.outlet == outlet.slug)
            site = SampleSite(outlet, own, clock.started_at, self.origins)
            self.sites[outlet.slug] = site
            self._servers[outlet.slug].asked = _asked(site, now)
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for slug, server in self._servers.items():
            thread = threading.Thread(target=server.serve_forever, args=(0.1,), name=f"site-{slug}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        for server in self._servers.values():
            if self._threads:
                server.shutdown()
            server.server_close()

    def __enter__(self) -> SampleSites:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


Asked = Callable[[str, dict[str, str]], Answer]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    asked: Asked

    def server_bind(self) -> None:
        """Without the base class's look-up of this host's name, which can take long where there is no network."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is no news."""
        log.debug("connection of %s ended early", client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "sample"
    sys_version = ""
    timeout = 20

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.asked(urlsplit(self.path).path, headers)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            if answer.chunked:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not with_body or answer.status == 304:
            return
        if answer.cut_off:
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.close_connection = True
        elif answer.chunked:
            for start in range(0, len(answer.body), _CHUNK):
                piece = answer.body[start : start + _CHUNK]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        log.debug(format, *args)


def _asked(site: SampleSite, now: Callable[[], datetime]) -> Asked:
    return lambda path, headers: site.answer(path, now=now(), headers=headers)


def require_free_ports(base_port: int, *, option: str) -> None:
    """Raise PortTaken where another program listens on one of the sites' ports; `option` chooses other ports."""
    for server in _bound(base_port, option=option).values():
        server.server_close()


def _bound(base_port: int, *, option: str = "--base-port") -> dict[str, _Server]:
    """A listening server for each outlet; all of them or none.

    Raises PortTaken naming the first port that another program holds.
    """
    with contextlib.ExitStack() as opened:
        servers = {}
        for place, outlet in enumerate(OUTLETS):
            port = base_port + place if base_port else 0
            try:
                server = _Server((HOST, port), _Handler)
            except OSError:
                last = base_port + len(OUTLETS) - 1
                raise PortTaken(port=port, option=option, first=base_port, last=last) from None
            opened.callback(server.server_close)
            servers[outlet.slug] = server
        opened.pop_all()
    return servers
