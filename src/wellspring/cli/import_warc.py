"""`wellspring import FILE…`: WARC files that others wrote, into this library."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from wellspring.cli.progress import stages
from wellspring.cli.setup import data_option


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--again", is_flag=True, help="Read files from their beginning that were imported before.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file instead of lines.")
@data_option
def command(files: tuple[Path, ...], again: bool, as_json: bool) -> None:
    """Keep what WARC files (.warc, .warc.gz) hold as captures of this library, and file the reports among them.

    May be interrupted at any time: the next import of the same file goes on. What could not be read is listed at the
    end, with exit status 1.
    """
    from django.utils.translation import gettext, ngettext

    from wellspring.library.services.importing import Failure, ImportRefused, import_file

    failures: list[tuple[Path, Failure]] = []
    refused: list[str] = []
    for file in files:
        try:
            with stages() as tell:
                done = import_file(file, again=again, progress=tell)
        except ImportRefused as error:
            refused.append(str(error))
            continue
        failures += [(file, failure) for failure in done.failures]
        if as_json:
            told = {
                "file": str(file),
                "sha256": done.file.digest,
                "records": done.file.records,
                "captured": done.captured,
                "snapshots": done.snapshots,
                "skipped": done.file.skipped,
                "failed": done.file.failed,
                "known_before": done.known_before,
                "failures": [{"offset": failure.place, "reason": failure.reason} for failure in done.failures],
            }
            click.echo(json.dumps(told, ensure_ascii=False))
        elif done.known_before:
            click.echo(gettext("%(file)s was imported before; nothing is added.") % {"file": file})
        else:
            click.echo(
                ngettext(
                    "%(file)s: %(captures)s capture, %(snapshots)s new reports; %(skipped)s records hold no page.",
                    "%(file)s: %(captures)s captures, %(snapshots)s new reports; %(skipped)s records hold no page.",
                    done.captured,
                )
                % {
                    "file": file,
                    "captures": done.captured,
                    "snapshots": done.snapshots,
                    "skipped": done.file.skipped,
                }
            )
    for line in refused:
        click.echo(line, err=True)
    if failures and not as_json:
        click.echo(gettext("Not read:"), err=True)
        for file, failure in failures:
            click.echo(
                gettext("  %(file)s at %(offset)s: %(reason)s")
                % {"file": file, "offset": failure.place, "reason": failure.reason},
                err=True,
            )
    if failures or refused:
        sys.exit(1)
