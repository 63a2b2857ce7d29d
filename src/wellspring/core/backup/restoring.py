"""Putting a backup back: into an empty folder and an empty database, wholly or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext

from .checking import checked_manifest, opened, pieces, whole
from .form import FILES, TABLES, BackupDamaged, BackupRefused, Manifest, Member, Progress, safe_path, silent
from .place import UNFINISHED, make_sure_of_room, sync_folder
from .tables import empty_tables, has_rows, load_part, reset_sequences


def restore_backup(source: Path, *, progress: Progress = silent) -> Manifest:
    """Check the file, then put files and rows in their places; tables are those of the backup's own version.

    The caller brings the tables up to this version and then calls `finish_restore`. Until that a marker stands in the
    data folder, with which no other command starts; a restore that was interrupted is begun anew by calling this again.
    Raises BackupRefused where folder or database are in use, there is no room, or a newer version wrote the file;
    BackupDamaged where a byte of it has changed. Nothing has been touched then.
    """
    data = settings.ENVIRONMENT.data
    refuse_used_folder(data)
    manifest = checked_manifest(source, progress=progress)
    again = (data / UNFINISHED).exists()
    if again and json.loads((data / UNFINISHED).read_text() or "{}").get("database") != _database():
        raise BackupRefused(
            gettext("A restore into another database did not finish in %(folder)s. Empty the folder first.")
            % {"folder": data}
        )
    # SQLite's file lies in the folder, which is empty.
    if not again and connection.vendor != "sqlite" and has_rows():
        raise BackupRefused(gettext("The database is in use. A backup is put back into an empty one only."))
    known = MigrationLoader(None, ignore_no_migrations=True).graph.nodes
    for node in manifest.migrations:
        if node not in known:
            raise BackupRefused(
                gettext("This backup was written by a newer Wellspring (%(version)s). Install that version first.")
                % {"version": manifest.version}
            )
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_sure_of_room(data, sum(member.size for member in manifest.files()) + 4 * _table_bytes(manifest))
    _mark(data)
    _clear(data)
    _put_files(source, manifest, data, progress)
    settings.SECRET_KEY = (data / "secret_key").read_text("ascii").strip()
    _put_rows(source, manifest, progress)
    return manifest


def finish_restore() -> None:
    """Let the installation be used."""
    data = settings.ENVIRONMENT.data
    (data / UNFINISHED).unlink()
    sync_folder(data)


def refuse_used_folder(data: Path) -> None:
    """Raises BackupRefused where the folder holds anything but an unfinished restore."""
    if data.exists() and not data.is_dir():
        raise BackupRefused(gettext("%(folder)s is no folder.") % {"folder": data})
    if (data / UNFINISHED).exists() or not data.exists():
        return
    if any(data.iterdir()):
        raise BackupRefused(
            gettext("%(folder)s is in use. A backup is put back into an empty folder only: --data DIR")
            % {"folder": data}
        )


def _database() -> str:
    said = connection.settings_dict
    return f"{connection.vendor} {said['HOST']}:{said['PORT']} {said['NAME']}"


def _table_bytes(manifest: Manifest) -> int:
    return sum(member.size for member in manifest.parts()) if connection.vendor == "sqlite" else 0


def _mark(data: Path) -> None:
    with (data / UNFINISHED).open("w") as file:
        json.dump({"database": _database()}, file)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(data)


def _clear(data: Path) -> None:
    """Take away what an interrupted restore has put there."""
    connection.close()
    for path in data.iterdir():
        if path.name == UNFINISHED:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _put_files(source: Path, manifest: Manifest, data: Path, progress: Progress) -> None:
    doing = gettext("Putting the files back")
    total = sum(member.size for member in manifest.files())
    done = 0
    folders = {data}
    with opened(source) as tar:
        for member in tar:
            if not member.name.startswith(FILES):
                continue
            path = data / safe_path(member.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
            _write(tar, member, path)
            done += member.size
            progress(doing, done, total)
    for folder in folders:
        sync_folder(folder)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces(tar, member):
            file.write(piece)
        file.flush()
        os.fchmod(handle, member.mode & 0o777)
        os.fsync(handle)
    os.utime(path, (member.mtime, member.mtime))


def _put_rows(source: Path, manifest: Manifest, progress: Progress) -> None:
    doing = gettext("Putting the tables back")
    executor = MigrationExecutor(connection)
    executor.migrate(manifest.migrations)
    apps = executor.loader.project_state(manifest.migrations).apps
    promised = {member.name: member for member in manifest.parts()}
    done = 0
    with transaction.atomic():
        empty_tables(apps)
        with opened(source) as tar:
            for member in tar:
                if not member.name.startswith(TABLES):
                    continue
                label = member.name.removeprefix(TABLES).rsplit(".", 3)[0]
                count = 0
                try:
                    for rows in load_part(apps.get_model(label), whole(tar, member)):
                        count += rows
                        progress(doing, done + count, manifest.rows)
                except (LookupError, ValueError, TypeError) as error:
                    raise BackupDamaged(f"{member.name}: {error}") from None
                _refuse_count(promised[member.name], count)
                done += count
        reset_sequences(apps)


def _refuse_count(member: Member, count: int) -> None:
    if member.rows != count:
        raise BackupDamaged(
            gettext("%(name)s holds %(found)s rows instead of %(promised)s")
            % {"name": member.name, "found": count, "promised": member.rows}
        )
