"""What the audit trail says about sessions, talks and ideas."""

from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked
from wellspring.sharing.ideas_told import IDEA_ACTIONS

SESSIONS = (
    Action("sharing.session_set_up", marked("set up the session of %(day)s")),
    Action("sharing.session_changed", marked("changed what stands about the session")),
)

TALKS = (
    Action("sharing.talk_handed_in", marked("handed in the talk “%(title)s” with %(count)s suggestions")),
    Action("sharing.talk_changed", marked("changed the talk “%(title)s” after it was handed in")),
    Action("sharing.talk_taken_back", marked("took the talk “%(title)s” back to go on writing")),
    Action("sharing.talk_deleted", marked("deleted the draft “%(title)s”")),
    Action("sharing.remark_withdrawn", marked("took an own remark back")),
    Action("sharing.remark_taken_out", marked("took a remark of %(author)s out")),
)

DAY = (
    Action("sharing.session_begun", marked("began the session")),
    Action("sharing.session_ended", marked("ended the session")),
    Action("sharing.session_resumed", marked("took the end of the session back")),
    Action("sharing.speaker_absent", marked("noted that %(name)s could not come to speak")),
    Action("sharing.attendance_entered", marked("entered as present: %(names)s")),
    Action("sharing.attendance_taken_out", marked("took %(name)s out of those present")),
)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_actions(*SESSIONS, *TALKS)
    register_actions(*DAY)
    register_actions(*IDEA_ACTIONS)
