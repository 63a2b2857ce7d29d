"""The doctor looks at the attachments' folder and at the scanner."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from wellspring.core.attachments.health import attachments_check


def levels() -> list[str]:
    return [finding.level for finding in attachments_check().look()]


def test_a_folder_that_takes_files_is_good() -> None:
    assert levels() == ["good"]


def test_a_folder_that_cannot_be_and_a_silent_scanner_are_wrong(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "attachments").write_text("a file stands where the folder should be")
    environment = settings.ENVIRONMENT
    settings.ENVIRONMENT = dataclasses.replace(environment, data=tmp_path)
    assert levels() == ["wrong"]
    settings.ENVIRONMENT = dataclasses.replace(environment, scan="/nowhere/scan")
    assert levels() == ["wrong"]
