"""The notices that sessions, their agendas and swaps give rise to."""

from wellspring.core.notices.kinds import NoticeKind
from wellspring.engine.errors import marked

PROPOSED = "sharing.proposed"
ANSWERED = "sharing.answered"
VOLUNTEERED = "sharing.volunteered"
TAKEN_OFF = "sharing.taken_off"
SWAP_ASKED = "sharing.swap_asked"
SWAP_ANSWERED = "sharing.swap_answered"
CHAIR = "sharing.chair"
MOVED = "sharing.session_moved"
CANCELLED = "sharing.session_cancelled"
REINSTATED = "sharing.session_reinstated"
TOMORROW = "sharing.session_tomorrow"

OF_SESSIONS = (
    NoticeKind(
        PROPOSED,
        name=marked("You are proposed as a speaker"),
        sentence=marked("You are proposed as a speaker of “%(title)s” on %(day)s. Please say whether you will."),
        by_mail=True,
    ),
    NoticeKind(
        ANSWERED,
        name=marked("A speaker answered"),
        sentence=marked("A speaker you asked for “%(title)s” on %(day)s has answered. Look at the agenda."),
        sentence_many=marked("Speakers you asked for “%(title)s” on %(day)s have answered. Look at the agenda."),
    ),
    NoticeKind(
        VOLUNTEERED,
        name=marked("Somebody wants to speak"),
        sentence=marked("%(name)s wants to speak at “%(title)s” on %(day)s."),
    ),
    NoticeKind(
        TAKEN_OFF,
        name=marked("You were taken off an agenda"),
        sentence=marked("You were taken off the agenda of “%(title)s” on %(day)s: %(reason)s"),
    ),
    NoticeKind(
        SWAP_ASKED,
        name=marked("A colleague wants to swap with you"),
        sentence=marked("%(name)s asks you to swap: “%(title)s” on %(day)s. Please answer."),
        by_mail=True,
    ),
    NoticeKind(
        SWAP_ANSWERED,
        name=marked("Your swap was answered"),
        sentence=marked("%(name)s answered your wish to swap for “%(title)s” on %(day)s."),
    ),
    NoticeKind(
        CHAIR,
        name=marked("You chair a session"),
        sentence=marked("You chair “%(title)s” on %(day)s at %(time)s, %(place)s."),
    ),
    NoticeKind(
        MOVED,
        name=marked("A session was moved"),
        sentence=marked("“%(title)s” was moved from %(before)s to %(day)s %(time)s, %(place)s: %(reason)s"),
        for_groups=True,
    ),
    NoticeKind(
        CANCELLED,
        name=marked("A session was cancelled"),
        sentence=marked("“%(title)s” on %(day)s is cancelled: %(reason)s"),
        for_groups=True,
    ),
    NoticeKind(
        REINSTATED,
        name=marked("A session takes place after all"),
        sentence=marked("“%(title)s” on %(day)s at %(time)s takes place after all."),
        for_groups=True,
    ),
    NoticeKind(
        TOMORROW,
        name=marked("A session is tomorrow"),
        sentence=marked("Tomorrow, %(day)s, at %(time)s: “%(title)s”, %(place)s."),
        for_groups=True,
    ),
)
