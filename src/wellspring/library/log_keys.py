"""The key files of the capture log in the data folder: the private key, and the public ones for checks without a
database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError
from wellspring.engine.errors import NoteRefused
from wellspring.engine.proof import NoteSigner


class LogKeyLost(DomainError):
    """The database names a key, and the data folder does not have its private half."""

    code = "log_key_lost"


def log_folder() -> Path:
    """`log/` in the data folder: private key, public keys, every checkpoint that was signed."""
    folder: Path = settings.ENVIRONMENT.data / "log"
    return folder


def key_path() -> Path:
    return log_folder() / "key"


def next_key_path() -> Path:
    """The key that takes over, until the database says that it has."""
    return log_folder() / "key.next"


def read_key(path: Path) -> NoteSigner | None:
    """The private key in a file; None where there is none. Raises LogKeyLost where it cannot be read."""
    try:
        return NoteSigner.parse(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, NoteRefused):
        raise LogKeyLost(
            _("The key of the capture log in %(path)s cannot be read. Put it back from a backup.") % {"path": path}
        ) from None


def make_key_file(path: Path, signer: NoteSigner) -> NoteSigner:
    """Write a private key, readable by its owner only, unless there is one already; returns the one that is there.

    It is written wholly under another name first: whoever sees the file sees all of it, whatever is killed when.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(signer.secret() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(unfinished, path)
    os.unlink(unfinished)
    _sync_folder(path.parent)
    kept = read_key(path)
    assert kept is not None
    return kept


def put_next_key_in_place() -> None:
    """Let the key that waited become the key."""
    os.replace(next_key_path(), key_path())
    _sync_folder(log_folder())


def write_public_keys(text: str) -> None:
    """Keep what `/log/key` says beside the private key, for checks without a database."""
    path = log_folder() / "keys"
    if path.exists() and path.read_text("utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"keys.{os.getpid()}")
    unfinished.write_text(text, "utf-8")
    os.replace(unfinished, path)


def checkpoints_path() -> Path:
    return log_folder() / "checkpoints"


def append_checkpoints(notes: Iterable[str]) -> None:
    """Write notes at the end of the file of all checkpoints, each followed by an empty line, and sync it."""
    path = checkpoints_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for note in notes:
            file.write(f"{note}\n")
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
