"""Reading a backup file through: is every byte of it as it was written?"""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext

from .form import (
    ABOUT,
    MANIFEST,
    PIECE,
    SEAL,
    TABLES,
    BackupDamaged,
    BackupRefused,
    Manifest,
    Member,
    Progress,
    manifest_from,
    safe_path,
    silent,
)

_LONGEST_MANIFEST = 1 << 30


def checked_manifest(path: Path, *, progress: Progress = silent) -> Manifest:
    """Read the whole file, compare every member with the manifest and return that.

    Raises BackupDamaged naming what is wrong, BackupRefused where it is no backup or cannot be opened.
    """
    doing = gettext("Checking the backup")
    found: list[Member] = []
    listed = seal = b""
    with opened(path) as tar:
        total = os.stat(path).st_size
        for member in tar:
            if not member.isreg():
                raise BackupDamaged(gettext("%(name)s is no plain file") % {"name": repr(member.name)})
            if listed and member.name != SEAL:
                raise BackupDamaged(gettext("%(name)s stands behind its end") % {"name": repr(member.name)})
            if member.name == MANIFEST:
                listed = whole(tar, member)
            elif member.name == SEAL:
                seal = whole(tar, member)
            else:
                _refuse_name(member.name)
                found.append(Member(member.name, member.size, _digest(tar, member)))
            progress(doing, member.offset_data + member.size, total)
    if not seal:
        raise BackupDamaged(gettext("its end is missing"))
    if hashlib.sha256(listed).hexdigest().encode() != seal.strip():
        raise BackupDamaged(gettext("its table of contents was changed"))
    manifest = manifest_from(listed)
    _compare(found, manifest)
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """A backup file for reading. Raises BackupRefused where it is none, BackupDamaged where tar cannot read on."""
    try:
        with tarfile.open(path, mode="r:", errorlevel=2) as tar:
            first = tar.next()
            if first is None or first.name != ABOUT:
                raise BackupRefused(gettext("%(file)s is no backup of Wellspring.") % {"file": path})
            yield tar
    except tarfile.TarError as error:
        if path.is_file() and _begins_like_one(path):
            raise BackupDamaged(str(error)) from None
        raise BackupRefused(gettext("%(file)s is no backup of Wellspring.") % {"file": path}) from None
    except OSError as error:
        if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
            raise BackupRefused(
                gettext("%(file)s cannot be opened: %(reason)s.") % {"file": path, "reason": error.strerror}
            ) from None
        raise


def whole(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """A small member's content. Raises BackupDamaged where it is cut off."""
    file = tar.extractfile(member)
    if file is None or member.size > _LONGEST_MANIFEST:
        raise BackupDamaged(gettext("%(name)s is no plain file") % {"name": repr(member.name)})
    content = file.read()
    if len(content) < member.size:
        raise BackupDamaged(gettext("its end is missing"))
    return content


def pieces(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    """A member's content bit by bit. Raises BackupDamaged where it is cut off."""
    file = tar.extractfile(member)
    assert file is not None
    left = member.size
    while left > 0:
        piece = file.read(min(PIECE, left))
        if not piece:
            raise BackupDamaged(gettext("%(name)s is cut off") % {"name": repr(member.name)})
        left -= len(piece)
        yield piece


def _digest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    for piece in pieces(tar, member):
        digest.update(piece)
    return digest.hexdigest()


def _refuse_name(name: str) -> None:
    if name == ABOUT or name.startswith(TABLES):
        return
    safe_path(name)


def _compare(found: list[Member], manifest: Manifest) -> None:
    promised = {member.name: member for member in manifest.members}
    there = {member.name: member for member in found if member.name != ABOUT}
    if len(there) + 1 != len(found):
        raise BackupDamaged(gettext("a name stands in it twice"))
    for name, member in promised.items():
        if name not in there:
            raise BackupDamaged(gettext("%(name)s is missing") % {"name": name})
        if (there[name].size, there[name].sha256) != (member.size, member.sha256):
            raise BackupDamaged(gettext("%(name)s was changed") % {"name": name})
    for name in there:
        if name not in promised:
            raise BackupDamaged(gettext("%(name)s does not belong to it") % {"name": name})


def _begins_like_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(ABOUT)) == ABOUT.encode()
