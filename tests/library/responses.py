"""Responses for tests, as a server would have sent them."""

from __future__ import annotations

from datetime import UTC, datetime

from wellspring.engine.records import FetchedResponse


def make_response(
    url: str,
    payload: bytes = b"<html><title>t</title><p>text</p></html>",
    *,
    status: int = 200,
    headers: str = "Content-Type: text/html; charset=utf-8",
    received_at: datetime | None = None,
) -> FetchedResponse:
    """An answer with the payload uncoded; `headers` are lines of the head."""
    head = "\r\n".join([f"HTTP/1.1 {status} Word", *headers.splitlines(), f"Content-Length: {len(payload)}", "", ""])
    return FetchedResponse(
        url=url,
        status=status,
        head=head.encode(),
        body=payload,
        payload=payload,
        received_at=received_at or datetime.now(UTC),
        ip="93.184.216.34",
        request_head=b"GET / HTTP/1.1\r\nHost: news.example.com\r\n\r\n",
    )
