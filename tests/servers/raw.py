"""A loopback HTTP server that answers with exactly the bytes a test gives it, and remembers who asked when."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Reply = bytes | Callable[["Exchange"], Awaitable[None]]


@dataclass
class Request:
    """One request as the server saw it, by the server's own clock."""

    path: str
    headers: dict[str, str]
    head: bytes
    arrived_at: float
    answered_at: float = 0.0
    body: bytes = b""


@dataclass
class Exchange:
    """What a misbehaving reply works with."""

    request: Request
    writer: asyncio.StreamWriter
    server: RawServer

    async def send(self, data: bytes) -> None:
        self.request.answered_at = time.monotonic()
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """End the connection with a TCP reset."""
        plain = self.writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class RawServer:
    """Runs in a thread of its own. `replies` maps a path (with its query) to bytes or to a coroutine function."""

    replies: dict[str, Reply] = field(default_factory=dict)
    otherwise: Reply | None = None
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    port: int = 0
    _at_once: int = 0

    def __enter__(self) -> RawServer:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    @property
    def exception(self) -> frozenset[tuple[str, int]]:
        """What lets the address guard reach this server."""
        return frozenset({(self.host, self.port)})

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def listen() -> Any:
            return await asyncio.start_server(self._serve, self.host, self.port, ssl=self.tls, limit=2**20)

        server = self._loop.run_until_complete(listen())
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
                body = await reader.readexactly(int(length[1])) if length else b""
                await self._answer(head, body, writer)
        writer.close()

    async def _answer(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        request = Request(lines[0].split(" ")[1], headers, head, time.monotonic(), body=body)
        self.requests.append(request)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            reply = self.replies.get(request.path, self.otherwise) or response(b"not here", status="404 Not Found")
            if isinstance(reply, bytes):
                request.answered_at = time.monotonic()  # before: on a busy machine the client is on its way earlier
                writer.write(reply)
                await writer.drain()
                if b"connection: close" in reply.partition(b"\r\n\r\n")[0].lower():
                    writer.close()
            else:
                await reply(Exchange(request, writer, self))
        finally:
            self._at_once -= 1
            request.answered_at = request.answered_at or time.monotonic()


def response(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> bytes:
    """A well-formed response; `length` is what it claims its length to be."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}"]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return response(status=status, headers={"Location": location})
