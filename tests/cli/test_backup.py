"""Backup, everything wiped, restore: the same installation, on SQLite, with writers at work, and after a kill -9."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.installation import WELLSPRING, Installation, kill_group, wait_until
from tests.servers.news_site import NewsSite

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def site() -> Iterator[NewsSite]:
    with NewsSite().served() as site:
        yield site


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, site: NewsSite) -> Installation:
    made = Installation(tmp_path_factory.mktemp("backup") / "data", may_reach=f"127.0.0.1:{site.port}")
    assert made.run("capture", *[f"{site.url}/dt/{n}.html" for n in (1, 2, 3, 1)]).returncode == 0
    (made.data / "attachments").mkdir()
    (made.data / "attachments" / "说明.txt").write_text("拜师协议")
    return made


@pytest.fixture(scope="module")
def backup(installation: Installation) -> Path:
    path = installation.data.parent / "office.tar"
    done = installation.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def at(installation: Installation, data: Path, **environment: str) -> Installation:
    """The same office's command on another, empty data folder."""
    other = Installation.__new__(Installation)
    other.data = data
    other.environment = {**installation.environment, "WELLSPRING_DATA": str(data), **environment}
    return other


def told(installation: Installation) -> dict[str, object]:
    done = installation.run("verify", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    return {key: value for key, value in found.items() if "second" not in key}


def dumped(installation: Installation) -> list[str]:
    """Every row of the library, in words."""
    tables = ("library_capture", "library_snapshot", "library_reading", "library_channel", "topics_topic")
    return [repr(row) for table in tables for row in installation.rows(f"SELECT * FROM {table} ORDER BY id")]


def test_backup_then_wipe_then_restore_gives_the_same_installation(
    installation: Installation, backup: Path, site: NewsSite, tmp_path: Path
) -> None:
    before, rows = told(installation), dumped(installation)
    key = (installation.data / "secret_key").read_text()
    other = at(installation, tmp_path / "wiped")
    done = other.run("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "all as received" in done.stdout
    assert told(other) == before
    assert dumped(other) == rows
    assert (other.data / "secret_key").read_text() == key
    assert (other.data / "secret_key").stat().st_mode & 0o077 == 0
    assert (other.data / "attachments" / "说明.txt").read_text() == "拜师协议"
    assert any((other.data / "index").rglob("meta.json"))
    # What comes after gets ids of its own.
    last = other.number("SELECT MAX(id) FROM library_capture")
    assert other.run("capture", f"{site.url}/dt/5.html").returncode == 0
    assert other.number("SELECT MIN(id) FROM library_capture WHERE url LIKE '%/dt/5.html'") > last


def test_a_backup_keeps_to_itself(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert not [name for name in names if "session" in name or name.endswith((".lock", ".sqlite3"))]


def test_a_backup_replaces_nothing_and_is_not_laid_into_the_folder_that_it_saves(
    installation: Installation, backup: Path
) -> None:
    before = backup.read_bytes()
    again = installation.run("backup", str(backup))
    inside = installation.run("backup", str(installation.data / "b.tar"))
    assert (again.returncode, inside.returncode) == (1, 1)
    assert "stays as it is" in again.stderr
    assert "lost with it" in inside.stderr
    assert backup.read_bytes() == before


def test_a_folder_in_use_is_left_alone(installation: Installation, backup: Path) -> None:
    before = dumped(installation)
    done = installation.run("restore", str(backup))
    assert done.returncode == 1
    assert "empty folder" in done.stderr
    assert dumped(installation) == before


def test_a_damaged_backup_is_refused_and_nothing_is_made(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.tar"
    content = bytearray(backup.read_bytes())
    with tarfile.open(backup) as tar:
        place = tar.getmember(next(name for name in tar.getnames() if name.endswith(".warc.gz")))
    content[place.offset_data + 100] ^= 4
    damaged.write_bytes(content)
    other = at(installation, tmp_path / "never")
    done = other.run("restore", str(damaged))
    assert done.returncode == 1
    assert place.name in done.stderr
    assert not other.data.exists()


def test_a_backup_under_way_of_captures_holds_one_moment(
    installation: Installation, site: NewsSite, tmp_path: Path
) -> None:
    busy = at(installation, tmp_path / "busy")
    shutil.copytree(installation.data, busy.data)
    pages = [f"{site.url}/dt/{n}.html" for n in (1, 2, 3, 4, 5)] * 100
    writer = busy.start("capture", *pages)
    try:
        begun = busy.number("SELECT COUNT(*) FROM library_capture")
        wait_until(lambda: busy.number("SELECT COUNT(*) FROM library_capture") > begun)
        copies = []
        for number in range(2):
            copies.append(tmp_path / f"{number}.tar")
            done = busy.run("backup", str(copies[-1]))
            assert done.returncode == 0, done.stderr
        assert writer.poll() is None, "the writer ended before the backups did"
    finally:
        kill_group(writer)
    other = at(installation, tmp_path / "restored")
    done = other.run("restore", str(copies[-1]))
    assert done.returncode == 0, done.stderr
    found = told(other)
    assert (found["damaged"], found["leftovers"]) == ([], [])


@pytest.mark.parametrize("moment", ["archive", "wellspring.sqlite3"])
def test_a_restore_killed_in_the_middle_is_no_installation_until_it_is_run_again(
    installation: Installation, backup: Path, tmp_path: Path, moment: str
) -> None:
    other = at(installation, tmp_path / "killed")
    other.data.mkdir()
    restoring = subprocess.Popen([WELLSPRING, "restore", str(backup)], env=other.environment, start_new_session=True)
    end = time.monotonic() + 60
    while not (other.data / moment).exists() and restoring.poll() is None and time.monotonic() < end:
        pass
    os.killpg(restoring.pid, signal.SIGKILL)
    restoring.wait()
    if (other.data / "restore.unfinished").exists():
        refused = other.run("verify")
        assert refused.returncode == 1
        assert "did not finish" in refused.stderr
        again = other.run("restore", str(backup))
        assert again.returncode == 0, again.stderr
    assert told(other) == told(installation)
    assert dumped(other) == dumped(installation)


def test_the_health_check_knows_the_last_backup(installation: Installation, backup: Path) -> None:
    checks = json.loads(installation.run("doctor", "--json").stdout)
    (found,) = [check for check in checks if check["check"] == "backup"]
    assert backup.name in found["findings"][0]["said"]
    assert found["level"] == "good"
