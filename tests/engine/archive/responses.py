"""Responses as they come over the wire, for the archive's tests."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from wellspring.engine.records import FetchedResponse

MOMENT = datetime(2025, 3, 5, 4, 0, 0, 123456, tzinfo=UTC)


def response(
    payload: bytes = b"<html><title>\xe6\x98\xa5</title></html>",
    *,
    url: str = "https://news.example.com/a.html",
    status: int = 200,
    headers: bytes = b"",
    chunked: bool = False,
    packed: bool = False,
) -> FetchedResponse:
    """A response with odd header case, optionally gzip-coded and in chunks."""
    if packed:
        payload = gzip.compress(payload, mtime=0)
        headers += b"Content-Encoding: gzip\r\n"
    body = payload
    if chunked:
        half = len(payload) // 2
        parts = [part for part in (payload[:half], payload[half:]) if part]
        body = b"".join(b"%x;why=not\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nX-Trailer: 1\r\n\r\n"
        headers += b"tRansfer-Encoding: chunked\r\n"
    else:
        headers += b"content-LENGTH: %d\r\n" % len(payload)
    return FetchedResponse(
        url=url,
        status=status,
        head=b"HTTP/1.1 %d Fine  indeed\r\nServer: x\r\nContent-type: text/html\r\n%s\r\n" % (status, headers),
        body=body,
        payload=payload,
        received_at=MOMENT,
        ip="93.184.216.34",
        request_head=b"GET /a.html HTTP/1.1\r\nHost: news.example.com\r\n\r\n",
    )
