"""HTTP/1 messages as bytes: where the head ends, and the body without its chunks."""

from __future__ import annotations

import re

from wellspring.engine.errors import marked

_HEAD_END = re.compile(rb"\n\r?\n")
_CHUNKED = re.compile(rb"\r?\ntransfer-encoding[ \t]*:[^\r\n]*\bchunked[ \t\r]*\n", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[^\n]*\n")


def split_message(message: bytes) -> tuple[bytes, bytes]:
    """Head, up to and with the empty line, and body.

    Raises ValueError where there is no empty line.
    """
    end = _HEAD_END.search(message)
    if end is None:
        raise ValueError(marked("the HTTP head has no end"))
    return message[: end.end()], message[end.end() :]


def is_chunked(head: bytes) -> bool:
    return _CHUNKED.search(head) is not None


def payload_of(head: bytes, body: bytes, *, truncated: bool = False) -> bytes:
    """The body without transfer coding; content coding stays on. Of a truncated body, what its part holds.

    A body that does not even begin with a chunk is taken as it is: other tools take the chunks off and leave the head.
    Raises ValueError where its chunks are broken.
    """
    if not body or not is_chunked(head):
        return body
    pieces: list[bytes] = []
    position = 0
    while True:
        line = _CHUNK_SIZE.match(body, position)
        if line is None:
            if truncated:
                return b"".join(pieces)
            if not position:
                return body
            raise ValueError(marked("a chunk has no size"))
        size = int(line.group(1), 16)
        start = line.end()
        if size == 0:
            return b"".join(pieces)
        piece = body[start : start + size]
        pieces.append(piece)
        if len(piece) < size:
            if truncated:
                return b"".join(pieces)
            raise ValueError(marked("a chunk is cut off"))
        position = start + size
        for line_end in (b"\r\n", b"\n"):
            if body.startswith(line_end, position):
                position += len(line_end)
                break
