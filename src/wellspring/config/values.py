"""What a setting may look like: each reads a raw text, or refuses it naming the variable and what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

T = TypeVar("T")


class EnvironmentProblem(Exception):
    """One line: the variable, what stands in it, what it takes."""


def checked(values: Mapping[str, str], name: str, default: str, parse: Callable[[str], T], takes: str) -> T:
    raw = values.get(name, "").strip() or default
    try:
        return parse(raw)
    except ValueError:
        raise EnvironmentProblem(f"{name} is {raw!r}; it takes {takes}.") from None


def flag(values: Mapping[str, str], name: str) -> bool:
    def parse(raw: str) -> bool:
        return {"0": False, "1": True, "false": False, "true": True}[raw.lower()]

    try:
        return parse(values.get(name, "").strip() or "0")
    except KeyError:
        raise EnvironmentProblem(f"{name} is {values[name]!r}; it takes 1 or 0.") from None


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw.lower() not in allowed:
            raise ValueError
        return raw.lower()

    return parse


def between(least: T, most: T, kind: Callable[[str], T]) -> Callable[[str], T]:
    def parse(raw: str) -> T:
        value = kind(raw)
        if not least <= value <= most:  # type: ignore[operator]  # numbers; so written, it refuses nan too
            raise ValueError
        return value

    return parse


def host_names(raw: str) -> tuple[str, ...]:
    names = tuple(word.strip() for word in raw.split(",") if word.strip())
    if not names or not all(re.fullmatch(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]", name) for name in names):
        raise ValueError
    return names


def web_address(raw: str) -> str:
    if not raw:
        return raw
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s@?#]", raw) or parts.port == 0:
        raise ValueError
    return raw.rstrip("/")


def host_ports(raw: str) -> frozenset[tuple[str, int]]:
    pairs = set()
    for word in filter(None, (part.strip() for part in raw.split(","))):
        host, colon, port = word.rpartition(":")
        if not colon or not host or not 0 < int(port) < 65536:
            raise ValueError
        pairs.add((host.strip("[]").lower(), int(port)))
    return frozenset(pairs)


def mail_server(raw: str) -> dict[str, object]:
    """Django's EMAIL_* settings of `smtp://user:password@host:port`; smtps: TLS from the start; ?starttls=1 after it.

    Empty: no mail.
    """
    if not raw:
        return {}
    parts = urlsplit(raw)
    options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise ValueError
    if set(options) - {"starttls"} or options.get("starttls", "0") not in {"0", "1"}:
        raise ValueError
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and options.get("starttls") == "1",
    }


def mail_sender(raw: str) -> str:
    """`name@example.org` or `Name <name@example.org>`; empty where none is given."""
    if raw and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(raw)[1]):
        raise ValueError
    return raw


def pair(raw: str) -> tuple[str, str] | None:
    """`id:secret` of an application at another service; None where none is given."""
    if not raw:
        return None
    identity, _colon, secret = (part.strip() for part in raw.partition(":"))
    if not identity or not secret:
        raise ValueError
    return identity, secret
