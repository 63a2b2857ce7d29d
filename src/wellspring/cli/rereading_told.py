"""What `wellspring reextract` shows: a bar with rate, time left and counts; a summary; what a trial would change."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from wellspring.library.services.rereading import Outcome
    from wellspring.library.services.rereading_trial import Trial

NAMED = 20
EXAMPLES = 3
_LONGEST = 100


@dataclass(slots=True)
class Tally:
    changed: int = 0
    unchanged: int = 0
    unreadable: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    ours: list[Outcome] = field(default_factory=list)
    """The first that failed for a reason that is not the page's."""
    our_faults: int = 0

    @property
    def done(self) -> int:
        return self.changed + self.unchanged + self.unreadable

    def count(self, outcome: Outcome) -> None:
        if outcome.error_code:
            self.unreadable += 1
            self.reasons[outcome.error_code] += 1
            if outcome.is_our_fault:
                self.our_faults += 1
                if len(self.ours) < NAMED:
                    self.ours.append(outcome)
        elif outcome.changed or outcome.is_new:
            self.changed += 1
            # Time and precision are one thing to whoever reads this.
            self.fields.update({"published_at" if name == "published_precision" else name for name in outcome.changed})
        else:
            self.unchanged += 1

    def told(self) -> str:
        """The counts, short enough for the bar."""
        return gettext("changed %(changed)s · unchanged %(unchanged)s · unreadable %(unreadable)s") % {
            "changed": self.changed,
            "unchanged": self.unchanged,
            "unreadable": self.unreadable,
        }


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else gettext("%(rate)s a second") % {"rate": f"{speed:.0f}"})


@contextmanager
def bar(label: str, total: int, tally: Tally) -> Iterator[Callable[[], None]]:
    """Give a function to be called once for each page, on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(label, total=total, told=tally.told())
        yield lambda: shown.update(task, advance=1, told=tally.told())


def tell_summary(tally: Tally, *, trial: bool = False) -> None:
    """Counts on standard output; what failed for a fault of ours by name on standard error."""
    from wellspring.library.queries.earlier_records import field_label

    counts = {"done": tally.done, "changed": tally.changed, "unchanged": tally.unchanged, "failed": tally.unreadable}
    if trial:
        said = ngettext(
            "%(done)s page tried, nothing written: %(changed)s would change, %(unchanged)s would not, %(failed)s "
            "could not be read.",
            "%(done)s pages tried, nothing written: %(changed)s would change, %(unchanged)s would not, %(failed)s "
            "could not be read.",
            tally.done,
        )
    else:
        said = ngettext(
            "%(done)s page read again: %(changed)s changed, %(unchanged)s unchanged, %(failed)s could not be read.",
            "%(done)s pages read again: %(changed)s changed, %(unchanged)s unchanged, %(failed)s could not be read.",
            tally.done,
        )
    click.echo(said % counts)
    if tally.fields:
        told = (f"{field_label(name)} {count}" for name, count in tally.fields.most_common())
        click.echo(gettext("Read otherwise: %(fields)s") % {"fields": " · ".join(told)})
    if tally.reasons:
        told = (f"{code} {count}" for code, count in tally.reasons.most_common())
        click.echo(gettext("Not read: %(reasons)s. These stay as they were.") % {"reasons": " · ".join(told)})
    if tally.ours:
        click.echo(gettext("Failed for a reason that is not the page's; the next run tries again:"), err=True)
        for one in tally.ours:
            said = gettext("  capture %(id)s, %(url)s: %(reason)s")
            click.echo(said % {"id": one.capture_id, "url": one.url, "reason": one.told}, err=True)
        if (more := tally.our_faults - len(tally.ours)) > 0:
            click.echo(ngettext("  and %(count)s more", "  and %(count)s more", more) % {"count": more}, err=True)


@dataclass(slots=True)
class Examples:
    """The first changes of each field that a trial met."""

    kept: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def keep(self, trial: Trial) -> None:
        for label, before, now in trial.changes:
            of_field = self.kept.setdefault(label, [])
            if len(of_field) < EXAMPLES:
                of_field.append((trial.outcome.url, _line(before), _line(now)))

    def tell(self) -> None:
        for label, examples in self.kept.items():
            click.secho(label, bold=True)
            for url, before, now in examples:
                click.echo(f"  {url}\n    - {before}\n    + {now}")


def _line(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _LONGEST else f"{one[:_LONGEST]}…"
