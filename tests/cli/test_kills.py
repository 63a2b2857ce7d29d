"""kill -9 at any moment: nothing acknowledged is lost, nothing is there twice, the index agrees with the database."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from tests.cli.running import Running, free_ports, running, wellspring
from wellspring.demo.site.clock import kept_clock
from wellspring.demo.site.outlets import OUTLETS, origins_from
from wellspring.demo.site.reports import read_reports
from wellspring.engine.index import SearchIndex

VERBS = ("crawl", "worker", "follow", "web")
UNREAD = """
    SELECT count(*) FROM library_capture c LEFT JOIN library_reading r ON r.capture_id = c.id
    WHERE c.kind = 'page' AND r.id IS NULL
"""
LATEST = "SELECT id, original_url FROM library_snapshot WHERE is_latest"
Rows = Callable[[str], list[Any]]


def sqlite_rows(data: Path) -> Rows:
    def rows(query: str) -> list[Any]:
        with contextlib.closing(sqlite3.connect(data / "wellspring.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchall()

    return rows


def postgresql_rows(url: str) -> Rows:
    def rows(query: str) -> list[Any]:
        with psycopg.connect(url) as database:
            return database.execute(query).fetchall()  # type: ignore[arg-type]  # our own constant text

    return rows


def victims(up: Running, chance: random.Random) -> Iterator[psutil.Process]:
    """One process to kill: a child of `up`, or of the web server one of its workers."""
    child = up.child(chance.choice(VERBS))
    if child is not None:
        with contextlib.suppress(psutil.Error):
            yield chance.choice([child, *child.children()])


def killed(up: Running, kills: int, seed: int) -> Counter[str]:
    """Kill `kills` times at random moments; how often each verb was hit."""
    chance = random.Random(seed)
    hit: Counter[str] = Counter()
    end = time.monotonic() + kills * 8
    while hit.total() < kills and time.monotonic() < end:
        time.sleep(chance.uniform(0.05, 1.2))
        for victim in victims(up, chance):
            with contextlib.suppress(psutil.Error):
                verb = next((verb for verb in VERBS if verb in victim.cmdline()), "web")
                victim.kill()
                hit[verb] += 1
    return hit


def wanted_addresses(data: Path, sites: int, now: datetime) -> set[str]:
    """Addresses of the reports that the sample sites show at this moment."""
    origins, outlets = origins_from(sites), {outlet.slug: outlet for outlet in OUTLETS}
    return {
        origins[report.outlet] + outlets[report.outlet].path_of(report.number, report.published_at)
        for report in read_reports(kept_clock(data))
        if report.is_out(now)
    }


def survive(data: Path, rows: Rows, *, kills: int, seed: int, patience: float, **environment: str) -> None:
    sites = free_ports(16, beside=2)
    arguments = ["up", "--port", str(free_ports(1, beside=3)), "--demo-port", str(sites)]
    with running(data, *arguments, **environment) as up:
        up.wait_for(lambda: up.child("crawl") and up.child("worker"), 60, "children")
        hit = killed(up, kills, seed)
        assert hit.total() >= kills * 3 // 4, hit
        wanted = wanted_addresses(data, sites, datetime.now(UTC))
        up.wait_for(lambda: wanted <= {url for _, url in rows(LATEST)} and not rows(UNREAD)[0][0], patience, "settling")

        def index_agrees() -> bool:
            found = SearchIndex(data / "index").search("", limit=5000)
            return {hit.id for hit in found.hits} == {pk for pk, _ in rows(LATEST)}

        up.wait_for(index_agrees, 30, f"agreement of index and database after {dict(hit)}")
        assert up.stop() == 0
    addresses = Counter(urllib.parse.urldefrag(url)[0] for _, url in rows(LATEST))
    assert not [url for url, times in addresses.items() if times > 1]
    verified = wellspring(data, "verify", "--json", **environment)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout)


@pytest.mark.timeout(280)
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    survive(tmp_path, sqlite_rows(tmp_path), kills=10, seed=20231215, patience=120)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(3))
def test_many_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    survive(tmp_path, sqlite_rows(tmp_path), kills=60, seed=seed, patience=300)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_many_kills_lose_nothing_on_postgresql(tmp_path: Path) -> None:
    from tests.postgresql import start_postgresql

    url = start_postgresql()
    survive(tmp_path, postgresql_rows(url), kills=60, seed=7, patience=300, DATABASE_URL=url)
