"""What a worker does for sessions by itself: series made ahead, the reminder of the day before."""

from wellspring.core.registry import Chore, register_chores
from wellspring.sharing.services.series_ahead import make_all_ahead
from wellspring.sharing.services.session_notices import remind_of_tomorrow


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_chores(
        Chore("sessions of series", 3600, make_all_ahead),
        Chore("sessions of tomorrow", 600, remind_of_tomorrow),
    )
