"""The bytes of attachments in the data folder, each under its digest; what no row speaks of is swept up."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from wellspring.core.models import Attachment

_OLD_ENOUGH = 3600
"""Seconds: a file without a row may still be on its way to getting one."""


def folder() -> Path:
    """`attachments` in the data folder."""
    data: Path = settings.ENVIRONMENT.data
    return data / "attachments"


def path_of(digest: str) -> Path:
    return folder() / digest[:2] / digest


def write(digest: str, data: bytes) -> None:
    """Keep these bytes, on disk when this returns; the same bytes are kept once."""
    path = path_of(digest)
    with _alone():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)
            return
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.rename(unfinished, path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def sweep(*, now: float | None = None) -> int:
    """Delete files that no row speaks of and that are an hour old; returns how many."""
    before = (now or time.time()) - _OLD_ENOUGH
    gone = 0
    for path in folder().glob("??/*"):
        with _alone():
            try:
                old = path.stat().st_mtime < before
            except FileNotFoundError:
                continue
            if old and not Attachment.objects.filter(digest=path.name).exists():
                path.unlink(missing_ok=True)
                gone += 1
    return gone


class Sweep:
    """What a worker calls every half minute; it looks once an hour."""

    def __init__(self) -> None:
        self._last = time.monotonic() - _OLD_ENOUGH

    def __call__(self) -> int:
        if time.monotonic() - self._last >= _OLD_ENOUGH:
            self._last = time.monotonic()
            sweep()
        return 0


@contextmanager
def _alone() -> Iterator[None]:
    """One writer or sweeper at a time: a file is not swept up while the same bytes come in again."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
