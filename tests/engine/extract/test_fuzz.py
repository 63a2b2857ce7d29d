"""Whatever comes in, a record or a named refusal comes out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import outcome_of
from tests.fuzz.cases import case_of
from wellspring.engine.errors import EmptyPage, NeedsJavaScript, NotHtml, PageTooComplex
from wellspring.engine.extract import extract
from wellspring.engine.records import NewsRecord

PAGES = sorted((Path(__file__).parents[2] / "quality" / "pages").glob("*.html"))
NAMED = (EmptyPage, NeedsJavaScript, NotHtml, PageTooComplex)
CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

TAGS = (
    "<p>",
    "</p>",
    "<div class='article'>",
    "</div>",
    "<h1>",
    "</h1>",
    "<table><tr><td>",
    "</table>",
    "<a href='/x'>",
    "</a>",
    "<li>",
    "<br>",
    "<img src='//x/y.jpg'>",
    "<img data-src='http://[x'>",
    "<b>",
    "<pre>",
    "<script>",
    "</script>",
    "<script type='application/ld+json'>",
    "<title>",
    "</title>",
    "<textarea class='time'>",
    "</textarea>",
    "<!--",
    "-->",
    "<meta name='PubDate' content='2024-13-45 99:99'>",
    "<meta charset='utf-7'>",
    "<base href='http://[::'>",
    "<svg>",
    "<figure>",
    "<span style='display:none'>",
    "<body>",
    "</html>",
    "<figcaption>",
    "<blockquote>",
)
TEXTS = (
    "来源：",
    "记者 王小河",
    "责任编辑：",
    "2024年2月30日 25:61",
    "0001-01-01",
    "（",
    "）",
    '[{"@type":"NewsArticle","author":[[]]}]',
    "1714269600000",
    "99999999999999999999",
    'var ct = "9999999999";',
    'window.x = {"content": [[[1]]]};',
    "相关阅读",
    "，。！",
    "\u3000",
    "\u200b",
    "𠮷",
    "\ud7ff",
    "a" * 300,
    "昨天上午，社区的议事长廊里坐满了人，十二位居民代表围着一张长桌，讨论旧家具应该怎么办。",
)


def check(content: bytes, url: str | None = None) -> None:
    try:
        record = extract(content, url=url)
    except NAMED:
        return
    assert isinstance(record, NewsRecord)
    assert record.as_json()
    assert all(block.text or block.src for block in record.body)


@CALM
@given(st.binary(max_size=3000))
def test_any_bytes_give_a_record_or_a_named_refusal(content: bytes) -> None:
    check(content)
    check(b"<html>" + content)


@CALM
@given(st.lists(st.sampled_from([*TAGS, *TEXTS]), max_size=120), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_tag_soup_gives_a_record_or_a_named_refusal(pieces: list[str], encoding: str) -> None:
    check("".join(pieces).encode(encoding))


@CALM
@given(st.sampled_from(PAGES), st.data())
def test_a_page_cut_off_anywhere_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    check(content[: data.draw(st.integers(0, len(content)))])


@CALM
@given(st.sampled_from(PAGES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=8))
def test_a_page_with_damaged_bytes_is_read_or_refused(path: Path, changes: list[tuple[float, bytes]]) -> None:
    content = path.read_bytes()
    for place, piece in changes:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + len(piece) :]
    check(content)


@CALM
@given(st.text(max_size=60))
def test_any_address_of_a_page_is_borne(url: str) -> None:
    check(PAGES[0].read_bytes(), url)


def test_pages_that_nobody_would_write_give_a_record_or_a_named_refusal_in_time() -> None:
    """The beginning of the long run, `make fuzz`, on pages of moderate size."""
    end = time.process_time() + 10
    for seed in range(100_000, 101_000):
        outcome, _ = outcome_of(case_of(seed, largest=100_000))
        assert not outcome.startswith("failed"), f"seed {seed}: {outcome}"
        if time.process_time() > end:
            break


def test_the_fuzz_tells_a_fault_in_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> NewsRecord:
        raise ValueError("broken")

    monkeypatch.setattr("tests.fuzz.__main__.extract", broken)
    assert outcome_of(case_of(1))[0].startswith("failed: ValueError")
