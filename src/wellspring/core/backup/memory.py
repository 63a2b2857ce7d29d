"""What the installation remembers of its last backup, in its data folder: writing one changes nothing that is kept."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Remembered:
    made_at: str
    """ISO 8601 with zone."""
    file: str
    size: int
    missing: int
    """Files of the archive that were not whole."""


def remember(backup: Remembered) -> None:
    """Written under another name first: whoever reads it reads all of it."""
    path = _path()
    fresh = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    fresh.write_text(json.dumps(asdict(backup), ensure_ascii=False, indent=1) + "\n")
    fresh.rename(path)


def last_backup() -> Remembered | None:
    """The last one written from this data folder; None where there was none or nobody can tell."""
    try:
        return Remembered(**json.loads(_path().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _path() -> Path:
    return settings.ENVIRONMENT.data / "last_backup.json"
