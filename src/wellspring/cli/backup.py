"""`wellspring backup FILE`: the whole installation in one file, written while it runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wellspring.cli.progress import stages
from wellspring.cli.setup import as_typed, data_option


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def command(file: Path) -> None:
    """Save database, archive and keys to FILE, which must not exist yet; it is read again and compared at the end.

    FILE holds the keys and everything that people entered: keep it where only you can read it.
    """
    from django.template.defaultfilters import filesizeformat
    from django.utils.translation import gettext, ngettext

    from wellspring.core.backup import write_backup
    from wellspring.library.queries.archive import kept_lengths

    with stages() as progress:
        manifest = write_backup(file, lengths=kept_lengths, progress=progress)
    click.echo(
        ngettext(
            "%(file)s: %(rows)s row and %(files)s files, %(size)s; read again, as written.",
            "%(file)s: %(rows)s rows and %(files)s files, %(size)s; read again, as written.",
            manifest.rows,
        )
        % {
            "file": file,
            "rows": manifest.rows,
            "files": len(manifest.files()),
            "size": filesizeformat(file.stat().st_size).replace("\xa0", " "),
        }
    )
    if manifest.missing:
        click.echo(
            gettext("The archive itself is not whole; missing or cut off: %(files)s. %(command)s tells more.")
            % {"files": ", ".join(manifest.missing[:20]), "command": as_typed("verify")},
            err=True,
        )
        sys.exit(1)
