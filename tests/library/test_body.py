"""A record's blocks become what the page shows, whatever they hold."""

from __future__ import annotations

import pytest

from tests.library.factories import make_picture, make_snapshot
from wellspring.library.body import body_parts, signature

pytestmark = pytest.mark.django_db


def test_list_items_in_a_row_are_one_list() -> None:
    parts = body_parts([{"type": "li", "text": "一"}, {"type": "li", "text": "二"}, {"type": "p", "text": "三"}])
    assert [(part.kind, part.items) for part in parts] == [("list", ("一", "二")), ("p", ())]
    assert body_parts([{"type": "li", "text": "一"}])[0].items == ("一",)


def test_a_table_has_rows_of_one_width() -> None:
    (table,) = body_parts([{"type": "table", "text": "月\t件\n九\n\n十\t3\t多"}])
    assert table.rows == (("月", "件", ""), ("九", "", ""), ("十", "3", "多"))


def test_a_picture_is_found_by_its_address() -> None:
    snapshot = make_snapshot()
    kept = make_picture(snapshot, url="https://e.example/1.png", caption="长桌")
    failed = make_picture(snapshot, position=1, url="https://e.example/2.png", fetched=False, error_code="too_large")
    blocks = [{"type": "image", "src": f"https://e.example/{n}.png"} for n in (1, 2, 3)]
    first, second, third = body_parts(blocks, [kept, failed])
    assert (first.picture, first.caption) == (kept, "长桌")
    assert (second.picture, second.failed) == (None, True)
    assert (third.picture, third.failed) == (None, False)


def test_a_report_with_lower_headings_only_leaves_no_level_out() -> None:
    assert [part.kind for part in body_parts([{"type": "h3", "text": "一"}, {"type": "p", "text": "二"}])] == [
        "h2",
        "p",
    ]
    both = [{"type": "h2", "text": "一"}, {"type": "h3", "text": "二"}]
    assert [part.kind for part in body_parts(both)] == ["h2", "h3"]


def test_unknown_and_empty_blocks_do_no_harm() -> None:
    assert [part.kind for part in body_parts([{}, {"type": "aside", "text": "旁注"}, {"type": "p"}])] == ["p"]


@pytest.mark.parametrize(
    ("authors", "last", "signed"),
    [
        (["陆听荷"], "议事亭常在。", "（陆听荷）"),
        (["陆听荷", "范青"], "议事亭常在。", "（陆听荷 范青）"),
        (["陆听荷"], "议事亭常在。（陆听荷）", ""),
        (["陆听荷"], "(记者 陆听荷) ", ""),
        ([], "议事亭常在。", ""),
    ],
)
def test_authors_are_signed_once(authors: list[str], last: str, signed: str) -> None:
    assert signature(make_snapshot(authors=authors, body=[{"type": "p", "text": last}])) == signed


def test_english_authors_are_signed_the_english_way() -> None:
    story = make_snapshot(
        authors=["Anna Whitfield", "Tom Okafor"], language="en", body=[{"type": "p", "text": "Done."}]
    )
    assert signature(story) == "Anna Whitfield, Tom Okafor"
