"""What sessions bring to `/today/`: the next one, one's own part in it, what waits for one's answer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wellspring.core.registry import TodayCard, register_today_cards
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.queries.my_sessions import own_draft, own_slots
from wellspring.sharing.queries.sessions import sessions_between
from wellspring.sharing.queries.swaps import swaps_to_answer

AHEAD = timedelta(days=45)
JUST_BEGUN = timedelta(hours=6)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_today_cards(
        TodayCard(
            code="sharing.sessions",
            template="sharing/sessions/_today.html",
            content=content,
            order=10,
            styles="sharing/sessions.css",
        )
    )


def content(viewer: Viewer) -> dict[str, object] | None:
    """Her next session, her places on agendas, swaps that wait for her, her latest draft; None without any. Four
    queries."""
    if not viewer.may(Permission.TAKE_PART):
        return None
    now = timezone.now()
    coming = sessions_between(viewer, now - JUST_BEGUN, now + AHEAD).exclude(state="held")
    following = coming.first()
    slots, swaps, draft = list(own_slots(viewer)), list(swaps_to_answer(viewer)), own_draft(viewer)
    if following is None and not slots and not swaps and draft is None:
        return None
    return {"session": following, "slots": slots, "swaps": swaps, "draft": draft}
