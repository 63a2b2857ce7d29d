"""`wellspring reextract`: read captured pages again that an older extractor read, or that could not be read."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext

from wellspring.cli.setup import data_option

if TYPE_CHECKING:
    from wellspring.cli.rereading_told import Examples
    from wellspring.library.services.rereading import Outcome

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_UNFINISHED = "reextract.unfinished"
"""Says in the data folder when a run of `--all` began that has not come to its end."""


@click.command("reextract")
@click.option("--all", "everything", is_flag=True, help="Every page, also those that the current rules read.")
@click.option("--anew", is_flag=True, help="With --all: begin again instead of going on with a run that was stopped.")
@click.option("--source", metavar="NAME", default="", help="Only pages of this source.")
@click.option("--since", type=_DAY, metavar="DAY", help="Only what was captured on this day or later (2025-03-05).")
@click.option("--snapshot", metavar="ADDRESS", default="", help="Only this snapshot: its number, page or origin.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="No more than so many pages.")
@click.option("--dry-run", is_flag=True, help="Say what would change, with examples, and write nothing.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="Processes at once."
)
@data_option
def command(
    everything: bool,
    anew: bool,
    source: str,
    since: datetime | None,
    snapshot: str,
    limit: int | None,
    dry_run: bool,
    jobs: int,
) -> None:
    """Read pages again: those that an older extractor read, and those that could not be read for a fault of ours.

    What was read before is kept beside it where it differs, and what somebody set right stays so. Can be stopped at any
    time; the next call goes on with what is left. Exit status 1 where something failed that is not the pages' fault.
    """
    from django.conf import settings
    from django.utils import timezone

    from wellspring.cli.rereading_told import Examples, Tally, bar, tell_summary
    from wellspring.library.services.rereading import chosen, how_many, waiting

    unfinished = settings.ENVIRONMENT.data / _UNFINISHED
    wanted = {"source": source, "since": since.date().isoformat() if since else "", "snapshot": snapshot}
    began = None
    if everything and not dry_run:
        began = _begun(unfinished, wanted, anew=anew)
    elif everything:
        began = timezone.now()
    choice = chosen(source=source, since=since.date() if since else None, snapshot=snapshot, read_before=began)
    total = how_many(choice)
    pages: Iterator[tuple[int, bool]] = itertools.islice(waiting(choice), limit)
    total = min(total, limit or total)
    tally, examples = Tally(), Examples()
    stopped = False
    with bar(gettext("Reading again"), total, tally) as advance:
        try:
            for outcome in _tried(pages, examples) if dry_run else _read(pages, jobs):
                tally.count(outcome)
                advance()
        except KeyboardInterrupt:
            stopped = True
    if began and not dry_run and not stopped and not how_many(choice):
        unfinished.unlink(missing_ok=True)
    tell_summary(tally, trial=dry_run)
    examples.tell()
    if stopped:
        click.echo(gettext("Stopped. What is done is done; the same command goes on with the rest."), err=True)
        sys.exit(130)
    if tally.our_faults:
        sys.exit(1)


def _read(pages: Iterator[tuple[int, bool]], jobs: int) -> Iterator[Outcome]:
    from wellspring.cli.rereading_pool import outcomes

    return outcomes(pages, jobs=jobs)


def _tried(pages: Iterator[tuple[int, bool]], examples: Examples) -> Iterator[Outcome]:
    from wellspring.library.services.rereading_trial import try_rereading

    for capture_id, _again in pages:
        trial = try_rereading(capture_id)
        examples.keep(trial)
        yield trial.outcome


def _begun(path: Path, wanted: dict[str, str], *, anew: bool) -> datetime:
    """When this run began: now, or when the run began that was stopped and wanted the same."""
    from django.utils import timezone

    if not anew:
        try:
            left = json.loads(path.read_text("utf-8"))
            if left["wanted"] == wanted:
                began = datetime.fromisoformat(left["began"])
                said = gettext("Going on with the run that began at %(time)s; --anew begins again.")
                told = timezone.localtime(began).strftime("%Y-%m-%d %H:%M:%S")
                click.echo(said % {"time": told}, err=True)
                return began
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none was stopped, or its mark cannot be read: begin
    began = timezone.now()
    temporary = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    temporary.write_text(json.dumps({"began": began.isoformat(), "wanted": wanted}), "utf-8")
    temporary.replace(path)
    return began
