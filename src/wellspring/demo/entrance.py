"""Signing in as one of the demo's people by one click: at this computer, and nowhere else."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.translation import gettext

from wellspring.core.registry import SignInOffer
from wellspring.demo.community import Resident, demo_people

_PROXY_HEADERS = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Forwarded-Port",
    "X-Real-IP",
    "X-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
)
"""Any of these: somebody stands between the browser and here, who may bring requests from anywhere."""


def is_open_to(request: HttpRequest) -> bool:
    """Whether the demo runs and this request was typed at this very computer.

    The connection comes from a loopback address; the host name asked for is a loopback one too, so that a page from
    elsewhere whose name was turned to 127.0.0.1 gets nothing; and nothing speaks of a proxy.
    """
    environment = settings.ENVIRONMENT
    return (
        environment.demo
        and not environment.proxies
        and not any(header in request.headers for header in _PROXY_HEADERS)
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _is_loopback_host(request.META.get("HTTP_HOST", ""))
    )


def residents_for(request: HttpRequest) -> list[Resident]:
    """Whom this request may sign in as; nobody where it is not open."""
    return demo_people() if is_open_to(request) else []


def offers(request: HttpRequest) -> list[SignInOffer]:
    """The demo's people for the sign-in page."""
    return [
        SignInOffer(resident.name, gettext(resident.about), resident.user.pk, reverse("demo:sign_in"))
        for resident in residents_for(request)
    ]


def _is_loopback_host(host: str) -> bool:
    name, _port = split_domain_port(host.lower())
    return name == "localhost" or _is_loopback(name.strip("[]"))


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return parsed.is_loopback
