"""The notices that work plans give rise to."""

from __future__ import annotations

from wellspring.core.notices.kinds import NoticeKind, register_notice_kinds
from wellspring.engine.errors import marked

ITEM_ASSIGNED = "plan.item_assigned"
ITEM_DUE = "plan.item_due"
ITEMS_OVERDUE = "plan.items_overdue"
ITEM_AT_RISK = "plan.item_at_risk"
OWNER_LEFT = "plan.owner_left"
ITEM_POSTPONED = "plan.item_postponed"
ITEM_DROPPED = "plan.item_dropped"
OUTCOME_RECORDED = "plan.outcome_recorded"

KINDS = (
    NoticeKind(
        ITEM_ASSIGNED,
        name=marked("You were given something of the work plan"),
        sentence=marked("“%(goal)s” of the work plan is yours to do, due on %(due)s."),
        by_mail=True,
    ),
    NoticeKind(
        ITEM_DUE,
        name=marked("Something of yours in the work plan becomes due"),
        sentence=marked("“%(goal)s” is due on %(due)s."),
        by_mail=True,
        for_groups=True,
    ),
    NoticeKind(
        ITEMS_OVERDUE,
        name=marked("Something of yours in the work plan is overdue"),
        sentence=marked(
            "Of your items in the work plan %(overdue)s are overdue. Report on them, or have them postponed."
        ),
        by_mail=True,
    ),
    NoticeKind(
        ITEM_AT_RISK,
        name=marked("Something in the work plan is at risk"),
        sentence=marked("%(by)s says that “%(goal)s” is at risk."),
    ),
    NoticeKind(
        OWNER_LEFT,
        name=marked("Something in the work plan has lost its owner"),
        sentence=marked("%(name)s, who owns “%(goal)s” (due on %(due)s), has left. Hand it over to somebody else."),
    ),
    NoticeKind(
        ITEM_POSTPONED,
        name=marked("Something of yours in the work plan was postponed"),
        sentence=marked("“%(goal)s” is due on %(due)s now."),
    ),
    NoticeKind(
        ITEM_DROPPED,
        name=marked("Something of yours in the work plan was dropped"),
        sentence=marked("“%(goal)s” was dropped: %(reason)s"),
    ),
    NoticeKind(
        OUTCOME_RECORDED,
        name=marked("The outcome of something of yours was recorded"),
        sentence=marked("The outcome of “%(goal)s” was recorded."),
    ),
)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_notice_kinds(*KINDS)
