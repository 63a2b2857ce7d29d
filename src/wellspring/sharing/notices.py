"""The notices that sessions, talks and ideas give rise to."""

from wellspring.core.notices.kinds import NoticeKind, register_notice_kinds
from wellspring.engine.errors import marked
from wellspring.sharing.ideas_told import IDEA_NOTICES
from wellspring.sharing.session_kinds import OF_SESSIONS

REMARK = "sharing.remark"

OF_TALKS = (
    NoticeKind(
        REMARK,
        name=marked("A remark on your suggestion"),
        sentence=marked("There is a remark on your suggestion “%(idea)s”."),
        sentence_many=marked("There are %(count)s remarks on your suggestion “%(idea)s”."),
    ),
)

KINDS: tuple[NoticeKind, ...] = (*OF_SESSIONS, *OF_TALKS, *IDEA_NOTICES)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_notice_kinds(*KINDS)
