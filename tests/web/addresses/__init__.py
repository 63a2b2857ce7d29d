"""Every address of the house, and what everybody gets there, open house or closed; one module per app.

An address that is not in the table fails `test_permissions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.addresses import (
    accounts,
    calendar,
    core,
    files,
    library,
    notices,
    office,
    people,
    plan,
    sharing,
    sharing_day,
)
from tests.web.addresses.answers import Answers

TABLE: dict[str, Answers] = {
    **core.TABLE,
    **people.TABLE,
    **office.TABLE,
    **accounts.TABLE,
    **calendar.TABLE,
    **files.TABLE,
    **notices.TABLE,
    **library.TABLE,
    **sharing.TABLE,
    **plan.TABLE,
    **sharing_day.TABLE,
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
