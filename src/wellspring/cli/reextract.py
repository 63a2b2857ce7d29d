"""`wellspring reextract`: read captured pages again that an older extractor read, or that could not be read."""

from __future__ import annotations

import click
from django.utils.translation import gettext, ngettext

from wellspring.cli.progress import progress
from wellspring.cli.setup import data_option


@click.command("reextract")
@click.option("--all", "everything", is_flag=True, help="Read every page again, also those this version read.")
@data_option
def command(everything: bool) -> None:
    """Read pages again: those that an older extractor read, and those that could not be read for a fault of ours.

    Can be stopped at any time; the next call goes on with what is left.
    """
    from wellspring.library.services.readings import pages_to_read_again, read_capture

    waiting = pages_to_read_again(everything=everything)
    failed = 0
    with progress(gettext("Reading again"), len(waiting)) as advance:
        for capture_id in waiting:
            failed += bool(read_capture(capture_id, again=True).reading.error_code)
            advance()
    done = len(waiting)
    click.echo(
        ngettext(
            "%(done)s page read again, %(failed)s of them could not be read.",
            "%(done)s pages read again, %(failed)s of them could not be read.",
            done,
        )
        % {"done": done, "failed": failed}
    )
