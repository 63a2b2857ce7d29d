"""What of a data folder is kept in a backup, and whether there is room for it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from .form import BackupRefused

UNFINISHED = "restore.unfinished"
"""Stands in a data folder while it is being restored."""
_LEFT_OUT_FOLDERS = {"index", "static", "crawlers", "workers"}
_LEFT_OUT_BEGINNINGS = ("secret_key.", "last_backup.json", "audit-head")
_LEFT_OUT_ENDINGS = (".lock", ".unfinished", ".pid", ".sock", "-wal", "-shm", "-journal", ".sqlite3")


def kept_files(data: Path) -> Iterator[Path]:
    """Files of the data folder that a backup holds, relative to it, in order of their names.

    Left out are the database (its rows are held instead), what is built anew, locks of running processes, and the
    head of the audit trail, which is written as of the moment of the rows.
    """
    for folder, below, names in os.walk(data):
        here = Path(folder)
        if here == data:
            below[:] = [name for name in below if name not in _LEFT_OUT_FOLDERS]
        below.sort()
        for name in sorted(names):
            path = here / name
            if name.endswith(_LEFT_OUT_ENDINGS) or (here == data and name.startswith(_LEFT_OUT_BEGINNINGS)):
                continue
            if stat.S_ISREG(path.lstat().st_mode):
                yield path.relative_to(data)


def make_sure_of_room(folder: Path, wanted: int) -> None:
    """Raises BackupRefused where the disk of `folder` has fewer than `wanted` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise BackupRefused(
            gettext("%(folder)s has %(free)s left, and about %(wanted)s are needed. Make room or choose another disk.")
            % {"folder": folder, "free": filesizeformat(free), "wanted": filesizeformat(wanted)}
        )


def sync_folder(folder: Path) -> None:
    """What was made or renamed in it stays so when the power fails."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
