"""Template variables that every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    environment = settings.ENVIRONMENT
    return {
        "site_name": environment.site_name,
        "contact": environment.contact,
        "icp": environment.icp,
        "demo": environment.demo,
        "debug": settings.DEBUG,
    }
