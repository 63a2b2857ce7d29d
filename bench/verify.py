"""How fast `wellspring verify` reads an archive, beside what `cat` and `sha256sum` do with the same files.

Generated news pages of some 60 KB, as a crawler keeps them: plain HTML, compressible, a gzip member each. Each run
reads from the page cache, so that the figure is the program's and not the disk's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._corpus import generated_reports
from bench._report import report
from bench._service import prepared, set_up

RUNS = 3


def filled(count: int) -> None:
    """An archive of `count` pages with their rows."""
    from wellspring.engine.archive import ArchiveWriter
    from wellspring.engine.records import FetchedResponse
    from wellspring.library.archive import archive_reader
    from wellspring.library.models import Capture

    writer = ArchiveWriter(archive_reader().folder)
    now, rows = datetime.now(UTC), []
    synced, os.fsync = os.fsync, lambda handle: None  # filling is not what is measured
    try:
        for number, one in enumerate(generated_reports(count, length=12_000)):
            links = "".join(f'<li><a href="/{number}/{n}.html">{one.title}</a></li>' for n in range(150))
            text = one.text.replace("\n", "</p>\n<p>")
            payload = f"<html><title>{one.title}</title><ul>{links}</ul><p>{text}</p></html>".encode()
            url = f"https://bench.example.org/{number}.html"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
            place = writer.write(FetchedResponse(url, 200, head, payload, payload, now, "192.0.2.1"))
            rows.append(
                Capture(
                    kind="page", url=url, requested_url=url, status=200, captured_at=now, received_at=now,
                    warc_file=place.file, warc_offset=place.offset, warc_length=place.length,
                    record_id=place.record_id, record_digest=place.record_digest,
                    payload_digest=place.payload_digest, payload_length=place.payload_length,
                )
            )  # fmt: skip
    finally:
        os.fsync = synced
    Capture.objects.bulk_create(rows, batch_size=1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder:
        set_up(prepared(Path(folder)))
        os.environ["WELLSPRING_DATA"] = folder
        filled(count)
        from wellspring.library.verification import verify_archive

        files = sorted(map(str, (Path(folder) / "archive").iterdir()))
        size = sum(os.path.getsize(file) for file in files) / 1e6

        def told(thorough: bool) -> None:
            found = verify_archive(thorough=thorough)
            assert (found.captures, found.damaged, found.leftovers) == (count, [], [])

        def run(*words: str) -> None:
            subprocess.run([*words, *files], check=True, stdout=subprocess.DEVNULL)

        ways: list[tuple[str, Callable[[], None]]] = [
            ("cat", lambda: run("cat")),
            ("sha256sum", lambda: run("sha256sum")),
            ("wellspring verify", lambda: told(False)),
            ("wellspring verify --deep", lambda: told(True)),
        ]
        speeds = {name: size / min(_seconds(way) for _ in range(RUNS)) for name, way in ways}
        rows = [
            {"what": name, "MB/s of archive": speed, "ratio to sha256sum": speed / speeds["sha256sum"]}
            for name, speed in speeds.items()
        ]
        report("verify", rows, f"{count:,} pages, {size:,.0f} MB of archive, best of {RUNS}, from the page cache")


def _seconds(way: Callable[[], None]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
