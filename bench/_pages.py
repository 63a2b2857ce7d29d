"""The pages that extraction is measured on: WELLSPRING_GOLD, else ../shared/data, else the project's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tests.quality.scoring import content_of

ROOT = Path(__file__).resolve().parent.parent

Pages = Sequence[tuple[str, bytes]]
"""File names and bytes."""


def chinese_pages() -> tuple[str, Pages, Path]:
    """What the pages are called, the pages, and the file with their gold records."""
    folder = gold_folder("gold-zh")
    if folder is not None:
        return "gold-zh", pages_in(folder / "html"), folder / "gold.jsonl"
    own = ROOT / "tests" / "quality" / "pages"
    return "tests/quality/pages", pages_in(own), own / "gold.jsonl"


def gold_folder(name: str) -> Path | None:
    stated = os.environ.get("WELLSPRING_GOLD")
    for data in ([Path(stated)] if stated else []) + [ROOT.parent / "shared" / "data"]:
        if (data / name).is_dir():
            return data / name
    return None


def pages_in(folder: Path) -> Pages:
    return [(path.name, content_of(path)) for path in sorted(folder.glob("*.html*"))]
