"""Content coding taken off within a cap."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from datetime import UTC, datetime

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.misbehaving import gzip_bomb
from wellspring.engine.errors import BadResponse, EngineError, StatusRefused, TooLarge
from wellspring.engine.fetch.content import decoded_payload, page_problem
from wellspring.engine.records import FetchedResponse

TEXT = "垃圾分类进小区，居民点赞。\n".encode() * 500


def answer(payload: bytes, *codings: str, status: int = 200, truncated: bool = False) -> FetchedResponse:
    lines = [f"HTTP/1.1 {status} OK", *(f"content-Encoding: {coding}" for coding in codings), "", ""]
    return FetchedResponse(
        url="http://news.example/1.html",
        status=status,
        head="\r\n".join(lines).encode(),
        body=payload,
        payload=payload,
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        ip="192.0.2.1",
        truncated=truncated,
    )


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("payload", "codings"),
    [
        (TEXT, ()),
        (TEXT, ("identity",)),
        (TEXT, ("utf-8",)),
        (gzip.compress(TEXT), ("gzip",)),
        (gzip.compress(TEXT), ("X-GZip",)),
        (gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]), ("gzip",)),
        (gzip.compress(TEXT) + bytes(20), ("gzip",)),
        (zlib.compress(TEXT), ("deflate",)),
        (raw_deflate(TEXT), ("deflate",)),
        (brotli.compress(TEXT), ("br",)),
        (zstandard.compress(TEXT), ("zstd",)),
        (brotli.compress(gzip.compress(TEXT)), ("gzip, br",)),
        (brotli.compress(gzip.compress(TEXT)), ("gzip", "br")),
    ],
)
def test_a_coding_is_taken_off(payload: bytes, codings: tuple[str, ...]) -> None:
    assert decoded_payload(answer(payload, *codings), limit=1_000_000) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_payload_is_empty_whatever_it_claims(coding: str) -> None:
    assert decoded_payload(answer(b"", coding), limit=10) == b""


@pytest.mark.parametrize(
    ("payload", "coding"),
    [
        (TEXT, "gzip"),
        (gzip.compress(TEXT)[:-20], "gzip"),
        (gzip.compress(TEXT)[:40] + b"nonsense" * 9, "gzip"),
        (zlib.compress(TEXT)[:-20], "deflate"),
        (TEXT, "deflate"),
        (brotli.compress(TEXT)[:-5], "br"),
        (TEXT, "br"),
        (TEXT, "zstd"),
        (TEXT, "snappy"),
        (TEXT, "gzip, gzip, gzip, gzip"),
    ],
)
def test_what_does_not_decode_is_named(payload: bytes, coding: str) -> None:
    with pytest.raises(BadResponse) as refused:
        decoded_payload(answer(payload, coding), limit=1_000_000)
    assert coding.split(",")[0] in str(refused.value)


def bombs() -> dict[str, bytes]:
    zeros = bytes(50_000_000)
    return {
        "gzip": gzip_bomb(50_000_000).partition(b"\r\n\r\n")[2],
        "deflate": zlib.compress(zeros, 9),
        "br": brotli.compress(zeros, quality=3),
        "zstd": zstandard.compress(zeros),
    }


def test_a_bomb_is_stopped_before_it_goes_off() -> None:
    for coding, bomb in bombs().items():
        tracemalloc.start()
        started = time.monotonic()
        with pytest.raises(TooLarge):
            decoded_payload(answer(bomb, coding), limit=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 12_000_000, coding
        assert time.monotonic() - started < 5, coding


def test_content_of_just_the_limit_passes() -> None:
    packed = answer(gzip.compress(TEXT), "gzip")
    assert decoded_payload(packed, limit=len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        decoded_payload(packed, limit=len(TEXT) - 1)
    with pytest.raises(TooLarge):
        decoded_payload(answer(TEXT), limit=len(TEXT) - 1)


def test_a_truncated_response_gives_what_is_there() -> None:
    part = decoded_payload(answer(gzip.compress(TEXT)[:-20], "gzip", truncated=True), limit=1_000_000)
    assert TEXT.startswith(part)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_random_bytes_end_in_content_or_a_named_failure(payload: bytes, coding: str) -> None:
    try:
        decoded_payload(answer(payload, coding), limit=100_000)
    except EngineError as error:
        assert str(error)  # noqa: PT017  (either outcome is right; only another exception is not)


def test_only_a_200_with_a_body_is_a_page() -> None:
    assert page_problem(answer(b"<html>")) is None
    assert isinstance(page_problem(answer(b"gone", status=410)), StatusRefused)
    assert "410" in str(page_problem(answer(b"gone", status=410)))
    for empty in (b"", b" \r\n\t"):
        assert "empty" in str(page_problem(answer(empty)))


def test_a_body_of_nothing_but_empty_gzip_members_costs_no_time() -> None:
    packed = answer(gzip.compress(b"") * 200_000, "gzip")
    began = time.perf_counter()
    assert decoded_payload(packed, limit=1_000_000) == b""
    assert time.perf_counter() - began < 5  # copying the rest at each member's end would take a minute


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_nothing_packed_twice_is_nothing(coding: str) -> None:
    assert decoded_payload(answer(gzip.compress(b""), f"{coding}, gzip"), limit=1_000) == b""
