"""The address from which a request comes."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104  # not bound to: the address of a request that has none, as through a socket file


def client_address(request: HttpRequest) -> str:
    """The client's address: the connection's, or what the outermost of `WELLSPRING_PROXIES` proxies saw."""
    proxies = settings.ENVIRONMENT.proxies
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and forwarded:
        return _plain(forwarded[-min(proxies, len(forwarded))])
    return _plain(request.META.get("REMOTE_ADDR", ""))


def _plain(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return NOWHERE
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(parsed)
