"""`wellspring restore FILE`: a backup put back into an empty folder and an empty database."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import click

from wellspring.cli.progress import progress, stages
from wellspring.cli.setup import as_typed, set_up_django


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--data", metavar="DIR", help="Empty data folder (default: WELLSPRING_DATA, or var/).")
def command(file: Path, data: str | None) -> None:
    """Put a backup back; folder and database (SQLite, or PostgreSQL by DATABASE_URL) must be empty.

    Every byte of FILE is checked before anything is written. At the end the archive is verified and the search index
    built anew; exit status 1 if something does not match.
    """
    # The key is in the backup: none is to be made in a folder that has to be empty.
    key_given = "WELLSPRING_SECRET_KEY" in os.environ
    if not key_given:
        os.environ["WELLSPRING_SECRET_KEY"] = secrets.token_urlsafe(50)
    set_up_django(data, database=False)
    from django.conf import settings
    from django.utils.translation import gettext, ngettext

    from wellspring.cli.database import open_database, reachable_database
    from wellspring.core.backup import restore_backup
    from wellspring.core.backup.restoring import finish_restore, refuse_used_folder
    from wellspring.core.rebuild import rebuild_index
    from wellspring.library.models import Capture
    from wellspring.library.verification import verify_archive

    given = settings.SECRET_KEY
    refuse_used_folder(settings.ENVIRONMENT.data)
    if settings.ENVIRONMENT.database_url:
        reachable_database()
    with stages() as tell:
        manifest = restore_backup(file, progress=tell)
        open_database()
        finish_restore()
        rebuild_index(
            settings.ENVIRONMENT.index,
            progress=lambda done, total: tell(gettext("Building the search index"), done, total),
        )
    with progress(gettext("Verifying"), Capture.objects.count()) as advance:
        found = verify_archive(on_capture=advance)
    click.echo(
        ngettext(
            "Restored: %(rows)s row and %(files)s files, as they were at %(moment)s.",
            "Restored: %(rows)s rows and %(files)s files, as they were at %(moment)s.",
            manifest.rows,
        )
        % {"rows": manifest.rows, "files": len(manifest.files()), "moment": _as_read(manifest.made_at)}
    )
    if key_given and given != settings.SECRET_KEY:
        click.echo(
            gettext(
                "WELLSPRING_SECRET_KEY is not the key of this backup; the right one lies in %(file)s. "
                "Set it, or leave the variable out."
            )
            % {"file": settings.ENVIRONMENT.data / "secret_key"},
            err=True,
        )
    if found.damaged:
        click.echo(
            ngettext(
                "%(damaged)s capture is damaged, as it was when the backup was made; %(command)s names it.",
                "%(damaged)s captures are damaged, as they were when the backup was made; %(command)s names them.",
                len(found.damaged),
            )
            % {"damaged": len(found.damaged), "command": as_typed("verify")}
        )
        sys.exit(1)
    click.echo(
        ngettext(
            "%(captures)s capture verified: as received. %(command)s starts everything.",
            "%(captures)s captures verified: all as received. %(command)s starts everything.",
            found.captures,
        )
        % {"captures": found.captures, "command": as_typed("up")}
    )


def _as_read(moment: str) -> str:
    """An ISO moment as people here read it."""
    from datetime import datetime

    from django.utils import timezone

    return f"{timezone.localtime(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M:%S}"
