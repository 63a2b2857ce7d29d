"""docs/security.md names a test for each threat, and each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE.read_text("utf-8"))
    assert len(named) > 80
    missing = []
    for path, name in named:
        file = ROOT / "tests" / path
        if not file.exists() or not re.search(rf"^ *(?:async )?def {name}\(", file.read_text("utf-8"), re.M):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_every_threat_of_the_security_page_has_a_test() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "| threat |" not in line]
    assert [row for row in rows if "::test_" not in row.split("|")[-2]] == []
