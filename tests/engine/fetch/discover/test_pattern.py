"""Narrowing by a pattern, which is somebody else's text."""

from __future__ import annotations

import time

import pytest

from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import narrowed
from wellspring.engine.records import FoundPage

PAGES = (FoundPage("https://x.cn/dt/1.html"), FoundPage("https://x.cn/zt/2.html"))


def test_a_pattern_keeps_the_addresses_it_is_found_in() -> None:
    assert narrowed(PAGES, r"/dt/\d+\.html$") == PAGES[:1]


def test_an_empty_pattern_keeps_all() -> None:
    assert narrowed(PAGES, "") == PAGES


@pytest.mark.parametrize("pattern", ["(dt", "[z-a]", "(?=dt)", "a{1000}{1000}{1000}", "x" * 500])
def test_a_pattern_that_cannot_be_used_is_refused_with_the_reason(pattern: str) -> None:
    with pytest.raises(DiscoveryError, match="pattern"):
        narrowed(PAGES, pattern)


def test_no_pattern_can_hang_the_crawler() -> None:
    started = time.perf_counter()
    narrowed([FoundPage("https://x.cn/" + "a" * 1900)] * 20, r"((a+)+)+(.*.*.*)*!$")
    assert time.perf_counter() - started < 2
