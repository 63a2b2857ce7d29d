"""kill -9 of the follower at any moment: afterwards the index agrees with the database."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.index.shelves import found
from wellspring.engine.errors import SearchIndexError
from wellspring.engine.index import SearchIndex

ROOT = Path(__file__).parents[2]
VERB = [sys.executable, "-c", "from wellspring.cli import main; main()"]
MIGRATE = (
    "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a migrated SQLite database."""
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment(tmp_path), check=True, timeout=120)
    return tmp_path


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()


def environment(data: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**plain, "WELLSPRING_DATA": str(data), "DJANGO_SETTINGS_MODULE": "wellspring.config.settings"}


def follower(data: Path) -> subprocess.Popen[bytes]:
    log = (data / "follower.log").open("ab")
    return subprocess.Popen([*VERB, "follow", "--data", str(data)], env=environment(data), stderr=log)


def in_database(data: Path) -> dict[int, str]:
    with sqlite3.connect(data / "wellspring.sqlite3") as database:
        return dict(database.execute("SELECT id, title FROM library_snapshot WHERE is_latest"))


def caught_up(data: Path) -> bool:
    with sqlite3.connect(data / "wellspring.sqlite3") as database:
        (last,) = database.execute("SELECT coalesce(max(id), 0) FROM core_indexchange").fetchone()
    try:
        generation = (data / "index" / "CURRENT").read_text()
        position = json.loads((data / "index" / generation / "position.json").read_text())["position"]
    except (OSError, ValueError):
        return False
    return bool(position == last)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_the_index_agrees_after_a_follower_is_killed_again_and_again(
    data: Path, started: list[subprocess.Popen[bytes]], seed: int
) -> None:
    rng = random.Random(seed)
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.core.busy_desk", str(data), "7", str(seed)], cwd=ROOT, env=environment(data)
    )
    started.append(desk)
    while desk.poll() is None:
        started.append(follower(data))
        time.sleep(rng.uniform(0.9, 2.2))
        started[-1].send_signal(signal.SIGKILL)
        started[-1].wait()
    assert desk.returncode == 0
    started.append(follower(data))
    deadline = time.monotonic() + 60
    while not caught_up(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    expected = in_database(data)
    assert len(expected) > 100
    index = SearchIndex(data / "index")
    assert index.count() == len(expected)
    wrong = {pk: title for pk, title in expected.items() if found(index, f'"{title}"') != [pk]}
    assert not wrong


def test_a_change_is_searchable_within_seconds_and_a_second_follower_says_no(
    data: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    started.append(follower(data))
    index = SearchIndex(data / "index")
    deadline = time.monotonic() + 30
    while not (data / "index" / "CURRENT").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    second = subprocess.run(
        [*VERB, "follow", "--data", str(data)], env=environment(data), capture_output=True, timeout=60, check=False
    )
    assert second.returncode == 1
    assert second.stderr.decode().count("\n") == 1
    desk = [sys.executable, "-m", "tests.core.busy_desk", str(data), "0.05", "5"]
    subprocess.run(desk, cwd=ROOT, env=environment(data), check=True, timeout=60)
    written = time.monotonic()
    expected = in_database(data)
    while time.monotonic() < written + 10:
        try:
            if index.count() == len(expected):
                break
        except SearchIndexError:
            pass
        time.sleep(0.02)
    assert index.count() == len(expected)
    assert time.monotonic() - written < 4  # about one second on an idle machine
    started[0].send_signal(signal.SIGTERM)
    assert started[0].wait(timeout=20) == 0
