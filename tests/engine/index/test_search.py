"""What a reader's words find."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bench._corpus import generated_reports
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellspring.engine.errors import SearchIndexError, SearchIndexMissing, SearchIndexOutdated
from wellspring.engine.index import SearchIndex
from wellspring.engine.index.folders import current_generation
from wellspring.engine.index.text import fold, units
from wellspring.engine.records import SearchFilters

from .shelves import DAY, document, filled, found

REPORTS = list(generated_reports(300, seed=11))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    documents = [
        document(report.id, report.title, report.text, source=report.source, channel=report.channel)
        for report in REPORTS
    ]
    return filled(tmp_path_factory.mktemp("index"), documents)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_two_or_more_characters_of_a_text_find_its_document(shelf: SearchIndex, data: st.DataObject) -> None:
    report = data.draw(st.sampled_from(REPORTS))
    start = data.draw(st.integers(0, len(report.text) - 12))
    part = report.text[start : start + data.draw(st.integers(2, 12))]
    page = shelf.search(f'"{part}"', limit=300)
    assert report.id in [hit.id for hit in page.hits]
    folded = "".join(units(fold(part)))
    assert page.total == sum(folded in "".join(units(fold(r.title + r.text))) for r in REPORTS) or len(folded) < 2


def test_every_single_character_finds_its_documents(shelf: SearchIndex) -> None:
    rng = random.Random(3)
    for character in rng.sample(sorted({c for report in REPORTS for c in report.text if c.isalpha()}), 40):
        assert shelf.search(character).total == sum(character in r.title + r.text for r in REPORTS), character


@pytest.mark.parametrize(
    "query",
    ["垃圾分类", "ＡＩ", "ai", "5G時代", "5g时代", "圾分", "類", "袁怡文", "  垃圾　社區 ", "“垃圾分类”", "社区，垃圾"],
)
def test_other_forms_of_writing_find_the_same(tmp_path: Path, query: str) -> None:
    text = "社区里的垃圾分类进入5Ｇ时代，AI 帮居民辨认。"
    index = filled(tmp_path, [document(1, "垃圾分类", text, people=("袁怡文",)), document(2, "别的", "无关的一篇")])
    assert found(index, query) == [1]


def test_traditional_texts_are_found_by_simplified_words(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, "垃圾分類", "環境衛生與調解")])
    assert found(index, "环境卫生") == found(index, "垃圾分类") == [1]


def test_every_part_of_a_query_must_be_found(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, text="养老助餐"), document(2, text="养老 与 调解"), document(3, text="调解")])
    assert found(index, "养老 调解") == [2]


def test_words_written_together_also_match_apart_but_rank_below(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        [document(1, text="调解了一起居民之间的纠纷"), document(2, text="居民纠纷调解"), document(3, text="居民活动")],
    )
    assert found(index, "居民纠纷调解") == [2, 1]
    assert found(index, '"居民纠纷调解"') == [2]


def test_when_nothing_has_all_words_those_with_most_are_shown_and_it_is_said(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, text="社区 养老 助餐"), document(2, text="社区 合唱团")])
    page = index.search("社区 养老 助餐 直升机")
    assert [hit.id for hit in page.hits] == [1]
    assert page.loose
    assert not index.search("社区 养老").loose
    assert index.search("养老 直升机").total == 0


def test_a_title_counts_more_than_the_text(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, "邻里", "节水 " * 3), document(2, "节水", "邻里邻里邻里")])
    assert found(index, "节水")[0] == 2


def test_of_equal_matches_the_newer_comes_first(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, text="议事亭", days=-3000), document(2, text="议事亭", days=-10)])
    assert found(index, "议事亭") == [2, 1]


def test_filters_narrow_and_the_total_says_so(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        [
            document(1, text="河长", channel="local", source="江南时报", topics=("water", "safety")),
            document(2, text="河长", channel="domestic", days=5),
            document(3, text="河长", kind="sharing.talk"),
        ],
    )

    def ids(**filters: object) -> set[int]:
        page = index.search("河长", SearchFilters(**filters))  # type: ignore[arg-type]  # one filter at a time
        assert page.total == len(page.hits)
        return {hit.id for hit in page.hits}

    assert ids(channel="local") == ids(topic="safety") == ids(source="江南时报") == {1}
    assert ids(kind="library.snapshot") == {1, 2}
    assert ids(dated_from=DAY) == {1, 2, 3}
    assert ids(dated_to=DAY) == set()
    assert ids(dated_to=DAY, dated_from=DAY) == set()
    assert ids(kind="sharing.talk", channel="local") == set()


def test_an_empty_query_lists_all_newest_first(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(n, days=n) for n in (2, 3, 1)])
    assert found(index, " ") == [3, 2, 1]
    assert found(index, "", limit=1, offset=1) == [2]


def test_results_can_be_ordered_by_date(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, "水", "水", days=1), document(2, text="山 水", days=2)])
    assert found(index, "水", newest_first=True) == [2, 1]


def test_pages_follow_one_another_without_gap_or_repeat(shelf: SearchIndex) -> None:
    total = shelf.search("社区").total
    pages = [hit for start in range(0, total, 30) for hit in found(shelf, "社区", offset=start, limit=30)]
    assert len(pages) == len(set(pages)) == total


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "“",
        '""""',
        "AND OR NOT",
        "a:b",
        "(((",
        "*",
        "?^~",
        "社区\x00工作",
        "😀",
        "😀社区",
        "\ud800社区",
        "-社区",
        "社" * 10_000,
        "社 区 " * 5_000,
        "x" * 10_000,
        "�",
        "\r\n",
        "'; DROP TABLE",
        "[1 TO 2]",
        "\u0301",
        "①㎡ﬁ",
    ],
)
def test_odd_input_never_fails(shelf: SearchIndex, query: str) -> None:
    assert shelf.search(query).total >= 0


@given(query=st.text(max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_string_fails(shelf: SearchIndex, query: str) -> None:
    assert shelf.search(query, limit=3).total >= 0


def test_paging_is_bounded(shelf: SearchIndex) -> None:
    assert shelf.search("社区", offset=1_000_000).hits == ()
    assert shelf.search("社区", offset=-5, limit=-1).hits == ()


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexMissing, match="reindex"):
        SearchIndex(tmp_path / "nowhere").search("水")


def test_an_index_of_another_format_is_named(tmp_path: Path) -> None:
    filled(tmp_path, [document(1)])
    (current_generation(tmp_path) / "format.json").write_text('{"format": 0}')
    with pytest.raises(SearchIndexOutdated, match="reindex"):
        SearchIndex(tmp_path).search("水")


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    filled(tmp_path, [document(1)])
    for path in current_generation(tmp_path).glob("*.idx"):
        path.write_bytes(b"nonsense")
    with pytest.raises(SearchIndexError, match="reindex"):
        SearchIndex(tmp_path).search("水")


def test_a_commit_and_a_rebuild_are_seen_at_once(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, text="水")])
    assert found(index, "水") == [1]
    filled(tmp_path, [document(2, text="水"), document(3, text="水")])
    assert set(found(index, "水")) == {2, 3}


def test_readers_in_many_threads_go_on_through_rebuilds(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, text="水")])
    stop = threading.Event()

    def read() -> int:
        asked = 0
        while not stop.is_set():
            assert found(index, "水") == [1]
            assert index.related("library.snapshot", 1) == ()
            asked += 1
        return asked

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for _ in range(15):
            filled(tmp_path, [document(1, text="水")])
        stop.set()
        assert all(reader.result() for reader in readers)
