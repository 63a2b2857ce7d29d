"""`wellspring import`: goes on after a kill -9, and lists what it could not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.installation import Installation, kill_group, wait_until
from tests.library.foreign import Foreign

pytestmark = pytest.mark.timeout(200)


def test_an_import_killed_in_the_middle_is_finished_by_the_next_one(tmp_path: Path) -> None:
    office = Installation(tmp_path / "data", may_reach="127.0.0.1:9")
    made = Foreign()
    for number in range(60):
        made.page(number)
    path = made.save(tmp_path / "other.warc.gz")
    first = office.start("import", str(path))
    wait_until(lambda: office.number("SELECT COUNT(*) FROM library_capture") > 5)
    kill_group(first)
    kept = office.number("SELECT COUNT(*) FROM library_capture")
    assert kept < 60, "the import ended before it was killed"
    told = json.loads(office.run("import", "--json", str(path)).stdout)
    assert told["captured"] == 60 - kept
    assert office.number("SELECT COUNT(*) FROM library_capture") == 60
    assert office.number("SELECT COUNT(DISTINCT url) FROM library_capture") == 60
    assert json.loads(office.run("verify", "--json").stdout)["damaged"] == []


def test_what_could_not_be_read_is_listed_with_its_place_and_the_rest_is_kept(tmp_path: Path) -> None:
    office = Installation(tmp_path / "data", may_reach="127.0.0.1:9")
    made = Foreign().page(1).page(2).page(3)
    path = made.save(tmp_path / "other.warc.gz")
    whole = bytearray(path.read_bytes())
    whole[made.places[2] + 100] ^= 1
    path.write_bytes(whole)
    done = office.run("import", str(path), str(tmp_path / "gone.warc"))
    assert done.returncode == 1
    assert f"{path} at {made.places[2]}: " in done.stderr
    assert "gone.warc cannot be read" in done.stderr
    assert "2 captures, 2 new reports" in done.stdout
