"""Memory: one process reads 10,000 pages that all differ; what it holds after 1,000 and at the end.

python bench/extract_memory.py [PAGES]
"""

from __future__ import annotations

import gc
import sys
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.quality.varied import resident_megabytes, varied  # noqa: E402 - the path is set above

from bench._pages import chinese_pages  # noqa: E402 - so that the file runs by itself
from bench._report import report  # noqa: E402


def main() -> None:
    """Read, and write the table to bench/results."""
    from wellspring.engine.extract import extract

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    name, pages, _ = chinese_pages()
    rows: list[dict[str, object]] = []
    started = time.process_time()
    for number, content in enumerate(islice(varied([content for _, content in pages]), wanted), 1):
        extract(content)
        if number == wanted // 10 or number % (wanted // 4) == 0:
            gc.collect()
            held = resident_megabytes()
            growth = None if held is None or not rows else round(held - float(str(rows[0]["MB held"])), 1)
            rate = number / (time.process_time() - started)
            rows.append(
                {
                    "pages read": number,
                    "MB held": held and round(held, 1),
                    "growth, MB": growth,
                    "pages/s": round(rate, 1),
                }
            )
    note = f"pages of {name} in a cycle, class names and titles changed every time, so that no cache knows them"
    report("extract-memory", rows, note, packages=("selectolax",))


if __name__ == "__main__":
    main()
