"""One HTTP/1.1 exchange over one connection, with every byte that came kept as it came."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass

import h11

from wellspring.engine.errors import BadResponse, TooLarge, marked

MAX_HEAD = 64 * 1024
"""Bytes of status line and headers, interim (1xx) responses before them included."""

NOT_HTTP = marked("%(url)s answered with something that is not HTTP.")
HEAD_TOO_LONG = marked("%(url)s sends more than %(limit)s bytes of headers and was not kept.")
CUT_OFF = marked("%(url)s ended before the page was complete. It is tried again on the next visit.")
BAD_FRAMING = marked("%(url)s is sent in pieces that do not fit together (%(detail)s).")

_STATUS_LINE = re.compile(rb"HTTP/1\.[0-9] +([1-5][0-9]{2})(?: .*)?")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# The only headers that say where the message ends. h11 is given these alone, so that another header which is not
# quite RFC 9110, as old servers send, does not cost the page.
_FRAMING = (b"content-length", b"transfer-encoding", b"connection")


class ClosedBeforeAnswer(Exception):
    """The connection ended before the first byte of an answer; on a reused connection that is worth a second try."""


@dataclass(slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes = b""
    payload: bytes = b""
    truncated: bool = False
    """The body was cut at the caller's wish."""
    reusable: bool = False


@dataclass(slots=True)
class Connection:
    """An open connection to one checked address."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ip: str
    idle_since: float = 0.0
    """Monotonic time since when it waits for the next request to its site."""

    async def exchange(self, url: str, request: bytes, *, max_bytes: int, cut_at: int | None = None) -> Answer:
        """Send a GET or POST request and read its final answer.

        `max_bytes` bounds the body on the wire. With `cut_at` reading stops after that many bytes of body and what
        came is the answer. Raises ClosedBeforeAnswer, BadResponse, TooLarge and OSError.
        """
        try:
            self.writer.write(request)
            await self.writer.drain()
        except ConnectionError:
            raise ClosedBeforeAnswer from None
        received = bytearray()
        status, head = await self._final_head(url, received)
        answer = Answer(status, head)
        await self._read_body(url, answer, received, max_bytes=max_bytes, cut_at=cut_at)
        return answer

    async def _final_head(self, url: str, received: bytearray) -> tuple[int, bytes]:
        seen = passed = 0
        while True:
            end = _HEAD_END.search(received, max(0, seen - 3))
            if end is None:
                seen = len(received)
                if passed + seen > MAX_HEAD:
                    raise TooLarge(HEAD_TOO_LONG, url=url, limit=MAX_HEAD)
                if not _may_be_http(received):
                    raise BadResponse(NOT_HTTP, url=url)
                await self._more(url, received)
                continue
            head = bytes(received[: end.end()])
            del received[: end.end()]
            passed += len(head)
            seen = 0
            match = _STATUS_LINE.fullmatch(head.split(b"\n", 1)[0].rstrip(b"\r"))
            if match is None or match[1] == b"101":
                raise BadResponse(NOT_HTTP, url=url)
            if not match[1].startswith(b"1"):
                return int(match[1]), head

    async def _more(self, url: str, received: bytearray) -> None:
        try:
            data = await self.reader.read(64 * 1024)
        except (ConnectionError, ssl.SSLError):
            if received:
                raise
            raise ClosedBeforeAnswer from None
        if not data:
            if received:
                raise BadResponse(CUT_OFF, url=url)
            raise ClosedBeforeAnswer
        received += data

    async def _read_body(
        self, url: str, answer: Answer, received: bytearray, *, max_bytes: int, cut_at: int | None
    ) -> None:
        framing = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        payload = bytearray()
        unfed = bytes(received)
        try:
            framing.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
            framing.send(h11.EndOfMessage())
            framing.receive_data(_framing_head(answer.status, answer.head))
            declared = _declared_length(framing.next_event())
            if declared is not None and declared > max_bytes and cut_at is None:
                raise TooLarge(url=url, limit=max_bytes)
            while not isinstance(event := framing.next_event(), h11.EndOfMessage):
                if isinstance(event, h11.Data):
                    payload += event.data
                elif event is not h11.NEED_DATA:
                    raise BadResponse(NOT_HTTP, url=url)
                elif not unfed and cut_at is not None and len(received) >= cut_at:
                    answer.truncated = True
                    break
                elif cut_at is None and len(received) > max_bytes:
                    raise TooLarge(url=url, limit=max_bytes)
                else:
                    if not unfed:
                        unfed = await self.reader.read(64 * 1024)
                        received += unfed
                    framing.receive_data(unfed)
                    unfed = b""
        except h11.RemoteProtocolError as problem:
            if "peer closed" in str(problem):
                raise BadResponse(CUT_OFF, url=url) from None
            raise BadResponse(BAD_FRAMING, url=url, detail=str(problem)) from None
        rest = len(framing.trailing_data[0]) + len(unfed)  # some servers send a body where there is none: after a 304
        answer.body = bytes(received[: len(received) - rest])
        answer.payload = bytes(payload)
        answer.reusable = not answer.truncated and not rest and framing.their_state is h11.DONE

    def abort(self) -> None:
        """Drop the connection at once."""
        self.writer.transport.abort()


def _may_be_http(received: bytearray) -> bool:
    return b"HTTP/1."[: len(received)] == bytes(received[:7])


def _framing_head(status: int, head: bytes) -> bytes:
    version = head[:8] if head[:8] in (b"HTTP/1.0", b"HTTP/1.1") else b"HTTP/1.1"
    lines = [version + b" %d " % status]
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon and not name[:1].isspace() and name.strip().lower() in _FRAMING:
            lines.append(name.strip() + b": " + value.strip())
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _declared_length(event: object) -> int | None:
    if isinstance(event, h11.Response):
        for name, value in event.headers:
            if name == b"content-length":
                return int(value)
    return None
