"""A loopback server that answers as the robots of 企业微信, 钉钉 and 飞书 do, over TLS, and checks what they check."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.certificates import server_context
from tests.servers.raw import Exchange, RawServer, response

SECRET = "SEC-柳湾-8842"
KEY = "abc123def456"
PATHS = {
    "wecom": f"/cgi-bin/webhook/send?key={KEY}",
    "dingtalk": f"/robot/send?access_token={KEY}",
    "feishu": f"/open-apis/bot/v2/hook/{KEY}",
}


@dataclass
class Robots:
    """Start it with `with`. `said`: what arrived in the groups. `instead`: an answer in place of the robot's own."""

    folder: Path
    said: list[str] = field(default_factory=list)
    instead: bytes | None = None
    signed: bool = False
    """Whether DingTalk and Feishu ask for a signature."""

    def __enter__(self) -> Robots:
        self.server = RawServer(otherwise=self._answer, tls=server_context(self.folder))
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()

    def address(self, service: str) -> str:
        return f"{self.server.url}{PATHS[service]}"

    async def _answer(self, exchange: Exchange) -> None:
        await exchange.send(self.instead or self._robot(exchange))

    def _robot(self, exchange: Exchange) -> bytes:
        request = exchange.request
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        message = json.loads(request.body)
        if parts.path == "/cgi-bin/webhook/send":
            return self._wecom(query, message)
        if parts.path == "/robot/send":
            return self._dingtalk(query, message)
        if parts.path == PATHS["feishu"]:
            return self._feishu(message)
        return response(b"not here", status="404 Not Found")

    def _wecom(self, query: dict[str, str], message: dict[str, Any]) -> bytes:
        if query.get("key") != KEY:
            return told(errcode=93000, errmsg=f"invalid webhook url, key {query.get('key')}")
        self.said.append(message["text"]["content"])
        return told(errcode=0, errmsg="ok")

    def _dingtalk(self, query: dict[str, str], message: dict[str, Any]) -> bytes:
        if self.signed:
            stamp = query.get("timestamp", "0")
            wanted = signature(key=SECRET, text=f"{stamp}\n{SECRET}")
            if abs(time.time() * 1000 - int(stamp)) > 3_600_000 or query.get("sign") != wanted:
                return told(errcode=310000, errmsg="sign not match")
        self.said.append(message["text"]["content"])
        return told(errcode=0, errmsg="ok")

    def _feishu(self, message: dict[str, Any]) -> bytes:
        if self.signed:
            stamp = str(message.get("timestamp", "0"))
            if abs(time.time() - int(stamp)) > 3600 or message.get("sign") != signature(
                key=f"{stamp}\n{SECRET}", text=""
            ):
                return told(code=19021, msg="sign match fail or timestamp is not within one hour from current time")
        self.said.append(message["content"]["text"])
        return told(code=0, msg="success", data={})


def told(**answer: object) -> bytes:
    """A robot's answer: always 200, the failure in its JSON."""
    return response(json.dumps(answer).encode(), content_type="application/json")


def signature(*, key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
