"""The downloader: one address, one hop, one response as it came; guard, caps and TLS check are all inside."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime

import certifi

from wellspring.engine.errors import ConnectionFailed, TooSlow, marked
from wellspring.engine.fetch.addresses import IPAddress
from wellspring.engine.fetch.guard import AddressGuard
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.urls import Target, parse_url
from wellspring.engine.fetch.wire import Answer, ClosedBeforeAnswer, Connection
from wellspring.engine.records import FetchedResponse

CONNECT_SECONDS = 10.0
"""For one address of several; the whole request has `max_seconds`."""
IDLE_SECONDS = 20.0
MAX_IDLE = 64

REFUSED = marked("%(url)s could not be reached: nothing answers at %(host)s port %(port)s.")
BROKEN = marked("%(url)s could not be fetched: the connection broke while it was being read.")
UNTRUSTED = marked("%(url)s is not fetched: its certificate is not trusted (%(detail)s).")
TLS_FAILED = marked("%(url)s could not be reached: no secure connection could be agreed on (%(detail)s).")


class Downloader:
    """Fetches single responses. Belongs to one event loop; close it with `aclose`.

    Never sends cookies or credentials, never uses a proxy, follows no redirect, retries nothing (save once, where a
    kept connection turns out to be closed).
    """

    def __init__(self, settings: FetchSettings) -> None:
        self.settings = settings
        self._guard = AddressGuard(settings.guard_exceptions, settings.resolver)
        self._idle: OrderedDict[str, Connection] = OrderedDict()
        self._tls = ssl.create_default_context()
        self._tls.load_verify_locations(certifi.where())
        self._tls.set_alpn_protocols(["http/1.1"])

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        cut_at: int | None = None,
    ) -> FetchedResponse:
        """The response of one address, whatever its status.

        With `etag` or `last_modified` the request is conditional. With `cut_at` a longer body is cut about there and
        the response is marked as truncated, where else it would be TooLarge. Raises FetchError subclasses.
        """
        target = parse_url(url)
        return await self._fetched(target, self._request_head(target, etag, last_modified), cut_at=cut_at)

    async def post(self, url: str, body: bytes, *, content_type: str) -> FetchedResponse:
        """Send `body` to one address and give its answer, whatever its status; never sent twice.

        Raises FetchError subclasses.
        """
        target = parse_url(url)
        return await self._fetched(target, self._post_head(target, len(body), content_type), body=body)

    async def _fetched(
        self, target: Target, head: bytes, *, body: bytes | None = None, cut_at: int | None = None
    ) -> FetchedResponse:
        limit = self.settings.max_seconds
        try:
            async with asyncio.timeout(limit):
                connection, answer = await self._answer(target, head, body, cut_at)
        except TimeoutError:
            raise TooSlow(url=target.url, limit=f"{limit:g}") from None
        except ssl.SSLCertVerificationError as problem:
            raise ConnectionFailed(UNTRUSTED, url=target.url, detail=problem.verify_message) from None
        except ssl.SSLError as problem:
            reason = (problem.reason or "TLS").replace("_", " ").lower()
            raise ConnectionFailed(TLS_FAILED, url=target.url, detail=reason) from None
        except (OSError, ClosedBeforeAnswer):
            raise ConnectionFailed(BROKEN, url=target.url) from None
        return FetchedResponse(
            url=target.url,
            status=answer.status,
            head=answer.head,
            body=answer.body,
            payload=answer.payload,
            received_at=datetime.now(UTC),
            ip=connection.ip,
            request_head=head,
            truncated=answer.truncated,
        )

    async def aclose(self) -> None:
        """Close the kept connections."""
        while self._idle:
            self._idle.popitem()[1].abort()

    async def _answer(
        self, target: Target, head: bytes, body: bytes | None, cut_at: int | None
    ) -> tuple[Connection, Answer]:
        # On a kept connection one cannot tell whether a request that was not answered was acted on.
        kept = self._kept(target) if body is None else None
        if kept is not None:
            try:
                return kept, await self._exchange(kept, target, head, cut_at)
            except ClosedBeforeAnswer:
                pass  # the server had ended it meanwhile
        fresh = await self._connect(target)
        return fresh, await self._exchange(fresh, target, head + (body or b""), cut_at)

    async def _exchange(self, connection: Connection, target: Target, request: bytes, cut_at: int | None) -> Answer:
        answer = None
        try:
            answer = await connection.exchange(target.url, request, max_bytes=self.settings.max_bytes, cut_at=cut_at)
        finally:
            if answer is not None and answer.reusable:
                self._keep(target, connection)
            else:
                connection.abort()
        return answer

    async def _connect(self, target: Target) -> Connection:
        failure: Exception | None = None
        for address in await self._guard.checked_addresses(target):
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self._open(target, address)
            except ssl.SSLError:
                raise
            except (OSError, TimeoutError) as problem:
                failure = problem
        raise ConnectionFailed(REFUSED, url=target.url, host=target.host, port=target.port) from failure

    async def _open(self, target: Target, address: IPAddress) -> Connection:
        # By address, not by name: a second look-up could give another answer than the one that was checked.
        secure = target.scheme == "https"
        reader, writer = await asyncio.open_connection(
            str(address),
            target.port,
            ssl=self._tls if secure else None,
            server_hostname=target.host if secure else None,
        )
        return Connection(reader, writer, str(address))

    def _kept(self, target: Target) -> Connection | None:
        connection = self._idle.pop(target.site, None)
        if connection is None:
            return None
        stale = time.monotonic() - connection.idle_since > IDLE_SECONDS
        if stale or connection.reader.at_eof() or connection.writer.is_closing():
            connection.abort()
            return None
        return connection

    def _keep(self, target: Target, connection: Connection) -> None:
        connection.idle_since = time.monotonic()
        former = self._idle.pop(target.site, None)
        if former is not None:
            former.abort()
        self._idle[target.site] = connection
        if len(self._idle) > MAX_IDLE:
            self._idle.popitem(last=False)[1].abort()

    def _request_head(self, target: Target, etag: str | None, last_modified: str | None) -> bytes:
        headers = [
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5"),
            ("Accept-Encoding", "gzip, deflate, br"),
            ("If-None-Match", etag),
            ("If-Modified-Since", last_modified),
        ]
        return self._head("GET", target, headers)

    def _post_head(self, target: Target, length: int, content_type: str) -> bytes:
        headers = [("Accept", "application/json"), ("Content-Type", content_type), ("Content-Length", str(length))]
        return self._head("POST", target, headers)

    def _head(self, method: str, target: Target, headers: Sequence[tuple[str, str | None]]) -> bytes:
        who = [("Host", target.authority), ("User-Agent", self.settings.user_agent)]
        lines = [f"{method} {target.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in (*who, *headers) if value and value.isprintable()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
