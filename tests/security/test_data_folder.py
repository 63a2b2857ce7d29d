"""What lies in the data folder is nobody else's on this machine: passwords' digests, sessions, keys."""

from __future__ import annotations

import stat
from pathlib import Path

from pytest_django import Settings

from wellspring.config.environment import read_environment
from wellspring.core import health


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    read_environment({"WELLSPRING_DATA": str(tmp_path / "new")})
    assert mode(tmp_path / "new") == 0o700
    assert mode(tmp_path / "new" / "secret_key") == 0o600


def test_a_database_that_others_can_read_is_told(tmp_path: Path, settings: Settings) -> None:
    settings.ENVIRONMENT = read_environment({"WELLSPRING_DATA": str(tmp_path / "old")})
    database = tmp_path / "old" / "wellspring.sqlite3"
    database.touch(0o644)
    assert [finding.level for finding in health._secrets()] == ["good"]
    (tmp_path / "old").chmod(0o755)
    told = list(health._secrets())
    assert [finding.level for finding in told] == ["warning"]
    assert "wellspring.sqlite3" in told[0].said
