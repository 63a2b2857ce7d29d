"""Extraction: speed, bodies and fields on the gold pages and on English articles, with the peers on the same pages.

    python bench/extract.py              both tables, and where our own milliseconds go
    python bench/extract.py --profile    only the last
    python bench/extract.py --compiled   the same with our rules compiled (WELLSPRING_COMPILE=1), built first

The pages are those of WELLSPRING_GOLD (a folder with gold-zh/ and wcxb-articles/), else of ../shared/data, else the
project's own Chinese ones. One core; processor time, the best of several rounds, the extractors in turn, each in a
process of its own.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._compiled import compiled_package  # noqa: E402 - the path is set above

COMPILED = "--compiled" in sys.argv
if COMPILED:
    sys.path.insert(0, str(compiled_package(ROOT)))

from tests.quality.english import english_figures, read_english_gold  # noqa: E402 - the path is set above
from tests.quality.scoring import figures, read_gold  # noqa: E402

from bench._extractors import PACKAGES, READERS  # noqa: E402 - so that the file runs by itself
from bench._pages import Pages, chinese_pages, gold_folder, pages_in  # noqa: E402
from bench._report import report  # noqa: E402
from bench._rounds import measured  # noqa: E402

ROUNDS = 5
ENGLISH_ROUNDS = 2
_COLUMNS = {"title": "title", "time": "time", "source": "来源", "authors": "authors", "editor": "editor"}


def main() -> None:
    """Print the tables and write them to bench/results."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    logging.disable(logging.CRITICAL)
    name, pages, gold_path = chinese_pages()
    if "--profile" not in sys.argv:
        chinese_table(name, pages, read_gold(gold_path))
        english = gold_folder("wcxb-articles")
        if english is not None:
            english_table(pages_in(english / "html"), read_english_gold(english / "gold.jsonl"))
    profile_table(name, pages)


def _named(table: str) -> str:
    return f"{table}-compiled" if COMPILED else table


def chinese_table(name: str, pages: Pages, gold: Sequence[Mapping[str, Any]]) -> None:
    """The table of the field: each extractor's speed, bodies and fields."""
    speeds, records = measured(pages, ROUNDS)
    rows = []
    for reader, (_, fields) in READERS.items():
        found = figures(gold, records[reader])
        rows.append(
            {
                **_speed(speeds, reader),
                "body F1": round(found["body_f1"], 3),
                "bodies ≥ 0.95": f"{found['bodies_095']:.0f}/{found['pages']:.0f}",
                **{column: _told(found, field) if field in fields else None for field, column in _COLUMNS.items()},
            }
        )
    note = f"{len(pages)} pages of {name}, {_size(pages)}; right/stated, made up; time to the minute; {_how(ROUNDS)}"
    report(_named("extract"), rows, note, packages=PACKAGES)


def english_table(pages: Pages, gold: Sequence[Mapping[str, Any]]) -> None:
    """The same for English articles, by that benchmark's own measure."""
    speeds, records = measured(pages, ENGLISH_ROUNDS)
    rows = []
    for reader, (_, fields) in READERS.items():
        found = english_figures(gold, records[reader])
        rows.append(
            {
                **_speed(speeds, reader),
                "word F1": round(found["word_f1"], 3),
                "bodies ≥ 0.95": f"{found['bodies_095']:.0f}/{found['pages']:.0f}",
                "title": _told(found, "title") if "title" in fields else None,
                "day": _told(found, "day") if "time" in fields else None,
                "authors": _told(found, "authors") if "authors" in fields else None,
            }
        )
    note = f"{len(pages)} pages of wcxb-articles, {_size(pages)}; right/stated, made up; {_how(ENGLISH_ROUNDS)}"
    report(_named("extract-english"), rows, note, packages=PACKAGES)


def profile_table(name: str, pages: Pages) -> None:
    """Our milliseconds a page by stage: each function that the record's rules call, timed where it is called."""
    from selectolax.lexbor import LexborHTMLParser

    from wellspring.engine.extract import record

    stages = {
        called: function
        for called, function in vars(record).items()
        if callable(function)
        and not isinstance(function, type)
        and getattr(function, "__module__", "").startswith("wellspring.engine.extract")
        and function.__module__ != record.__name__
    }
    total = _best(lambda: [record.extract(content) for _, content in pages])
    parsing = _best(lambda: [LexborHTMLParser(content) for _, content in pages])
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        spent = dict.fromkeys(stages, 0.0)
        try:
            for called, function in stages.items():
                setattr(record, called, _timed(function, called, spent))
            for _, content in pages:
                record.extract(content)
        finally:
            for called, function in stages.items():
                setattr(record, called, function)
        best = {called: min(best.get(called, seconds), seconds) for called, seconds in spent.items() if seconds}
    rows = [
        {"stage": called, "ms a page": round(seconds / len(pages) * 1000, 3), "share": f"{seconds / total:.0%}"}
        for called, seconds in sorted(best.items(), key=lambda pair: -pair[1])
    ]
    rest = total - sum(best.values())
    rows.append({"stage": "between them, memory freed", "ms a page": round(rest / len(pages) * 1000, 3)})
    rows.append({"stage": "all", "ms a page": round(total / len(pages) * 1000, 3), "share": "100%"})
    rows.append({"stage": "for scale: parsing alone", "ms a page": round(parsing / len(pages) * 1000, 3)})
    report(_named("extract-stages"), rows, f"{len(pages)} pages of {name}; {_how(ROUNDS)}", packages=("selectolax",))


def _speed(speeds: Mapping[str, float], reader: str) -> dict[str, object]:
    ratio = speeds["wellspring"] / speeds[reader]
    return {"extractor": reader, "pages/s": round(speeds[reader], 1), "wellspring is faster": f"{ratio:.1f} ×"}


def _told(found: Mapping[str, float], field: str) -> str:
    told = f"{found[f'{field}_right']:.0f}/{found[f'{field}_stated']:.0f}"
    invented = found.get(f"{field}_invented", 0)
    return f"{told}, {invented:.0f} made up" if invented else told


def _timed(function: Callable[..., Any], called: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:
        started = time.process_time()
        try:
            return function(*args, **options)
        finally:
            spent[called] += time.process_time() - started

    return timed


def _best(run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    return min(seconds)


def _size(pages: Pages) -> str:
    return f"{sum(len(content) for _, content in pages) / len(pages) / 1000:.0f} kB on average"


def _how(rounds: int) -> str:
    return f"one core, processor time, best of {rounds} rounds"


if __name__ == "__main__":
    main()
