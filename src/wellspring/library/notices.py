"""The notices that the library gives rise to."""

from __future__ import annotations

from wellspring.core.notices.kinds import NoticeKind, register_notice_kinds
from wellspring.engine.errors import marked

SOURCE_FAILING = "library.source_failing"
HANDED_IN_READY = "library.handed_in_ready"
HANDED_IN_FAILED = "library.handed_in_failed"


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_notice_kinds(
        NoticeKind(
            HANDED_IN_READY,
            name=marked("An address you handed in is in the library"),
            sentence=marked("In the library now: %(title)s"),
        ),
        NoticeKind(
            HANDED_IN_FAILED,
            name=marked("An address you handed in could not be read"),
            sentence=marked("The address you handed in could not be taken in: %(host)s"),
        ),
        NoticeKind(
            SOURCE_FAILING,
            name=marked("A source has failed for a day"),
            sentence=marked("No visit to the source “%(name)s” has succeeded for a day."),
            by_mail=True,
        ),
    )
