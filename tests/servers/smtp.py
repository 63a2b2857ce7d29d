"""A loopback mail server that takes mails as a real one does, refuses what a test tells it to, and keeps what came."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class Delivered:
    sender: str
    recipients: list[str]
    message: EmailMessage


@dataclass
class SmtpServer:
    """Runs in a thread of its own."""

    refused: dict[str, str] = field(default_factory=dict)
    """Recipient → reply instead of acceptance, such as `550 no such user`."""
    data_reply: str = "250 kept"
    mails: list[Delivered] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def __enter__(self) -> SmtpServer:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        async def serve() -> None:
            self._end = asyncio.Event()
            server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self._end.wait()
            server.close()

        self._loop.run_until_complete(serve())
        self._loop.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        said: dict[str, Any] = {}

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 post.example.org")
        while line := (await reader.readline()).decode().rstrip("\r\n"):
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                await say("250 post.example.org")
            elif verb == "MAIL":
                said = {"sender": _address(line), "recipients": []}
                await say("250 fine")
            elif verb == "RCPT":
                reply = self.refused.get(_address(line))
                if reply is None:
                    said["recipients"].append(_address(line))
                await say(reply or "250 fine")
            elif verb == "DATA":
                await say("354 go on")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                if self.data_reply.startswith("2"):
                    message = message_from_bytes(raw, policy=policy.default)
                    self.mails.append(Delivered(said["sender"], said["recipients"], message))
                await say(self.data_reply)
            elif verb == "QUIT":
                await say("221 bye")
                break
            else:
                await say("250 fine")
        writer.close()


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
