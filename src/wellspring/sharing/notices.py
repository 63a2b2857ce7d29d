"""The notices that sessions, talks and ideas give rise to."""

from wellspring.core.notices.kinds import NoticeKind, register_notice_kinds

KINDS: tuple[NoticeKind, ...] = ()


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_notice_kinds(*KINDS)
