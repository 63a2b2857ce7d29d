"""How records of the extractor are scored against hand-made ones: body by character pairs, fields exactly."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wellspring.engine.errors import ExtractError
from wellspring.engine.extract import extract

FIELDS = ("title", "time", "source", "authors", "editor")


def records_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The record of every page in a folder by file name; empty for a page that cannot be read."""
    records: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.html*")):
        try:
            records[path.name] = extract(content_of(path)).as_json()
        except ExtractError:
            records[path.name] = {}
    return records


def content_of(path: Path) -> bytes:
    """The page's bytes, unpacked where the file is."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def read_gold(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def figures(gold: Iterable[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Over the articles: mean body F1, bodies at or above 0.95; per field: how many are stated, right, made up."""
    scores: list[float] = []
    found: dict[str, float] = {f"{field}_{what}": 0 for field in FIELDS for what in ("right", "stated", "invented")}
    for page in gold:
        if page["kind"] != "article":
            continue
        record = records.get(page["file"], {})
        scores.append(body_f1(body_text(record), "\n".join(page["body"])))
        for field, (said, wanted) in _pairs(record, page).items():
            if wanted:
                found[f"{field}_stated"] += 1
                found[f"{field}_right"] += said == wanted
            else:
                found[f"{field}_invented"] += bool(said)
    mean = round(sum(scores) / len(scores), 4)
    return {"pages": len(scores), "body_f1": mean, "bodies_095": sum(score >= 0.95 for score in scores), **found}


def body_text(record: Mapping[str, Any]) -> str:
    return "\n".join(block.get("text", "") for block in record.get("body", []) if block["type"] != "image")


def body_f1(one: str, other: str) -> float:
    """Overlap of the bags of neighbouring characters, white space left out: 0 to 1."""
    first, second = _pairs_of_characters(one), _pairs_of_characters(other)
    if not first or not second:
        return float(not first and not second)
    return 2 * sum((first & second).values()) / (sum(first.values()) + sum(second.values()))


def _pairs_of_characters(text: str) -> Counter[str]:
    text = _bare(text)
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _bare(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def _pairs(record: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Said and wanted of each field; the time to the minute where the gold has one, else to the day."""
    stated = page["published"] or ""
    length = 12 if "T" in stated else 8
    return {
        "title": (_bare(record.get("title")), _bare(page["title"])),
        "time": (_digits(record.get("published_at"), length), _digits(stated, length)),
        "source": (_bare(record.get("source_name")), _bare(page["source"])),
        "authors": ({_bare(name) for name in record.get("authors", [])}, {_bare(name) for name in page["authors"]}),
        "editor": (_bare(record.get("editor")), _bare(page["editor"])),
    }


def _digits(text: str | None, length: int) -> str:
    return re.sub(r"\D", "", text or "")[:length]
