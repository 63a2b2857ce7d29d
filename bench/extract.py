"""Extraction: pages a second and body F1 on the gold pages, beside trafilatura and readability-lxml, on one core.

    python bench/extract.py

The pages are those of WELLSPRING_GOLD (a folder with gold-zh/), else of ../shared/data, else the project's own.
"""

from __future__ import annotations

import gzip
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.quality.scoring import FIELDS, figures, read_gold  # noqa: E402 - as above

from bench._report import report  # noqa: E402 - the path is set above, so that the file runs by itself

ROUNDS = 5


def main() -> None:
    """Read all pages with each extractor in turn, several rounds; the best round counts, for all alike."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    logging.disable(logging.CRITICAL)
    name, folder, gold_path = _pages()
    pages = [(path.name, _content(path)) for path in sorted(folder.glob("*.html*"))]
    gold = read_gold(gold_path)
    readers = {"wellspring": _wellspring, "trafilatura, with metadata": _trafilatura, "readability-lxml": _readability}
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for reader, read in readers.items():
            started = time.process_time()
            for _, content in pages:
                read(content)
            rate = len(pages) / (time.process_time() - started)
            best[reader] = max(best.get(reader, 0.0), rate)
    rows = []
    for reader, read in readers.items():
        found = figures(gold, {path: read(content) for path, content in pages})
        row: dict[str, object] = {
            "extractor": reader,
            "pages/s": round(best[reader], 1),
            "wellspring is faster": f"{best['wellspring'] / best[reader]:.1f} ×",
            "body F1": round(found["body_f1"], 3),
        }
        for field in FIELDS:
            row[field] = f"{found[f'{field}_right']:.0f} of {found[f'{field}_stated']:.0f}"
        rows.append(row)
    size = sum(len(content) for _, content in pages) / len(pages) / 1000
    note = f"{len(pages)} pages of {name}, {size:.0f} kB on average; one core, processor time, best of {ROUNDS} rounds"
    report("extract", rows, note, packages=("selectolax", "trafilatura", "readability-lxml", "lxml"))


def _pages() -> tuple[str, Path, Path]:
    stated = os.environ.get("WELLSPRING_GOLD")
    for data in ([Path(stated)] if stated else []) + [ROOT.parent / "shared" / "data"]:
        folder = data / "gold-zh"
        if folder.is_dir():
            return "gold-zh", folder / "html", folder / "gold.jsonl"
    own = ROOT / "tests" / "quality" / "pages"
    return "tests/quality/pages", own, own / "gold.jsonl"


def _content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _wellspring(content: bytes) -> dict[str, Any]:
    from wellspring.engine.extract import extract

    return extract(content).as_json()


def _trafilatura(content: bytes) -> dict[str, Any]:
    import trafilatura

    found = trafilatura.bare_extraction(content, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "published_at": found.date,
        "source_name": None,
        "authors": [name.strip() for name in (found.author or "").split(";") if name.strip()],
        "body": _paragraphs(found.text or ""),
    }


def _readability(content: bytes) -> dict[str, Any]:
    from lxml import html
    from readability import Document

    from wellspring.engine.extract.decode import decode_page

    try:
        document = Document(decode_page(content)[0])
        text = html.fromstring(document.summary()).text_content()
        return {"title": document.short_title(), "body": _paragraphs(text)}
    except Exception:  # noqa: BLE001 - a page that the peer cannot read counts as nothing found
        return {}


def _paragraphs(text: str) -> Sequence[dict[str, str]]:
    return [{"type": "p", "text": line} for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    main()
