"""What the audit trail says about sessions, talks and ideas."""

from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked
from wellspring.sharing.ideas_told import IDEA_ACTIONS

SESSIONS = (
    Action("sharing.session_set_up", marked("set up the session of %(day)s")),
    Action("sharing.session_changed", marked("changed what stands about the session")),
    Action("sharing.session_moved", marked("moved the session from %(before)s to %(after)s, %(place)s: %(reason)s")),
    Action("sharing.session_cancelled", marked("cancelled the session of %(day)s: %(reason)s")),
    Action("sharing.session_reinstated", marked("took the cancelling of the session of %(day)s back")),
    Action("sharing.series_started", marked("started the series “%(title)s”: %(rule)s")),
    Action("sharing.series_changed", marked("changed the series “%(title)s” from %(day)s on")),
    Action("sharing.series_ended", marked("ended the series “%(title)s” after %(day)s")),
)
AGENDA = (
    Action("sharing.speaker_proposed", marked("proposed %(name)s as a speaker")),
    Action("sharing.speaker_agreed", marked("agreed to speak")),
    Action("sharing.speaker_declined", marked("declined to speak: %(reason)s")),
    Action("sharing.speaker_volunteered", marked("put her name down as a speaker")),
    Action("sharing.speaker_cannot", marked("entered that %(name)s cannot come: %(reason)s")),
    Action("sharing.speaker_taken_off", marked("took %(name)s off the agenda: %(reason)s")),
    Action("sharing.agenda_ordered", marked("changed the order of the agenda")),
    Action("sharing.slot_minutes", marked("gave %(name)s %(minutes)s minutes")),
    Action("sharing.slot_talk", marked("chose the talk of %(name)s: %(talk)s")),
    Action("sharing.swap_asked", marked("asked %(name)s to swap")),
    Action("sharing.swap_agreed", marked("agreed to swap with %(name)s")),
    Action("sharing.swap_declined", marked("declined to swap with %(name)s")),
    Action("sharing.swap_withdrawn", marked("took back asking %(name)s to swap")),
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
    Action("sharing.minutes_edited", marked("edited the minutes")),
    Action("sharing.minutes_reset", marked("had the minutes written anew")),
    Action("sharing.minutes_signed", marked("signed the minutes off")),
    Action("sharing.minutes_opened", marked("took the signature below the minutes back: %(reason)s")),
)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_actions(*SESSIONS, *AGENDA)
    register_actions(*TALKS)
    register_actions(*DAY)
    register_actions(*IDEA_ACTIONS)
