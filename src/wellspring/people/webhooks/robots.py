"""How the robots of 企业微信, 钉钉 and 飞书 are spoken to, and what their answers mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit

from wellspring.people.models import ChatService

ADDRESSES = {
    ChatService.WECOM: re.compile(r"/cgi-bin/webhook/send\?(?:.*&)?key=[^&]+"),
    ChatService.DINGTALK: re.compile(r"/robot/send\?(?:.*&)?access_token=[^&]+"),
    ChatService.FEISHU: re.compile(r"/open-apis/bot/v2/hook/[^/?]+/?"),
}
"""What each service's robot addresses look like after the host."""
EXAMPLES = {
    ChatService.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
    ChatService.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=…",
    ChatService.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
}
SIGNING = frozenset({ChatService.DINGTALK, ChatService.FEISHU})
"""Those whose robots can ask for a signature."""
_BUSY = {
    ChatService.WECOM: frozenset({-1, 45009, 45033}),
    ChatService.DINGTALK: frozenset({-1, 130101, 410100}),
    ChatService.FEISHU: frozenset({11232}),
}
"""Codes that mean: not now."""


class Outcome(StrEnum):
    TOLD = "told"
    LATER = "later"
    """It could not be reached, or asks for a rest."""
    REFUSED = "refused"
    """It, or the address guard, says no, and will say so again."""


@dataclass(frozen=True, slots=True)
class RobotAnswer:
    outcome: Outcome
    said: str
    """The robot's own words, or why it could not be asked; empty where it took the message."""


def fits(service: str, url: str) -> bool:
    """Whether the address looks like that of a robot of this service, by https."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets without an IPv6 address in them
        return False
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.scheme == "https" and bool(ADDRESSES[ChatService(service)].fullmatch(rest))


def message_to(service: str, url: str, secret: str, text: str, *, now: datetime) -> tuple[str, bytes]:
    """Where to post what, so that the robot says `text` in its group; signed where there is a secret."""
    if service == ChatService.FEISHU:
        message: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(now.timestamp()))
            message |= {"timestamp": stamp, "sign": _signature(key=f"{stamp}\n{secret}", text="")}
        return url, _json(message)
    if service == ChatService.DINGTALK and secret:
        stamp = str(int(now.timestamp() * 1000))
        sign = quote(_signature(key=secret, text=f"{stamp}\n{secret}"), safe="")
        url = f"{url}&timestamp={stamp}&sign={sign}"
    return url, _json({"msgtype": "text", "text": {"content": text}})


def read_answer(service: str, status: int, payload: bytes) -> RobotAnswer:
    """What an HTTP answer means; a code in the JSON counts as much as the status."""
    if status == 429 or status >= 500:
        return RobotAnswer(Outcome.LATER, f"HTTP {status}")
    if status != 200:
        return RobotAnswer(Outcome.REFUSED, f"HTTP {status}")
    try:
        answer = json.loads(payload)
    except ValueError:
        answer = None
    names = ("code", "StatusCode") if service == ChatService.FEISHU else ("errcode",)
    code = next((answer[name] for name in names if name in answer), None) if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(code, int):
        return RobotAnswer(Outcome.REFUSED, "HTTP 200, JSON?")
    if code == 0:
        return RobotAnswer(Outcome.TOLD, "")
    words = next((str(answer[name]) for name in ("errmsg", "msg", "StatusMessage") if answer.get(name)), "")
    outcome = Outcome.LATER if code in _BUSY[ChatService(service)] else Outcome.REFUSED
    return RobotAnswer(outcome, " ".join(f"{code} {words}".split())[:200])


def _signature(*, key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _json(message: dict[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()
