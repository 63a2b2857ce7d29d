"""One exchange on the wire, whatever the server sends."""

from __future__ import annotations

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.servers.misbehaving import ODD_BUT_TRUE
from wellspring.engine.errors import BadResponse, EngineError, TooLarge
from wellspring.engine.fetch.wire import Answer, ClosedBeforeAnswer, Connection

LIMIT = 1000
PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK", b"HTTP/1.1 103 Hints", b"HTTP/1.0 404", b"HTTP/1.1 304 No", b"\r\n", b"\r\n",
        b"\r\n\r\n", b"\n\n",
        b"Content-Length: 5", b"Content-Length: 99", b"Content-Length: -1", b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip", b"Connection: close", b"hello", b"5\r\nhello\r\n", b"0\r\n\r\n",
        b"fffffffff\r\n", b"X: y",
    ]
)  # fmt: skip


class _Writer:
    def write(self, data: bytes) -> None:
        pass

    async def drain(self) -> None:
        pass


def exchange(sent: bytes, step: int) -> Answer:
    """The answer that is read where the server sends this, so many bytes at a time, and closes."""

    async def go() -> Answer:
        reader = asyncio.StreamReader()
        connection = Connection(reader, _Writer(), "192.0.2.1")  # type: ignore[arg-type]  # what is written is no matter

        async def send() -> None:
            for start in range(0, len(sent), step):
                reader.feed_data(sent[start : start + step])
                await asyncio.sleep(0)
            reader.feed_eof()

        sending = asyncio.ensure_future(send())
        try:
            return await connection.exchange("http://news.example/", b"GET", max_bytes=LIMIT)
        finally:
            sending.cancel()

    return asyncio.run(go())


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=12).map(b"".join)), st.integers(1, 50))
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_comes_ends_in_an_answer_of_just_those_bytes_or_a_named_failure(sent: bytes, step: int) -> None:
    try:
        answer = exchange(sent, step)
    except (BadResponse, TooLarge, ClosedBeforeAnswer) as failure:
        told = failure.message % failure.data if isinstance(failure, EngineError) else "closed"
    else:
        told = "answered"
        assert answer.head + answer.body in sent
        assert len(answer.body) <= LIMIT
        assert answer.head.endswith(b"\n")
    assert told


@given(st.integers(1, len(ODD_BUT_TRUE)))
@settings(deadline=None)
def test_the_size_of_the_pieces_that_arrive_changes_nothing(step: int) -> None:
    answer = exchange(ODD_BUT_TRUE, step)
    assert answer.head + answer.body == ODD_BUT_TRUE
    assert answer.payload == b"hello world"
    assert answer.reusable


@given(st.integers(0, len(ODD_BUT_TRUE) - 1))
@settings(deadline=None)
def test_an_answer_cut_off_anywhere_is_never_taken_for_a_whole_one(length: int) -> None:
    try:
        exchange(ODD_BUT_TRUE[:length], 7)
    except (BadResponse, ClosedBeforeAnswer):
        return
    raise AssertionError(f"the first {length} bytes were taken for the whole")
