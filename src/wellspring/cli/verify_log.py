"""The capture log's part of `wellspring verify`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from wellspring.cli.progress import progress

if TYPE_CHECKING:
    from wellspring.library.log_verification import LogVerification


def verified_log() -> LogVerification:
    """Read the log again, with a progress bar."""
    from wellspring.library.log_verification import verify_log
    from wellspring.library.queries.log import log_size

    with progress(gettext("Verifying the log"), log_size()) as advance:
        return verify_log(on_leaf=advance)


def log_lines(found: LogVerification) -> Iterator[str]:
    """What there is to say: a line a problem, a line a note, and how much was read."""
    for problem in found.problems:
        yield f"{problem.said} [{problem.code}]"
    if found.more:
        yield gettext("… and %(count)s more.") % {"count": found.more}
    for note in found.notes:
        yield gettext("Note: %(said)s") % {"said": note.said}
    if found.waiting:
        yield gettext("Note: %(count)s captures wait for their place in the log.") % {"count": found.waiting}
    whole = ngettext(
        "%(leaves)s capture in the log, %(checkpoints)s checkpoints:",
        "%(leaves)s captures in the log, %(checkpoints)s checkpoints:",
        found.leaves,
    ) % {"leaves": found.leaves, "checkpoints": found.checkpoints}
    wrong = len(found.problems) + found.more
    yield f"{whole} " + (gettext("%(count)s wrong.") % {"count": wrong} if wrong else gettext("all as signed."))
