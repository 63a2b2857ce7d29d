"""Writing a backup: one moment of the database, the files it speaks of, read again before it gets its name."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext

from wellspring import __version__
from wellspring.core import audit, audit_head

from .checking import checked_manifest
from .form import (
    ABOUT,
    FILES,
    FORMAT,
    MANIFEST,
    SEAL,
    TABLES,
    BackupRefused,
    Manifest,
    Member,
    Progress,
    silent,
)
from .memory import Remembered, remember
from .place import kept_files, make_sure_of_room, sync_folder
from .tables import kept_models, one_moment, parts_of

Lengths = Callable[[str], Mapping[str, int]]
"""Of a connection: files of the data folder by relative name, and how much of each its rows speak of. What lies behind
that in the file was written later and is left out; a file that is not named is kept wholly."""


def write_backup(
    target: Path, *, lengths: Lengths, only_named: str = "archive", progress: Progress = silent
) -> Manifest:
    """Write database, archive, keys and all other files of this installation to `target`, while everything runs.

    In the folder `only_named` only files that `lengths` names are kept. The file is read again and compared before it
    gets its name: a crash leaves `<target>.unfinished`. Raises BackupRefused where the target exists, lies in the data
    folder, or there is no room; BackupDamaged where the disk did not keep what was written; OSError.
    """
    data = settings.ENVIRONMENT.data
    target = target.absolute()
    _refuse(target, data)
    made_at = datetime.now(UTC)
    unfinished = target.with_name(f"{target.name}.unfinished")
    with unfinished.open("a+b") as file:
        _alone(file, unfinished)
        os.chmod(unfinished, 0o600)
        file.truncate(0)
        file.seek(0)
        manifest = _write(file, data, made_at, lengths, only_named, progress)
        file.flush()
        os.fsync(file.fileno())
        checked_manifest(unfinished, progress=progress)
        _refuse(target, data)
        unfinished.rename(target)
        sync_folder(target.parent)
    remember(Remembered(made_at.isoformat(), str(target), target.stat().st_size, len(manifest.missing)))
    return manifest


def _refuse(target: Path, data: Path) -> None:
    if target.exists():
        raise BackupRefused(
            gettext("%(file)s is there already and stays as it is. Choose another name.") % {"file": target}
        )
    if not target.parent.is_dir():
        raise BackupRefused(gettext("There is no folder %(folder)s. Make it first.") % {"folder": target.parent})
    if target.parent.resolve().is_relative_to(data.resolve()):
        raise BackupRefused(
            gettext("A backup inside the data folder %(folder)s would be lost with it. Choose another place.")
            % {"folder": data}
        )


def _alone(file: IO[bytes], path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupRefused(gettext("Another backup is just being written to %(file)s.") % {"file": path}) from None


def _write(
    file: IO[bytes], data: Path, made_at: datetime, lengths: Lengths, only_named: str, progress: Progress
) -> Manifest:
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        members: list[Member] = []
        with one_moment() as moment:
            connection = connections[moment]
            migrations = sorted(MigrationLoader(connection).graph.leaf_nodes())
            about = {"format": FORMAT, "version": __version__, "made_at": made_at.isoformat()}
            _add(tar, made_at, ABOUT, (json.dumps(about) + "\n").encode())
            cuts = dict(lengths(moment))
            trail = audit.remembered_at(moment)
            files = _files(data, cuts, only_named)
            make_sure_of_room(Path(file.name).parent, _expected(files, moment))
            members += _tables(tar, made_at, moment, progress)
        missing = [name for name, length in cuts.items() if length and not _long_enough(data / name, length)]
        members += _copied(tar, data, files, progress)
        key = settings.SECRET_KEY.encode()
        if f"{FILES}secret_key" not in {member.name for member in members}:
            # Given by the environment: without it, what is encrypted in the tables could not be read.
            members.append(_add(tar, made_at, f"{FILES}secret_key", key))
        if trail and trail[0]:
            head = audit_head.line(*trail).encode()
            members.append(_add(tar, made_at, f"{FILES}{audit_head.path().name}", head))
        manifest = Manifest(
            format=FORMAT,
            version=__version__,
            made_at=made_at.isoformat(),
            database=connection.vendor,
            migrations=migrations,
            members=members,
            missing=missing,
        )
        listed = manifest.as_bytes()
        _add(tar, made_at, MANIFEST, listed)
        _add(tar, made_at, SEAL, hashlib.sha256(listed).hexdigest().encode() + b"\n")
    return manifest


def _files(data: Path, cuts: Mapping[str, int], only_named: str) -> list[tuple[str, int]]:
    """Relative names and how many bytes of each are kept."""
    found = []
    for path in kept_files(data):
        name = path.as_posix()
        if path.parts[0] == only_named and name not in cuts:
            continue
        size = (data / path).stat().st_size
        found.append((name, min(size, cuts.get(name, size))))
    return found


def _long_enough(path: Path, length: int) -> bool:
    try:
        return path.stat().st_size >= length
    except OSError:
        return False


def _expected(files: Iterable[tuple[str, int]], moment: str) -> int:
    connection = connections[moment]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        rows = int(cursor.fetchone()[0])
    return sum(size + 1024 for _, size in files) + rows // 2


def _tables(tar: tarfile.TarFile, made_at: datetime, moment: str, progress: Progress) -> Iterable[Member]:
    doing = gettext("Saving the tables")
    models = kept_models()
    total = sum(model._base_manager.using(moment).count() for model in models)
    done = 0
    progress(doing, 0, total)
    for model in models:
        for number, (part, rows) in enumerate(parts_of(model, moment), start=1):
            name = f"{TABLES}{model._meta.label_lower}.{number:06}.jsonl.gz"
            yield _add(tar, made_at, name, part, rows=rows)
            done += rows
            progress(doing, done, total)


def _copied(tar: tarfile.TarFile, data: Path, files: Iterable[tuple[str, int]], progress: Progress) -> Iterable[Member]:
    doing = gettext("Saving the files")
    total = sum(size for _, size in files)
    done = 0
    for name, size in files:
        try:
            source = (data / name).open("rb")
        except FileNotFoundError:
            continue  # went away meanwhile: nothing that a row speaks of does
        with source:
            told = tarfile.TarInfo(f"{FILES}{name}")
            status = os.fstat(source.fileno())
            told.size, told.mtime, told.mode = min(size, status.st_size), int(status.st_mtime), status.st_mode & 0o777
            reading = _Hashing(source, told.size)
            tar.addfile(told, reading)
        done += told.size
        progress(doing, done, total)
        yield Member(told.name, told.size, reading.hash.hexdigest())


class _Hashing(io.RawIOBase):
    """A file that is hashed while tar reads its first `size` bytes."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self.source, self.left, self.hash = source, size, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        piece = self.source.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(piece)
        self.hash.update(piece)
        return piece


def _add(tar: tarfile.TarFile, made_at: datetime, name: str, content: bytes, *, rows: int = 0) -> Member:
    told = tarfile.TarInfo(name)
    told.size, told.mtime, told.mode = len(content), int(made_at.timestamp()), 0o600
    tar.addfile(told, io.BytesIO(content))
    return Member(name, len(content), hashlib.sha256(content).hexdigest(), rows)
