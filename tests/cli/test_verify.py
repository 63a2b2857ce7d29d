"""`wellspring verify`: clean is said in one line; one changed byte anywhere is named with its capture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installation import Installation
from tests.servers.news_site import NewsSite

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Five pages and a robots.txt, each captured by a process of its own: several files."""
    with NewsSite().served() as site:
        made = Installation(tmp_path_factory.mktemp("verify"), may_reach=f"127.0.0.1:{site.port}")
        assert made.run("capture", *[f"{site.url}/dt/{n}.html" for n in (1, 2, 3, 1)]).returncode == 0
        assert made.run("capture", f"{site.url}/dt/4.html").returncode == 0
        yield made


def verify(installation: Installation) -> tuple[int, dict[str, Any]]:
    done = installation.run("verify", "--json")
    return done.returncode, json.loads(done.stdout)


def captures(installation: Installation) -> list[tuple[int, str, int, int]]:
    return installation.rows("SELECT id, warc_file, warc_offset, warc_length FROM library_capture ORDER BY id")


def test_an_untouched_archive_is_clean_and_says_how_much_was_read(installation: Installation) -> None:
    done = installation.run("verify")
    assert done.returncode == 0, done.stderr
    count = len(captures(installation))
    assert done.stdout.startswith(f"{count} captures, ")
    first, *others = done.stdout.splitlines()
    assert first.endswith("all as received.")
    assert others == [
        f"Note: {count} captures wait for their place in the log.",
        "0 captures in the log, 0 checkpoints: all as signed.",
    ]
    status, found = verify(installation)
    assert (status, found["captures"], found["damaged"], found["leftovers"]) == (0, count, [], [])


def test_one_changed_byte_is_told_with_its_capture(installation: Installation) -> None:
    capture, file, offset, length = captures(installation)[1]
    path = installation.data / "archive" / file
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[offset + length // 2] ^= 1
    path.write_bytes(changed)
    try:
        done = installation.run("verify")
        status, found = verify(installation)
    finally:
        path.write_bytes(whole)
    assert (done.returncode, status) == (1, 1)
    assert f"Capture {capture} is damaged" in done.stdout
    assert file in done.stdout
    assert "1 damaged.\n" in done.stdout
    assert [(damage["capture"], damage["offset"]) for damage in found["damaged"]] == [(capture, offset)]


def test_a_missing_file_names_every_capture_that_was_in_it(installation: Installation) -> None:
    _, file, *_ = captures(installation)[0]
    path = installation.data / "archive" / file
    away = path.with_suffix(".away")
    path.rename(away)
    try:
        status, found = verify(installation)
    finally:
        away.rename(path)
    assert status == 1
    wanted = {capture for capture, other, *_ in captures(installation) if other == file}
    assert {damage["capture"] for damage in found["damaged"]} == wanted


def test_a_cut_off_tail_and_a_file_without_captures_are_notes_and_no_damage(installation: Installation) -> None:
    _, file, *_ = captures(installation)[-1]
    path = installation.data / "archive" / file
    size = path.stat().st_size
    stray = path.with_name("WSP-20250101000000000000-x-1-1.warc.gz")
    with path.open("ab") as opened:
        opened.write(b"\x1f\x8b\x08half a record")
    stray.write_bytes(b"x")
    try:
        status, found = verify(installation)
        said = installation.run("verify").stdout
    finally:
        stray.unlink()
        with path.open("r+b") as opened:
            opened.truncate(size)
    assert (status, found["damaged"]) == (0, [])
    assert {(left["file"], left["offset"]) for left in found["leftovers"]} == {(file, size), (stray.name, 0)}
    assert said.count("belong to no capture") == 2


def test_an_empty_library_verifies(tmp_path: Path) -> None:
    done = Installation(tmp_path, may_reach="127.0.0.1:9").run("verify")
    assert (done.returncode, done.stderr) == (0, "")
