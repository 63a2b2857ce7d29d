"""The form of a backup file: names of its members, its manifest, values as JSON, and what can be wrong with it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.utils.duration import duration_iso_string
from django.utils.translation import gettext

from wellspring.core.errors import DomainError

FORMAT = 1
ABOUT, MANIFEST, SEAL = "about.json", "manifest.json", "seal.txt"
TABLES, FILES = "tables/", "files/"
PIECE = 1 << 20

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is, in rows or bytes."""


def silent(doing: str, done: int, total: int) -> None:
    """A progress that nobody looks at."""


class BackupDamaged(DomainError):
    code = "backup_damaged"

    def __init__(self, problem: str) -> None:
        super().__init__(
            gettext("This backup file is damaged: %(problem)s. Nothing was restored; use another backup.")
            % {"problem": problem}
        )


class BackupRefused(DomainError):
    """A backup or restore that is not begun, so that nothing is lost by it."""

    code = "backup_refused"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the tar file."""

    name: str
    size: int
    sha256: str
    rows: int = 0
    """Of a part of a table: rows in it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    version: str
    """Of the Wellspring that wrote it."""
    made_at: str
    database: str
    """`sqlite` or `postgresql`: where the rows came from; they go into either."""
    migrations: list[tuple[str, str]]
    """The last migration of each app at that time."""
    members: list[Member]
    missing: list[str]
    """Files of the archive that rows refer to and that were not there, or were shorter than they should be."""

    def as_bytes(self) -> bytes:
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def rows(self) -> int:
        return sum(member.rows for member in self.members)

    @property
    def size(self) -> int:
        """Bytes that the members take, as they lie in the file."""
        return sum(member.size for member in self.members)

    def parts(self) -> list[Member]:
        """Parts of tables, in the order they were written."""
        return [member for member in self.members if member.name.startswith(TABLES)]

    def files(self) -> list[Member]:
        return [member for member in self.members if member.name.startswith(FILES)]


def manifest_from(data: bytes) -> Manifest:
    """Raises BackupDamaged where it cannot be read, BackupRefused where a newer Wellspring wrote it."""
    try:
        told = json.loads(data)
        if told["format"] > FORMAT:
            raise BackupRefused(
                gettext("This backup was written by a newer Wellspring (%(version)s). Install that version first.")
                % {"version": told["version"]}
            )
        told["members"] = [Member(**member) for member in told["members"]]
        told["migrations"] = [(app, name) for app, name in told["migrations"]]
        return Manifest(**told)
    except (KeyError, TypeError, ValueError):
        raise BackupDamaged(gettext("its table of contents cannot be read")) from None


def safe_path(name: str) -> PurePosixPath:
    """Where a file of the backup belongs in the data folder. Raises BackupDamaged for a name that leads out of it."""
    path = PurePosixPath(name.removeprefix(FILES))
    parts = path.parts
    if not name.startswith(FILES) or not parts or path.is_absolute() or ".." in parts or "\\" in name or "\0" in name:
        raise BackupDamaged(gettext("%(name)s leads out of the data folder") % {"name": repr(name)})
    return path


def as_json(value: Any) -> Any:
    """A column's value as JSON can carry it; the field's own `to_python` reads it back."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value
