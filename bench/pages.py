"""Snapshot pages per second and their latency under 50 concurrent readers, with the server settings of `wellspring up`.

2,000 generated snapshots in a data folder of its own, the index built, the real web server; the readers are one process
beside it on the same machine, keeping their connections open.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._corpus import generated_reports
from bench._report import report
from bench._service import prepared, serving, set_up

READERS = 50


def filled(count: int) -> list[int]:
    """Fill the database with snapshots as the worker would have made them; their ids."""
    from django.db import transaction
    from django.utils import timezone

    from wellspring.library.models import Capture, Channel, Reuse, Snapshot, SnapshotTopic, Source
    from wellspring.topics.models import Topic

    channels, topics, now = list(Channel.objects.all()), list(Topic.objects.all()), timezone.now()
    ids = []
    with transaction.atomic():
        source = Source.objects.create(
            name="bench", url="https://bench.example.org/feed", kind="feed", channel=channels[0], reuse=Reuse.FULL_TEXT
        )
        for number, one in enumerate(generated_reports(count)):
            url = f"https://bench.example.org/{number}.html"
            capture = Capture.objects.create(
                kind="page", source=source, url=url, requested_url=url, status=200, captured_at=now, ip="192.0.2.1",
                warc_file="bench.warc.gz", warc_offset=number, warc_length=1, record_id=f"urn:uuid:{number}",
                payload_digest=f"{number:064x}", payload_length=1,
            )  # fmt: skip
            snapshot = Snapshot.objects.create(
                capture=capture, source=source, channel=channels[number % len(channels)], original_url=url,
                title=one.title, published_at=one.dated_at, published_precision="minute",
                source_name=one.source, authors=[], language="zh",
                body=[{"type": "p", "text": text} for text in one.text.split("\n") if text],
                excerpt=one.text[:90], captured_at=now, dated_at=one.dated_at,
            )  # fmt: skip
            SnapshotTopic.objects.create(snapshot=snapshot, topic=topics[number % len(topics)])
            ids.append(snapshot.pk)
    return ids


async def reader(port: int, paths: Iterator[str], until: float, times: list[float], wrong: list[str]) -> None:
    """One reader: asks for one page after the other on one connection until the time is over."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        started = time.perf_counter()
        outgoing.write(f"GET {next(paths)} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n".encode())
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        await incoming.readexactly(length)
        times.append(time.perf_counter() - started)
        if " 200 " not in head.partition("\r\n")[0]:
            wrong.append(head.partition("\r\n")[0])
    outgoing.close()


async def load(port: int, paths: Sequence[str], seconds: float) -> dict[str, object]:
    def endless() -> Iterator[str]:
        chance = random.Random(7)
        while True:
            yield chance.choice(paths)

    given, times, wrong = endless(), [], []
    started = time.perf_counter()
    async with asyncio.timeout(seconds + 60):
        await asyncio.gather(*(reader(port, given, started + seconds, times, wrong) for _ in range(READERS)))
    times.sort()
    return {
        "pages": len(times),
        "pages/s": len(times) / (time.perf_counter() - started),
        "p50 ms": 1000 * times[len(times) // 2],
        "p99 ms": 1000 * times[int(len(times) * 0.99)],
        "not 200": len(wrong),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snapshots", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder, contextlib.ExitStack() as stack:
        environment = prepared(Path(folder))
        set_up(environment)
        ids = filled(asked.snapshots)
        subprocess.run([sys.executable, "-m", "bench._service", "reindex"], env=environment, check=True)
        port = stack.enter_context(serving(environment))
        rows = []
        for name, paths in (
            ("snapshot", [f"/library/snapshots/{pk}/" for pk in ids]),
            ("front page", ["/"]),
            (
                "search",
                [f"/library/?q={word}" for word in ("%E7%A4%BE%E5%8C%BA", "%E8%B0%83%E8%A7%A3", "%E5%85%BB%E8%80%81")],
            ),
            ("API snapshot", [f"/api/v1/snapshots/{pk}" for pk in ids]),
            ("/healthz", ["/healthz"]),
        ):
            asyncio.run(load(port, paths, 2))
            rows.append({"page": name, "readers": READERS, **asyncio.run(load(port, paths, asked.seconds))})
    workers = os.environ.get("WELLSPRING_WEB_WORKERS", "2")
    note = f"{asked.snapshots} snapshots, SQLite, {workers} web workers; the readers share the machine with the server"
    report("pages", rows, note, packages=("django", "granian"))


if __name__ == "__main__":
    main()
