"""What the downloader takes for a response, the archive can keep: both cut the same bytes at the same places."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wellspring.engine.archive import ArchiveReader, ArchiveWriter
from wellspring.engine.fetch.wire import Answer, Connection
from wellspring.engine.records import FetchedResponse

CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


class Deaf(asyncio.Transport):
    """Takes every request and does nothing with it."""

    def write(self, data: bytes | bytearray | memoryview) -> None: ...

    def is_closing(self) -> bool:
        return False

    def close(self) -> None: ...


async def answered(wire: bytes, cut_at: int | None) -> Answer:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    writer = asyncio.StreamWriter(Deaf(), asyncio.StreamReaderProtocol(reader), reader, loop)
    reader.feed_data(wire)
    reader.feed_eof()
    return await Connection(reader, writer, "192.0.2.1").exchange(
        "http://a.example/", b"", max_bytes=1000, cut_at=cut_at
    )


@pytest.mark.parametrize("cut_at", [None, 3, 100])
@pytest.mark.parametrize(
    ("head", "body", "payload"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNKS, b"hello"),
        (b"HTTP/1.1 200 OK\ntransfer-encoding:\tCHUNKED\r\r\nX: y\n\n", CHUNKS, b"hello"),
        (b"HTTP/1.0 200\r\nX: y\r\n Transfer-Encoding: chunked\r\n\r\n", CHUNKS, CHUNKS),
        (b"HTTP/1.1 200 OK\r\nX: transfer-encoding: chunked\r\nContent-Length: 4\r\n\r\n", b"four", b"four"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", b"", b""),
        (b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", b"", b""),
    ],
)
def test_what_is_received_can_be_kept(
    tmp_path: Path, head: bytes, body: bytes, payload: bytes, cut_at: int | None
) -> None:
    answer = asyncio.run(answered(head + body, cut_at))
    assert (answer.head, answer.body, answer.payload) == (head, body, payload)
    _keep(tmp_path, answer)


def test_a_body_where_there_is_none_is_no_part_of_the_answer(tmp_path: Path) -> None:
    answer = asyncio.run(answered(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello", None))
    assert (answer.body, answer.payload, answer.reusable) == (b"", b"", False)
    _keep(tmp_path, answer)


def _keep(folder: Path, answer: Answer) -> None:
    sent = FetchedResponse(
        url="http://a.example/",
        status=answer.status,
        head=answer.head,
        body=answer.body,
        payload=answer.payload,
        received_at=datetime(2025, 3, 5, tzinfo=UTC),
        ip="192.0.2.1",
        truncated=answer.truncated,
    )
    place = ArchiveWriter(folder).write(sent)
    with ArchiveReader(folder) as reader:
        kept = reader.read(place.file, place.offset)
    assert (kept.head, kept.body, kept.payload) == (answer.head, answer.body, answer.payload)
