"""The database before a verb runs: it answers, it is new enough, and its tables are those of this version."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, NotSupportedError
from django.utils.translation import gettext

_MIGRATION_LOCK = 0x5EA2C5


def open_database() -> None:
    """Connect, and bring the tables up to this version where they are older or missing.

    Raises click.ClickException, one line, where the database cannot be used.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    reachable_database()
    try:
        if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
            migrate()
    except (DatabaseError, NotSupportedError, ImproperlyConfigured, UnicodeError) as error:
        raise click.ClickException(told_database_error(error)) from None


def reachable_database() -> None:
    """Connect. Raises click.ClickException, one line, where the database cannot be used."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        connection.ensure_connection()
        connection.check_database_version_supported()
    except (DatabaseError, NotSupportedError, ImproperlyConfigured, UnicodeError) as error:
        raise click.ClickException(told_database_error(error)) from None


def refuse_unfinished_restore() -> None:
    """Raises click.ClickException where a restore into this data folder was interrupted."""
    from wellspring.core.backup.place import UNFINISHED

    if (settings.ENVIRONMENT.data / UNFINISHED).exists():
        raise click.ClickException(
            gettext("A restore into %(folder)s did not finish. Run `wellspring restore` again with the same backup.")
            % {"folder": settings.ENVIRONMENT.data}
        )


def migrate() -> None:
    """Create or alter the tables; of several processes, on any host, one does it and the others wait."""
    from django.core.management import call_command

    from wellspring.cli.prepare import load_defaults

    with _alone(settings.ENVIRONMENT.data / "migrate.lock"):
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            load_defaults()
        finally:
            if connection.vendor == "postgresql" and connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def told_database_error(error: Exception) -> str:
    """One line: which variable names the database, what is wrong with it, what it takes."""
    detail = " ".join(str(error).split()) or type(error).__name__
    if settings.ENVIRONMENT.database_url:
        return gettext(
            "DATABASE_URL: the PostgreSQL it names cannot be used: %(detail)s. It takes "
            "postgres://user:password@host:5432/name of a running PostgreSQL 15 or newer."
        ) % {"detail": detail.rstrip(".")}
    return gettext(
        "WELLSPRING_DATA is %(folder)s; the SQLite file %(file)s in it cannot be used: %(detail)s. "
        "It takes a folder that can be written."
    ) % {
        "folder": repr(str(settings.ENVIRONMENT.data)),
        "file": Path(settings.DATABASES["default"]["NAME"]).name,
        "detail": detail.rstrip("."),
    }
