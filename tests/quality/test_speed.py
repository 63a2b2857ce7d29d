"""Reading a page stays fast and its memory flat: measured against parsing alone, so that no machine is too slow."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.quality.scoring import content_of
from tests.quality.test_extraction import BASELINE, PAGES
from tests.quality.varied import resident_megabytes, varied
from wellspring.engine.extract import extract

ROUNDS = 4
_LIMITS: dict[str, float] = BASELINE["times of parsing alone"]


def times_of_parsing(pages: Sequence[bytes], *, repeat: int) -> float:
    """How many times longer than parsing alone reading takes: processor time, the best of several rounds of both."""
    reading: list[float] = []
    parsing: list[float] = []
    for _ in range(ROUNDS):
        parsing.append(_seconds(LexborHTMLParser, pages, repeat) / repeat)
        reading.append(_seconds(extract, pages, 1))
    return min(reading) / min(parsing)


def _seconds(run: Callable[[bytes], object], pages: Sequence[bytes], repeat: int) -> float:
    started = time.process_time()
    for _ in range(repeat):
        for content in pages:
            run(content)
    return time.process_time() - started


def test_small_pages_are_read_in_few_times_the_time_of_parsing() -> None:
    pages = [content_of(path) for path in sorted(PAGES.glob("*.html"))]
    assert times_of_parsing(pages, repeat=10) <= _LIMITS["own"]


@pytest.mark.skipif(not os.environ.get("WELLSPRING_GOLD"), reason="WELLSPRING_GOLD names no folder of gold pages")
def test_pages_of_the_news_are_read_in_few_times_the_time_of_parsing() -> None:
    folder = Path(os.environ["WELLSPRING_GOLD"]) / "gold-zh" / "html"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    pages = [content_of(path) for path in sorted(folder.glob("*.html*"))]
    assert times_of_parsing(pages, repeat=1) <= _LIMITS["gold-zh"]


@pytest.mark.skipif(resident_megabytes() is None, reason="this system does not tell how much memory a process holds")
def test_memory_does_not_grow_with_the_number_of_pages_read() -> None:
    pages = varied([content_of(path) for path in sorted(PAGES.glob("*.html"))])
    for content in islice(pages, 1200):
        extract(content)
    gc.collect()
    before = resident_megabytes()
    for content in islice(pages, 1800):
        extract(content)
    gc.collect()
    after = resident_megabytes()
    assert before is not None
    assert after is not None
    assert after - before < 6, f"{before:.1f} MB after 1,200 pages, {after:.1f} MB after 3,000"
