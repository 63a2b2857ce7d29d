"""Every address of the house, and what a guest, a member and an administrator get there, open house or closed.

An address that is not in the table fails `test_permissions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Answers:
    """Status of a GET: for guest, member and administrator; then the guest's in a closed house, where it differs."""

    guest: int
    member: int
    administrator: int
    guest_closed: int | None = None
    is_page: bool = True
    """HTML of ours; not JSON, a redirect or a file."""

    def of(self, who: str, *, closed: bool) -> int:
        if closed and who == "guest" and self.guest_closed is not None:
            return self.guest_closed
        return int(getattr(self, who))


READERS_PAGE = Answers(200, 200, 200, guest_closed=302)
READERS_DATA = Answers(200, 200, 200, guest_closed=401, is_page=False)
POST_ONLY = Answers(405, 405, 405, is_page=False)

TABLE = {
    "healthz": Answers(200, 200, 200, is_page=False),
    "manifest": Answers(200, 200, 200, is_page=False),
    "set_language": Answers(302, 302, 302, is_page=False),
    "set_theme": POST_ONLY,
    "sign_in": Answers(200, 302, 302),
    "sign_out": POST_ONLY,
    "styleguide": Answers(404, 404, 404),
    "library:front": READERS_PAGE,
    "library:search": READERS_PAGE,
    "library:arrivals": READERS_PAGE,
    "library:about": Answers(200, 200, 200),
    "library:channel": READERS_PAGE,
    "library:topic": READERS_PAGE,
    "library:outlets": READERS_PAGE,
    "library:snapshot": READERS_PAGE,
    "library:original": READERS_PAGE,
    "library:original_page": READERS_PAGE,
    "library:original_bytes": Answers(200, 200, 200, guest_closed=302, is_page=False),
    "library:picture": Answers(200, 200, 200, guest_closed=302, is_page=False),
    "library:sources": READERS_PAGE,
    "library:source": READERS_PAGE,
    "library:capture": READERS_PAGE,
    "api:openapi-json": Answers(200, 200, 200, is_page=False),
    "api:openapi-view": Answers(200, 200, 200),
    "api:api-root": Answers(404, 404, 404, is_page=False),
    "api:snapshots": READERS_DATA,
    "api:snapshot": READERS_DATA,
    "api:related": READERS_DATA,
    "api:channel_list": READERS_DATA,
    "api:topic_list": READERS_DATA,
    "api:source_list": READERS_DATA,
}


def named_addresses() -> set[str]:
    """Every named URL pattern but the admin's, which `test_permissions.py` walks by a rule of its own."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _names(
                    pattern.url_patterns, f"{before}{pattern.namespace}:" if pattern.namespace else before
                )
        else:
            assert isinstance(pattern, URLPattern)
            yield before + (pattern.name or f"unnamed {pattern.pattern}")
