"""What the page of the day says about ideas: details that one is asked to work out, and ideas that wait for one."""

from __future__ import annotations

from collections.abc import Mapping

from wellspring.core.registry import TodayCard, register_today_cards
from wellspring.people.viewer import Viewer
from wellspring.sharing.queries.idea_lists import asked_to_study, waiting_for_decision


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_today_cards(
        TodayCard(
            code="sharing.ideas",
            template="sharing/ideas/_today.html",
            content=card,
            order=11,
            styles="sharing/ideas.css",
        )
    )


def card(viewer: Viewer) -> Mapping[str, object] | None:
    """Her studies, and for who decides how many ideas wait; None where there is neither."""
    studies, waiting = list(asked_to_study(viewer)[:5]), waiting_for_decision(viewer)
    return {"studies": studies, "waiting": waiting} if studies or waiting else None
