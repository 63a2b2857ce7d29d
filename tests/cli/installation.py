"""An installation of its own in a folder, driven through the real command, as its users do."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

WELLSPRING = Path(sys.executable).with_name("wellspring")


class Installation:
    """SQLite in `data`, crawling without delay, English on the shell."""

    def __init__(self, data: Path, *, may_reach: str) -> None:
        """`may_reach`: host:port of a loopback site."""
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(_migrated_database(), data / "wellspring.sqlite3")
        self.data = data
        self.environment = {
            **_clean_environment(),
            "WELLSPRING_DATA": str(data),
            "WELLSPRING_GUARD_EXCEPTIONS": may_reach,
            "WELLSPRING_CRAWL_DELAY": "0.01",
            "WELLSPRING_LANGUAGE": "en",
            "COLUMNS": "200",
        }

    def run(self, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [WELLSPRING, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A process in a group of its own; its output goes to `<first word>.log` in the data folder."""
        log = (self.data / f"{words[0]}.log").open("ab")
        return subprocess.Popen(
            [WELLSPRING, *words], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def json(self, *words: str) -> Any:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.data / "wellspring.sqlite3", timeout=20)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def number(self, query: str) -> int:
        return int(self.rows(query)[0][0])

    def execute(self, query: str) -> None:
        connection = sqlite3.connect(self.data / "wellspring.sqlite3", timeout=20)
        try:
            with connection:
                connection.execute(query)
        finally:
            connection.close()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all its children, in the middle of whatever they do."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    """Raises AssertionError where it does not become true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


@lru_cache(maxsize=1)
def _migrated_database() -> Path:
    folder = Path(mkdtemp(prefix="wellspring-migrated-", dir=os.environ["WELLSPRING_DATA"]))
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    environment = {**_clean_environment(), "WELLSPRING_DATA": str(folder)}
    subprocess.run(command, env=environment, check=True, timeout=120)
    return folder / "wellspring.sqlite3"


def _clean_environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WELLSPRING_", "DATABASE_URL"))}
    return {**kept, "DJANGO_SETTINGS_MODULE": "wellspring.config.settings"}
