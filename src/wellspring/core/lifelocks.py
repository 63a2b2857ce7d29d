"""Locks that last as long as their process: which long-running processes of this installation live on this host."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import socket
from pathlib import Path


class LifeLock:
    """A file in `folder`, locked from now until `close` or the death of the process, whichever way it dies.

    `name` is `<host>:<folder>/<token>`; names of one host and folder share `home`, the part before the slash.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:8]
        self.home = f"{socket.gethostname()[:60]}:{place}"
        token, self._handle = _own_lock(folder)
        self.name = f"{self.home}/{token}"
        self._path = folder / token

    def alive(self) -> set[str]:
        """Names of those in the folder whose lock is held, this one among them; files of the dead are taken away."""
        names = {self.name}
        for path in self._folder.iterdir():
            try:
                handle = _locked(path)
            except BlockingIOError:
                names.add(f"{self.home}/{path.name}")
            else:
                path.unlink(missing_ok=True)
                os.close(handle)
        return names

    def close(self) -> None:
        if self._handle >= 0:
            self._path.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = -1


def living(folder: Path) -> int:
    """How many processes of this host hold a lock in the folder; nothing is changed by looking."""
    return sum(_is_held(path) for path in folder.iterdir()) if folder.is_dir() else 0


def _is_held(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:  # gone meanwhile, or another user's
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _own_lock(folder: Path) -> tuple[str, int]:
    """Name and handle of a new lock; anew where another process took it for a dead one's and tidied it away."""
    while True:
        path = folder / secrets.token_hex(8)
        try:
            handle = _locked(path)
        except BlockingIOError:
            continue
        try:
            if path.stat().st_ino == os.fstat(handle).st_ino:
                return path.name, handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _locked(path: Path) -> int:
    """An open file with an exclusive lock, which the kernel lets go when the process dies. Raises BlockingIOError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle
