"""Ways in which servers misbehave, as replies for a RawServer."""

from __future__ import annotations

import asyncio
import gzip
import zlib

from tests.servers.raw import Exchange, Reply, response


def gzip_bomb(size: int) -> bytes:
    """A response of about `size`/1000 bytes that unpacks to `size` zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = bytes(1024 * 1024)
    body = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    return response(body, headers={"Content-Encoding": "gzip"})


def gzipped(content: bytes) -> bytes:
    return response(gzip.compress(content), headers={"Content-Encoding": "gzip"})


def endless_body(announce: bool = False, size: int = 50_000_000) -> Reply:
    """50 MB, announced or not; stops when the client goes."""

    async def reply(exchange: Exchange) -> None:
        length = f"Content-Length: {size}\r\n" if announce else "Connection: close\r\n"
        await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{length}\r\n".encode())
        for _ in range(size // 50_000):
            await exchange.send(b"x" * 50_000)
        exchange.writer.close()

    return reply


def slow_drip(pause: float) -> Reply:
    """One byte, a pause, one byte, … for ever."""

    async def reply(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            await exchange.send(b"x")
            await asyncio.sleep(pause)

    return reply


async def endless_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"y" * 1000 + b"\r\n")


async def endless_interim(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")


async def reset_before_answer(exchange: Exchange) -> None:
    exchange.reset()


async def reset_in_body(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 100)
    await asyncio.sleep(0.05)
    exchange.reset()


async def short_body(exchange: Exchange) -> None:
    await exchange.send(response(b"only this", length=1000))
    exchange.writer.close()


def closing(reply: bytes) -> Reply:
    """Send the bytes, then close."""

    async def send(exchange: Exchange) -> None:
        await exchange.send(reply)
        exchange.writer.close()

    return send


NONSENSE_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
NOT_HTTP = b"220 mail.example.org ESMTP ready\r\n"
EMPTY_PAGE = response(b"")
ODD_BUT_TRUE = (
    b"HTTP/1.1 200 Sehr gut, danke\r\nX-Z-First: 1\r\ncontent-TYPE:text/html;charset=gb2312\r\n"
    b"Broken header without colon\r\nBad Name : x\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
    b"5;note=hi\r\nhello\r\n06\r\n world\r\n0\r\nX-Trailer: t\r\n\r\n"
)
