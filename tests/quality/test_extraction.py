"""The quality of news records never sinks silently: figures are pinned in `baseline.json`, raised when they rise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.quality.scoring import body_f1, figures, read_gold, records_of

HERE = Path(__file__).parent
PAGES = HERE / "pages"
FIELDS_WITH_EVIDENCE = (
    *("title", "published_at", "source_name", "authors", "editor", "reprinted_from"),
    *("column_name", "language", "kind", "body"),
)
BASELINE = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))


def sunken(found: dict[str, float], pinned: dict[str, float]) -> list[str]:
    """What is worse than pinned: fewer right, more invented."""
    return [
        f"{name}: {found[name]}, pinned {value}"
        for name, value in pinned.items()
        if (found[name] > value if name.endswith("_invented") else found[name] < value)
    ]


def test_our_own_pages_are_read_as_well_as_ever() -> None:
    found = figures(read_gold(PAGES / "gold.jsonl"), records_of(PAGES))
    assert not sunken(found, BASELINE["own"])


def test_the_baseline_of_our_own_pages_is_not_left_behind() -> None:
    """Better figures belong into the baseline, or they can sink again unseen."""
    found = figures(read_gold(PAGES / "gold.jsonl"), records_of(PAGES))
    assert found == BASELINE["own"], f"put these into baseline.json: {json.dumps(found)}"


def test_every_own_page_has_its_kind() -> None:
    records = records_of(PAGES)
    gold = read_gold(PAGES / "gold.jsonl")
    assert {page["file"]: records[page["file"]]["kind"] for page in gold} == {p["file"]: p["kind"] for p in gold}


def test_captions_stand_by_their_pictures_and_not_in_the_text() -> None:
    records = records_of(PAGES)
    for page in read_gold(PAGES / "gold.jsonl"):
        blocks = records[page["file"]]["body"]
        captions = [block["caption"] for block in blocks if block.get("caption")]
        assert captions == page["captions"], page["file"]


def test_reprints_are_told_where_a_page_says_so() -> None:
    records = records_of(PAGES)
    told = {
        page["file"]: page["reprinted_from"] for page in read_gold(PAGES / "gold.jsonl") if "reprinted_from" in page
    }
    assert told
    assert {name: records[name]["reprinted_from"] for name in told} == told


def test_a_list_states_nothing_that_stands_by_one_of_its_entries() -> None:
    records = records_of(PAGES)
    lists = [page["file"] for page in read_gold(PAGES / "gold.jsonl") if page["kind"] == "list"]
    assert len(lists) > 5
    for name in lists:
        stated = {key: records[name][key] for key in ("published_at", "source_name", "authors", "editor")}
        assert stated == {"published_at": None, "source_name": None, "authors": [], "editor": None}, name


def test_every_field_of_every_page_says_why() -> None:
    for name, record in records_of(PAGES).items():
        for field in FIELDS_WITH_EVIDENCE:
            assert bool(record[field]) <= (field in record["evidence"]), f"{name}: {field}"
            if field in record["evidence"]:
                assert record[field], f"{name}: evidence for {field}, which is empty"
                assert record["evidence"][field]["rule"]
                assert len(record["evidence"][field]["from"]) <= 200


@pytest.mark.skipif(not os.environ.get("WELLSPRING_GOLD"), reason="WELLSPRING_GOLD names no folder of gold pages")
def test_the_gold_pages_are_read_as_well_as_ever() -> None:
    folder = Path(os.environ["WELLSPRING_GOLD"]) / "gold-zh"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    found = figures(read_gold(folder / "gold.jsonl"), records_of(folder / "html"))
    assert not sunken(found, BASELINE["gold-zh"])


def test_the_score_tells_a_missing_paragraph() -> None:
    whole, half = "甲乙丙丁戊己庚辛" * 5, "甲乙丙丁戊己庚辛" * 2
    assert body_f1(whole, whole) == 1.0
    assert body_f1(half, whole) < 0.7
    assert body_f1("", whole) == 0.0
