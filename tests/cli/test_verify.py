"""`wellspring verify`: clean is said in one line; one changed byte anywhere is named with its capture."""

from __future__ import annotations

import json
import random
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
    assert done.stdout.endswith("all as received.\n")
    assert done.stdout.count("\n") == 1
    status, found = verify(installation)
    assert (status, found["captures"], found["damaged"], found["leftovers"]) == (0, count, [], [])


def test_one_changed_byte_is_found_wherever_it_is_and_the_capture_named(installation: Installation) -> None:
    dice = random.Random(11)
    for _ in range(8):
        capture, file, offset, length = dice.choice(captures(installation))
        path = installation.data / "archive" / file
        whole = path.read_bytes()
        changed = bytearray(whole)
        changed[offset + dice.randrange(length)] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        try:
            status, found = verify(installation)
        finally:
            path.write_bytes(whole)
        assert status == 1
        assert [(damage["capture"], damage["file"], damage["offset"]) for damage in found["damaged"]] == [
            (capture, file, offset)
        ]


def test_a_changed_byte_at_the_head_of_a_file_is_told_with_its_first_capture(installation: Installation) -> None:
    capture, file, *_ = captures(installation)[0]
    path = installation.data / "archive" / file
    whole = path.read_bytes()
    for position in (0, 5, 9, 30, 200):
        changed = bytearray(whole)
        changed[position] ^= 4
        path.write_bytes(changed)
        try:
            status, found = verify(installation)
        finally:
            path.write_bytes(whole)
        assert status == 1
        assert [damage["capture"] for damage in found["damaged"]] == [capture]


def test_damage_is_told_in_words_on_the_shell(installation: Installation) -> None:
    capture, file, offset, _ = captures(installation)[1]
    path = installation.data / "archive" / file
    whole = path.read_bytes()
    path.write_bytes(whole[: offset + 40] + b"\x00" + whole[offset + 41 :])
    try:
        done = installation.run("verify")
    finally:
        path.write_bytes(whole)
    assert done.returncode == 1
    assert f"Capture {capture} is damaged" in done.stdout
    assert file in done.stdout
    assert done.stdout.endswith("1 damaged.\n")


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
    assert said.count("Note: ") == 2


def test_a_row_that_was_changed_is_found(installation: Installation) -> None:
    capture = captures(installation)[2][0]
    before = installation.rows(f"SELECT url, payload_digest FROM library_capture WHERE id={capture}")[0]
    for column, value in (("url", "https://other.example/"), ("payload_digest", "0" * 64)):
        installation.execute(f"UPDATE library_capture SET {column}='{value}' WHERE id={capture}")
        status, found = verify(installation)
        installation.execute(
            f"UPDATE library_capture SET url='{before[0]}', payload_digest='{before[1]}' WHERE id={capture}"
        )
        assert status == 1
        assert capture in {damage["capture"] for damage in found["damaged"]}


def test_an_empty_library_verifies(tmp_path: Path) -> None:
    done = Installation(tmp_path, may_reach="127.0.0.1:9").run("verify")
    assert (done.returncode, done.stderr) == (0, "")
