"""`wellspring export`: captures as a WARC file that other tools read."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from wellspring.cli.progress import stages
from wellspring.cli.setup import as_typed, data_option

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file.")
@click.option("--id", "ids", multiple=True, type=int, metavar="N", help="This capture; may be given several times.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Captures of this source.")
@click.option("--channel", "channels", multiple=True, metavar="SLUG", help="Captures of reports in this channel.")
@click.option("--from", "since", type=DAY, metavar="DAY", help="Captured on this day or later (2025-03-05).")
@click.option("--to", "until", type=DAY, metavar="DAY", help="Captured on this day or before.")
@data_option
def command(
    output: Path,
    ids: tuple[int, ...],
    sources: tuple[str, ...],
    channels: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Write captures, all or those that meet every condition, to one WARC file (.warc.gz), as they were received.

    What a capture only refers to is written too. `wellspring import` and other tools read the file.
    """
    from django.template.defaultfilters import filesizeformat
    from django.utils.translation import gettext, ngettext

    from wellspring.library.exporting import export_captures, wanted_captures

    captures = wanted_captures(
        ids=ids,
        sources=sources,
        channels=channels,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    with stages() as tell:
        done = export_captures(captures, output, progress=tell)
    click.echo(
        ngettext(
            "%(file)s: %(captures)s capture, %(size)s.", "%(file)s: %(captures)s captures, %(size)s.", done.captures
        )
        % {"file": output, "captures": done.captures, "size": filesizeformat(done.size).replace("\xa0", " ")}
    )
    for capture, reason in done.damaged:
        click.echo(
            gettext("Left out: capture %(id)s. %(reason)s") % {"id": capture, "reason": reason},
            err=True,
        )
    if done.damaged:
        click.echo(gettext("%(command)s tells more.") % {"command": as_typed("verify")}, err=True)
        sys.exit(1)
