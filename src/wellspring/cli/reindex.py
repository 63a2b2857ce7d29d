"""`wellspring reindex`: build the search index anew."""

from __future__ import annotations

import time

import click

from wellspring.cli.setup import data_option


@click.command()
@data_option
def command() -> None:
    """Build the search index anew, with a progress bar. Web and follower may run meanwhile and change over to it."""
    from django.conf import settings
    from django.utils.translation import gettext as _
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from wellspring.core.rebuild import rebuild_index

    begun = time.monotonic()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(_("Building the search index"), total=None)
        documents = rebuild_index(
            settings.ENVIRONMENT.index, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    seconds = f"{time.monotonic() - begun:.1f}"
    click.echo(
        _("The search index holds %(count)d documents; built in %(seconds)s s.")
        % {"count": documents, "seconds": seconds}
    )
