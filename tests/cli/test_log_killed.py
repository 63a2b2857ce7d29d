"""Workers killed at any moment while they enter captures and sign leave a log that is whole."""

from __future__ import annotations

import functools
import json
import random
import time
from pathlib import Path

import pytest

from tests.cli.installation import Installation, kill_group, wait_until

pytestmark = pytest.mark.timeout(300)

CAPTURES = 5_000
_ROWS = f"""
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {CAPTURES})
    INSERT INTO library_capture (kind, url, requested_url, status, content_type, captured_at, received_at, warc_file,
        warc_offset, warc_length, record_id, record_digest, payload_digest, payload_length, robots_reason, etag,
        last_modified, imported_record)
    SELECT 'picture', 'https://news.example.com/' || n, 'https://news.example.com/' || n, 200, '',
        '2025-03-05 04:00:00', '2025-03-05 04:00:00', 'rows.warc.gz', n, 1, 'urn:row:' || n,
        printf('%064x', n), printf('%064x', n * 7), 1, '', '', '', ''
    FROM numbers
"""


def has_more(house: Installation, entered: int) -> bool:
    return house.number("SELECT count(*) FROM library_logleaf") > entered


def test_a_log_is_whole_however_often_its_workers_are_killed(tmp_path: Path) -> None:
    house = Installation(tmp_path, may_reach="127.0.0.1:9")
    house.environment["WELLSPRING_CHECKPOINT_MINUTES"] = "0.1"
    house.execute(_ROWS)
    dice = random.Random(11)
    for _ in range(3):
        entered = house.number("SELECT count(*) FROM library_logleaf")
        workers = [house.start("worker") for _ in range(2)]
        if entered < CAPTURES:
            wait_until(functools.partial(has_more, house, entered), seconds=90)
        time.sleep(dice.random() * 1.5)
        for worker in workers:
            kill_group(worker)
    done = house.run("log", "checkpoint", timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"\n{CAPTURES}\n" in done.stdout
    assert house.rows('SELECT count(*), count(DISTINCT capture_id), max("index") FROM library_logleaf') == [
        (CAPTURES, CAPTURES, CAPTURES - 1)
    ]
    told = house.run("verify", "--json", timeout=200)
    assert json.loads(told.stdout)["log"]["problems"] == []
