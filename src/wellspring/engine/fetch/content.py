"""From a response to its content: content coding taken off within a cap, and whether it is a page at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from wellspring.engine.errors import BadResponse, StatusRefused, TooLarge, marked
from wellspring.engine.records import FetchedResponse

UNKNOWN_CODING = marked("%(url)s is packed in a way that is not known here (%(coding)s).")
DOES_NOT_DECODE = marked("%(url)s says it is packed as %(coding)s, but cannot be unpacked.")
EMPTY = marked("%(url)s answered with an empty page, so there is nothing to keep.")

MAX_CODINGS = 3
_STEP = 64 * 1024
_FEED = 4 * 1024
_ZSTD_WINDOW = 8 * 1024 * 1024

Decoder = Callable[[bytes], Iterator[bytes]]
"""Yields the decoded content in small pieces, so that a bomb is noticed before it has gone off."""


class _Undecodable(Exception):
    pass


def decoded_payload(response: FetchedResponse, *, limit: int) -> bytes:
    """The payload with its content coding taken off, at most `limit` bytes.

    A truncated response gives what its part decodes to. Raises TooLarge as soon as the limit is passed, however much
    more there would be; BadResponse where the coding is unknown or does not decode.
    """
    content = response.payload
    codings = _codings(response)
    if len(codings) > MAX_CODINGS:
        raise BadResponse(UNKNOWN_CODING, url=response.url, coding=", ".join(codings)[:100])
    for coding in reversed(codings):
        if not content:
            break
        if coding not in _DECODERS:
            raise BadResponse(UNKNOWN_CODING, url=response.url, coding=coding[:100])
        content = _decoded(response, content, coding, limit)
    if len(content) > limit:
        raise TooLarge(url=response.url, limit=limit)
    return content


def page_problem(response: FetchedResponse) -> StatusRefused | None:
    """Why this response is no page to keep: a status other than 200, or an empty body. None where it is one."""
    if response.status != 200:
        return StatusRefused(url=response.url, status=response.status)
    if not response.payload.strip():
        return StatusRefused(EMPTY, url=response.url, status=response.status)
    return None


def _decoded(response: FetchedResponse, content: bytes, coding: str, limit: int) -> bytes:
    decoded = bytearray()
    try:
        for piece in _DECODERS[coding](content):
            decoded += piece
            if len(decoded) > limit:
                raise TooLarge(url=response.url, limit=limit)
    except (_Undecodable, zlib.error, brotli.error, zstandard.ZstdError, MemoryError):
        if not response.truncated:
            raise BadResponse(DOES_NOT_DECODE, url=response.url, coding=coding) from None
    return bytes(decoded)


def _codings(response: FetchedResponse) -> list[str]:
    values = []
    for line in response.head.split(b"\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-encoding":
            values.append(value.decode("latin-1"))
    codings = [coding.strip().lower() for value in values for coding in value.split(",")]
    return [coding for coding in codings if coding not in ("", "identity", "none", "utf-8")]


def _gzip(content: bytes) -> Iterator[bytes]:
    """Every member, one after the other. Fed in small pieces: zlib copies what is left over at each member's end."""
    at = 0
    while content[at : at + 2] == b"\x1f\x8b":
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        while not member.eof:
            piece = member.unconsumed_tail
            if not piece:
                piece = content[at : at + _FEED]
                at += len(piece)
                if not piece:
                    raise _Undecodable
            if decoded := member.decompress(piece, _STEP):
                yield decoded
        at -= len(member.unused_data)
        while content[at : at + 1] == b"\0":
            at += 1
    if not at:
        raise _Undecodable


def _deflate(content: bytes) -> Iterator[bytes]:
    # The standard says zlib; some servers send raw deflate. Two bytes tell them apart.
    is_zlib = content[0] & 0x0F == 8 and int.from_bytes(content[:2], "big") % 31 == 0
    yield from _inflate(zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS), content)


def _inflate(member: zlib._Decompress, content: bytes) -> Iterator[bytes]:
    piece = member.decompress(content, _STEP)
    while piece:
        yield piece
        piece = b"" if member.eof else member.decompress(member.unconsumed_tail, _STEP)
    if not member.eof:
        raise _Undecodable


def _brotli(content: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    piece = decoder.process(content, output_buffer_limit=_STEP)
    while piece:
        yield piece
        piece = b"" if decoder.is_finished() else decoder.process(b"", output_buffer_limit=_STEP)
    if not decoder.is_finished():
        raise _Undecodable


def _zstd(content: bytes) -> Iterator[bytes]:
    decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    with decoder.stream_reader(content, read_across_frames=True) as reader:
        while piece := reader.read(_STEP):
            yield piece


_DECODERS: dict[str, Decoder] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
