"""`wellspring doctor` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.installation import Installation

ALWAYS = {"database", "secrets", "settings", "workers", "crawlers", "administrators"}


def test_the_doctor_tells_what_is_wrong_and_ends_with_one(tmp_path: Path) -> None:
    office = Installation(tmp_path / "data", may_reach="127.0.0.1:9")
    ended = office.run("doctor")
    assert ended.returncode == 1, ended.stderr
    assert "wellspring admin" in ended.stdout
    answer = json.loads(office.run("doctor", "--json").stdout)
    assert {one["check"] for one in answer} >= ALWAYS
    assert answer[0]["level"] == "wrong"
