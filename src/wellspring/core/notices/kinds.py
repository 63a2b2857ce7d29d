"""The kinds of notices there are; apps register theirs in `AppConfig.ready()`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice, and how it is carried where the person has chosen nothing."""

    code: str
    """`app.what_happened`, e.g. `people.role_given`."""
    name: str
    """Marked message: what it is called among a person's choices."""
    sentence: str
    """Marked message, filled from the notice's data."""
    sentence_many: str = ""
    """Marked message for several that were folded into one; `%(count)s` is how many. Empty: as for one."""
    is_confidential: bool = False
    """Its sentence is shown after sign-in only: a mail tells that there is a notice, not what it says."""
    is_urgent: bool = False
    """Neither quiet hours nor rest days nor the daily digest hold it up."""
    always_shown: bool = False
    """Cannot be switched off in the house, such as what concerns the safety of one's account."""
    by_mail: bool = False
    """By mail too, where the person has chosen nothing."""
    for_groups: bool = False
    """Counted in the messages to a unit's group, where it is about a unit."""


_kinds: dict[str, NoticeKind] = {}


def register_notice_kinds(*kinds: NoticeKind) -> None:
    _kinds.update((kind.code, kind) for kind in kinds)


def notice_kinds() -> dict[str, NoticeKind]:
    """By code, in the order of registration."""
    return dict(_kinds)
