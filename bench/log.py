"""A receipt from a log of a million captures: how long it takes, how fast captures are entered, what a proof costs.

Builds the log in a real database: SQLite in a folder of its own, or PostgreSQL by DATABASE_URL (an empty database).

    python bench/log.py [--captures 1000000]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.progress import track

from bench._report import Row, report

PORTION = 5_000
ASKED = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=1_000_000)
    captures = parser.parse_args().captures
    folder = Path(tempfile.mkdtemp(prefix="wellspring-bench-log-"))
    os.environ.update(WELLSPRING_DATA=str(folder), DJANGO_SETTINGS_MODULE="wellspring.config.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        row = measured(captures)
        database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
        connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    note = (
        "A receipt is made from the database each time: leaf, first covering checkpoint, tiles, inclusion proof, JSON. "
        "A checkpoint was signed every 5,000 captures. Entered/s: leaves and hashes, committed 1,000 at a time."
    )
    report("log", [{"database": database, **row}], note, packages=("django", "cryptography"))


def measured(captures: int) -> Row:
    from wellspring.library.log_verification import verify_log
    from wellspring.library.models import Capture
    from wellspring.library.queries.log import consistency_proof, log_size
    from wellspring.library.queries.receipts import receipt_of
    from wellspring.library.services.log_checkpoints import sign_checkpoint
    from wellspring.library.services.log_leaves import append_leaves

    entering = 0.0
    above = 0
    for start in track(range(0, captures, PORTION), description="captures into the log"):
        rows = made(start, min(PORTION, captures - start))
        Capture.objects.bulk_create(rows, batch_size=1000)
        begun = time.perf_counter()
        while append_leaves(above=above):
            pass
        entering += time.perf_counter() - begun
        above = Capture.objects.order_by("-pk").values_list("pk", flat=True)[0]
        sign_checkpoint()
    size = log_size()
    dice = random.Random(7)
    asked = list(Capture.objects.filter(pk__in=[dice.randint(1, above) for _ in range(ASKED)]))
    dice.shuffle(asked)
    pairs = [sorted((dice.randint(1, size), dice.randint(1, size))) for _ in range(ASKED)]
    receipts = timed((lambda one=one: receipt_of(one).receipt.as_json()) for one in asked)
    proofs = timed((lambda pair=pair: consistency_proof(*pair)) for pair in pairs)
    signing = timed(sign_checkpoint for _ in range(50))
    begun = time.perf_counter()
    problems = verify_log().problems
    assert not problems, problems[0].said
    return {
        "captures": size,
        "entered/s": size / entering,
        "receipt p50 ms": at(receipts, 50),
        "receipt p99 ms": at(receipts, 99),
        "consistency proof p99 ms": at(proofs, 99),
        "checkpoint p50 ms": at(signing, 50),
        "whole log verified s": time.perf_counter() - begun,
    }


def made(start: int, count: int) -> list[object]:
    from django.utils import timezone

    from wellspring.library.models import Capture

    now = timezone.now()
    return [
        Capture(
            kind="picture",
            url=f"https://news.example.com/2026/{number}.html",
            requested_url=f"https://news.example.com/2026/{number}.html",
            status=200,
            captured_at=now,
            received_at=now,
            warc_file="bench.warc.gz",
            warc_offset=number,
            warc_length=1,
            record_id=f"urn:bench:{number}",
            record_digest=f"{number:064x}",
            payload_digest=f"{number * 7:064x}",
            payload_length=1,
        )
        for number in range(start, start + count)
    ]


def timed(jobs: Iterable[Callable[[], object]]) -> list[float]:
    """Milliseconds of each, in order of length."""
    times = []
    for job in jobs:
        begun = time.perf_counter()
        job()
        times.append((time.perf_counter() - begun) * 1e3)
    return sorted(times)


def at(times: list[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)]


if __name__ == "__main__":
    main()
