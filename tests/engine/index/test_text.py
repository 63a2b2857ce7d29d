"""Folding, units and pairs: what is compared when a query meets a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellspring.engine.index.text import fold, pairs, units, units_with_places


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ＡＢＣ１２３", ["abc123"]),
        ("垃圾分類", ["垃", "圾", "分", "类"]),
        ("5G时代，来了！", ["5g", "时", "代", "来", "了"]),
        ("第12届", ["第", "12", "届"]),
        ("ひらがな カタカナ", list("ひらがなカタカナ")),
        ("한국어", list("한국어")),
        ("Привет, мир", ["привет", "мир"]),
        ("café", ["café"]),
        ("a" * 100, ["a" * 64]),
        ("。，！ \n", []),
    ],
)
def test_a_text_is_cut_into_the_units_it_is_found_by(written: str, expected: list[str]) -> None:
    assert units(fold(written)) == expected


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=60))
def test_a_part_folds_as_it_does_within_its_text(text: str) -> None:
    assert fold(text) == "".join(fold(character) for character in text)
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80))
def test_places_cover_what_the_units_came_from(text: str) -> None:
    placed = units_with_places(text)
    assert [unit for unit, _, _ in placed] == units(fold(text))
    assert all(0 <= start < end <= len(text) for _, start, end in placed)
    assert [start for _, start, _ in placed] == sorted(start for _, start, _ in placed)


def test_pairs_begin_at_their_unit() -> None:
    assert pairs(["社", "区", "工"]) == ["社区", "区工", "工"]
    assert pairs(["new", "york"]) != pairs(["newyork"])
    assert pairs(["new", "york"])[0] != "newyork"
    assert pairs([]) == []
