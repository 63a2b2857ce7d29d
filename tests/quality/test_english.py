"""English articles are read as well as ever: a sample of the benchmark's pages, where WELLSPRING_GOLD has them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.quality.english import english_figures, read_english_gold, word_f1
from tests.quality.scoring import content_of
from tests.quality.test_extraction import BASELINE, sunken
from wellspring.engine.errors import ExtractError
from wellspring.engine.extract import extract


@pytest.mark.skipif(not os.environ.get("WELLSPRING_GOLD"), reason="WELLSPRING_GOLD names no folder of gold pages")
def test_english_articles_are_read_as_well_as_ever() -> None:
    folder = Path(os.environ["WELLSPRING_GOLD"]) / "wcxb-articles"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    gold = read_english_gold(folder / "gold.jsonl", every=3)
    records = {}
    for page in gold:
        try:
            records[page["file"]] = extract(content_of(folder / "html" / page["file"])).as_json()
        except ExtractError:
            records[page["file"]] = {}
    found = english_figures(gold, records)
    assert not sunken(found, BASELINE["wcxb-articles, every third"]), json.dumps(found)


def test_the_word_score_tells_a_missing_half() -> None:
    whole, half = "one two three four five six", "one two three"
    assert word_f1(whole, whole.upper()) == 1.0
    assert word_f1(half, whole) == pytest.approx(2 / 3)
    assert word_f1("", whole) == 0.0
