"""How records of English articles are scored: by WCXB's own measure, the overlap of bags of words, and by fields."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.quality.scoring import body_text

_WORD = re.compile(r"\w+")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&|]|\band\b)\s*")


def read_english_gold(path: Path, *, every: int = 1) -> list[dict[str, Any]]:
    """The gold lines, or every third … of them: file, title, author, published (a day), text."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [json.loads(line) for line in lines[::every]]


def english_figures(gold: Sequence[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Mean word F1, bodies at or above 0.95, and per field: stated, right, made up."""
    scores: list[float] = []
    found: dict[str, float] = {
        f"{field}_{what}": 0 for field in ("title", "day", "authors") for what in ("right", "stated", "invented")
    }
    for page in gold:
        record = records.get(page["file"], {})
        scores.append(word_f1(body_text(record), page["text"]))
        said = {
            "title": _plain(record.get("title")),
            "day": (record.get("published_at") or "")[:10],
            "authors": {_plain(name) for name in record.get("authors", [])},
        }
        wanted = {
            "title": _plain(page["title"]),
            "day": (page["published"] or "")[:10],
            "authors": {_plain(name) for name in _BETWEEN_NAMES.split(page["author"] or "") if name},
        }
        for field, value in wanted.items():
            if value:
                found[f"{field}_stated"] += 1
                found[f"{field}_right"] += said[field] == value
            else:
                found[f"{field}_invented"] += bool(said[field])
    mean = round(sum(scores) / len(scores), 4)
    return {"pages": len(scores), "word_f1": mean, "bodies_095": sum(score >= 0.95 for score in scores), **found}


def word_f1(one: str, other: str) -> float:
    """Overlap of the bags of words, lower case: 0 to 1."""
    first, second = Counter(_WORD.findall(one.lower())), Counter(_WORD.findall(other.lower()))
    if not first or not second:
        return float(not first and not second)
    return 2 * sum((first & second).values()) / (sum(first.values()) + sum(second.values()))


def _plain(text: str | None) -> str:
    return " ".join((text or "").lower().replace("’", "'").split())
