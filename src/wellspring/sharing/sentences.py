"""What the audit trail says about sessions, talks and ideas."""

from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked

SESSIONS = (
    Action("sharing.session_set_up", marked("set up the session of %(day)s")),
    Action("sharing.session_changed", marked("changed what stands about the session")),
)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_actions(*SESSIONS)
