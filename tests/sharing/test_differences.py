"""What differs between two versions of a text, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wellspring.sharing.differences import ADDED, REMOVED, SAME, Line, compared

LINES = st.lists(st.text("晚七八九点设岗，0a ", max_size=12), max_size=12).map("\n".join)


def side(lines: list[Line], *kinds: str) -> list[str]:
    shown = ["".join(piece.text for piece in line.pieces if piece.kind in kinds) for line in lines]
    return [text for text in shown if text.strip()]


def test_a_word_that_changed_is_told_within_its_line() -> None:
    lines = compared("每晚七点到九点设岗\n每周轮换", "每晚七点到十点设岗\n每周轮换")
    changed = [line for line in lines if line.is_changed]
    assert len(changed) == 1
    kinds = {piece.kind: piece.text for piece in changed[0].pieces}
    assert "九点" in kinds[REMOVED]
    assert "十点" in kinds[ADDED]
    assert side(lines, SAME, ADDED) == ["每晚七点到十点设岗", "每周轮换"]


def test_lines_with_little_in_common_are_one_out_and_one_in() -> None:
    lines = compared("志愿者值守", "经费由居委会列支")
    assert [[piece.kind for piece in line.pieces] for line in lines] == [[REMOVED], [ADDED]]


def test_unchanged_lines_far_from_a_change_are_counted() -> None:
    before = "\n".join(f"第{number}条" for number in range(20))
    lines = compared(before, before.replace("第10条", "第10条，试行"))
    assert [line.left_out for line in lines if line.left_out] == [8, 7]


def test_the_same_text_has_no_differences() -> None:
    assert compared("一\n二", "一\n二\n") == []


@given(LINES, LINES)
def test_both_texts_can_be_read_out_of_the_comparison(before: str, after: str) -> None:
    lines = compared(before, after)
    if any(line.left_out for line in lines):
        return
    if lines:
        assert (
            "".join(side(lines, SAME, REMOVED)).split()
            == "".join(line for line in before.strip().splitlines() if line.strip()).split()
        )
        assert (
            "".join(side(lines, SAME, ADDED)).split()
            == "".join(line for line in after.strip().splitlines() if line.strip()).split()
        )
    else:
        assert before.strip().splitlines() == after.strip().splitlines()
