"""Template variables that every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from wellspring.core.appearance import chosen_theme, is_elder_mode


def site(request: HttpRequest) -> dict[str, object]:
    environment = settings.ENVIRONMENT
    return {
        "site_name": environment.site_name,
        "contact": environment.contact,
        "icp": environment.icp,
        "demo": environment.demo,
        "debug": settings.DEBUG,
        "theme": chosen_theme(request),
        "elder": is_elder_mode(request),
        "public_url": environment.public_url,
    }
