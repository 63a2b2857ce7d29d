"""The trail's last entry as this host wrote it, remembered in a file: rows cut off the end of the table show."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})\n")


def path() -> Path:
    """`audit-head` in the data folder: number and hash of an entry, one line."""
    folder: Path = settings.ENVIRONMENT.data
    return folder / "audit-head"


def remembered() -> tuple[int, str] | None:
    """Number and hash of the last entry that this host is known to have written; None where it has written none."""
    try:
        return _parsed(path().read_text("ascii"))
    except (OSError, UnicodeDecodeError):
        return None


def remember(number: int, entry_hash: str, *, holds: Callable[[int, str], bool]) -> None:
    """Move the file on to this entry, after its commit.

    Not where what is remembered is no longer in the chain (`holds` answers False): then the file is evidence.
    """
    where = path()
    where.parent.mkdir(parents=True, exist_ok=True)
    with where.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = _parsed(file.read(200))
        if before is not None and (before[0] >= number or not holds(*before)):
            return
        file.truncate(0)
        file.write(line(number, entry_hash))
        file.flush()
        os.fdatasync(file.fileno())


def line(number: int, entry_hash: str) -> str:
    """What the file holds."""
    return f"{number} {entry_hash}\n"


def _parsed(text: str) -> tuple[int, str] | None:
    found = _LINE.fullmatch(text)
    return (int(found[1]), found[2]) if found else None
