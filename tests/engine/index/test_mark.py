"""Marks and snippets show the text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellspring.engine.index import Marked, mark, snippet


def written(marked: Marked) -> str:
    return "".join(text for text, _ in marked)


def marks(marked: Marked) -> list[str]:
    return [text for text, matched in marked if matched]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("社区开展垃圾分类", "垃圾分类", ["垃圾分类"]),
        ("社區開展垃圾分類", "垃圾分类", ["垃圾分類"]),
        ("垃圾，分类", "垃圾分类", ["垃圾，分类"]),
        ("走进５Ｇ时代", "5g时代", ["５Ｇ时代"]),
        ("面积100㎡左右", "100m2", ["100㎡"]),
        ("垃圾怎样分类", "垃圾分类", ["垃圾", "分类"]),
        ("垃圾分类，分类垃圾", "垃圾分类", ["垃圾分类"]),
        ("水滴石穿，水到渠成", "水", ["水", "水"]),
        ("Cafe\u0301 社区", "café", ["Cafe\u0301"]),
        ("wellspring", "spring", []),
        ("无关", "垃圾", []),
        ("", "垃圾", []),
        ("垃圾", "", []),
    ],
)
def test_what_is_marked(text: str, query: str, expected: list[str]) -> None:
    marked = mark(text, query)
    assert marks(marked) == expected
    assert written(marked) == text


@given(text=st.text(max_size=80), query=st.text(max_size=20))
def test_marking_never_changes_the_text(text: str, query: str) -> None:
    assert written(mark(text, query)) == text


@given(text=st.text(alphabet="社区垃圾分类。，的 aA５㎡é\u0301", min_size=4), data=st.data())
def test_a_part_of_the_text_is_marked(text: str, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([text[at : at + 3] for at in range(len(text) - 2)]))
    if all("\u4e00" <= c <= "\u9fff" for c in part):
        assert any(part in matched or matched in part for matched in marks(mark(text, part)))


def test_a_snippet_shows_the_place_with_most_of_the_query() -> None:
    text = "居民来了。" * 30 + "会上，书记谈到养老助餐和邻里调解，居民鼓掌。" + "大家散去。" * 30
    shown = snippet(text, "居民 养老 调解", 60)
    assert set(marks(shown)) == {"居民", "养老", "调解"}
    assert shown[0] == ("…", False) or shown[0][0].startswith("…")
    assert written(shown).endswith("…")
    assert len(written(shown)) <= 62


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert written(snippet("甲" * 200, "乙", 50)) == "甲" * 50 + "…"


def test_a_short_text_is_shown_whole() -> None:
    assert written(snippet("柳湾社区的\n议事亭", "议事", 90)) == "柳湾社区的 议事亭"


@given(text=st.text(max_size=300), query=st.text(max_size=20), length=st.integers(1, 100))
def test_a_snippet_is_never_longer_than_asked(text: str, query: str, length: int) -> None:
    assert len(written(snippet(text, query, length))) <= length + 2
