"""Addresses in one normal form: IDNA host, numeric hosts as browsers read them, port, path, no fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote_from_bytes, urljoin

import idna

from wellspring.engine.errors import AddressRefused, marked

MAX_LENGTH = 2000
"""Characters of an address; longer ones are refused, so that every one fits its column in the database."""
DEFAULT_PORTS = {"http": 80, "https": 443}

NOT_WEB = marked("%(url)s is not a web address. Give one that begins with http:// or https://.")
WITH_PASSWORD = marked("%(url)s carries a user name or password. Give the address without them.")
BAD_HOST = marked("%(url)s has no readable host name. Check how it is written.")
BAD_PORT = marked("%(url)s has a port that is no number from 1 to 65535. Check how it is written.")
TOO_LONG = marked("%(url)s… is longer than %(limit)s characters and is not fetched.")

_SHAPE = re.compile(r"(?is)([a-z][a-z0-9+.-]*):[/\\]{2}([^/\\?#]*)([^#]*)")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_IGNORED = re.compile(r"[\t\n\r]")
# What browsers leave alone in a path and in a query; the percent sign too, so that nothing is encoded twice.
_SAFE_IN_PATH = "/:@!$&'()*+,;=-._~%|[]^"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?`{}\\"


@dataclass(frozen=True, slots=True)
class Target:
    """One address, taken apart."""

    url: str
    """Normalised, without fragment."""
    scheme: str
    host: str
    """ASCII, lower case, an IPv6 address without brackets."""
    port: int
    path: str
    """Path and query as they stand in the request line."""

    @property
    def authority(self) -> str:
        """Host header: brackets around IPv6, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """What politeness counts by: scheme, host and port."""
        return f"{self.scheme}://{self.authority}"


def parse_url(url: str) -> Target:
    """Take an address apart and normalise it.

    Raises AddressRefused where it is no http or https address, carries credentials, or cannot be read.
    """
    written = _IGNORED.sub("", url.strip())
    shown = written[:200].encode("utf-8", "replace").decode()
    match = _SHAPE.match(written)
    if not match or match[1].lower() not in DEFAULT_PORTS:
        raise AddressRefused(NOT_WEB, url=shown)
    scheme, authority, rest = match[1].lower(), match[2], match[3]
    if "@" in authority:
        raise AddressRefused(WITH_PASSWORD, url=f"{scheme}://{authority.rpartition('@')[2]}"[:200])
    host, port = _host_and_port(authority, scheme, shown)
    target = Target("", scheme, host, port, _request_path(rest))
    normal = f"{target.site}{target.path}"
    if len(normal) > MAX_LENGTH:
        raise AddressRefused(TOO_LONG, url=shown, limit=MAX_LENGTH)
    return Target(normal, scheme, host, port, target.path)


def redirect_target(base: str, location: str) -> Target:
    """Where a Location header (read as latin-1) leads from `base`. Raises AddressRefused."""
    try:
        joined = urljoin(base, _ascii(location.strip().encode("latin-1"), _SAFE_IN_QUERY + "#"))
    except ValueError:
        raise AddressRefused(BAD_HOST, url=location[:200]) from None
    return parse_url(joined)


def _host_and_port(authority: str, scheme: str, shown: str) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{0,9}))?", authority)
    if not match or not match[1]:
        # A colon too many, or a port that is no number, is told as such.
        message = BAD_PORT if re.fullmatch(r"[^:\[\]]+:[^:]*", authority) else BAD_HOST
        raise AddressRefused(message, url=shown)
    port = int(match[2]) if match[2] else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise AddressRefused(BAD_PORT, url=shown)
    try:
        return _host(match[1]), port
    except (ValueError, UnicodeError):
        raise AddressRefused(BAD_HOST, url=shown) from None


def _host(written: str) -> str:
    if written.startswith("["):
        if "%" in written:
            raise ValueError("zone identifiers name a local interface")
        return str(IPv6Address(written[1:-1]))
    host = written.lower() if written.isascii() else idna.encode(written, uts46=True).decode()
    host = host.removesuffix(".")
    if len(host) > 253 or not _HOST.fullmatch(host) or any(len(label) > 63 for label in host.split(".")):
        raise ValueError("no host name")
    last = host.rpartition(".")[2]
    if last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last):
        return str(_numeric_host(host))
    return host


def _numeric_host(host: str) -> IPv4Address:
    """One to four numbers, each decimal, octal (0…) or hexadecimal (0x…); the last fills the bytes that are left."""
    parts = [_number(part) for part in host.split(".")]
    if len(parts) > 4 or any(part > 255 for part in parts[:-1]) or parts[-1] >= 256 ** (5 - len(parts)):
        raise ValueError("no IPv4 address")
    return IPv4Address(sum(part << 8 * (3 - place) for place, part in enumerate(parts[:-1])) + parts[-1])


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    if len(text) > 1 and text.startswith("0"):
        return int(text, 8)
    return int(text, 10)


def _request_path(rest: str) -> str:
    path, question, query = rest.encode("utf-8", "replace").partition(b"?")
    return (
        _without_dots(_ascii(path.replace(b"\\", b"/"), _SAFE_IN_PATH))
        + question.decode()
        + _ascii(query, _SAFE_IN_QUERY)
    )


def _ascii(raw: bytes, safe: str) -> str:
    return quote_from_bytes(raw, safe=safe)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:] if path.startswith("/") else path.split("/")
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        plain = re.sub(r"(?i)%2e", ".", segment)
        if plain == "..":
            if kept:
                kept.pop()
            if last:
                kept.append("")
        elif plain == ".":
            if last:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)
