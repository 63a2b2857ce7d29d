"""`wellspring export-data DIR`: everything that was entered, or what is kept about a person."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from wellspring.cli.progress import stages
from wellspring.cli.setup import data_option


@click.command("export-data")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--person", metavar="USER", help="Only what is kept about this user, as JSON and as a page.")
@click.option("--by", metavar="NAME", help="Who asks for it; written into the export. Default: the user of this shell.")
@data_option
def command(folder: Path, person: str | None, by: str | None) -> None:
    """Write tables as CSV and JSON, files, and captures as WARC into FOLDER, which must not exist yet.

    The export says who made it and when, and the audit trail remembers it.
    """
    from django.utils.translation import gettext, ngettext

    from wellspring.core.data_export import export_everything, export_person
    from wellspring.core.models import User
    from wellspring.library.exporting import Exported, export_captures, wanted_captures

    asked_by = by or getpass.getuser()
    if person is not None:
        user = User.objects.filter(username=person).first()
        if user is None:
            raise click.ClickException(gettext("Nobody here is called %(name)s.") % {"name": person})
        kept = export_person(user, folder, by=asked_by)
        rows = sum(len(one.rows) for one in kept)
        click.echo(
            ngettext("%(folder)s: %(rows)s row about %(name)s.", "%(folder)s: %(rows)s rows about %(name)s.", rows)
            % {"folder": folder, "rows": rows, "name": user.get_full_name()}
        )
        return
    done = Exported()

    def captures(into: Path) -> int:
        nonlocal done
        into.mkdir()
        done = export_captures(wanted_captures(), into / "captures.warc.gz", progress=tell)
        return done.captures

    with stages() as tell:
        rows = export_everything(folder, by=asked_by, warcs=captures, progress=tell)
    click.echo(
        ngettext(
            "%(folder)s: %(rows)s row, %(captures)s captures.",
            "%(folder)s: %(rows)s rows, %(captures)s captures.",
            rows,
        )
        % {"folder": folder, "rows": rows, "captures": done.captures}
    )
    for capture, reason in done.damaged:
        click.echo(gettext("Left out: capture %(id)s. %(reason)s") % {"id": capture, "reason": reason}, err=True)
    if done.damaged:
        sys.exit(1)
