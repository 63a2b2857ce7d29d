"""Tables of what every app stands on: user, audit trail, calendar, search outbox and its followers, notices."""

from .audit import AuditEntry
from .calendar import CalendarDay
from .notices import MailPace, NoticeChannel, NoticeChoice, NoticeDelivery, NoticeSettings, Notification
from .outbox import Follower, IndexChange
from .users import User

__all__ = [
    "AuditEntry",
    "CalendarDay",
    "Follower",
    "IndexChange",
    "MailPace",
    "NoticeChannel",
    "NoticeChoice",
    "NoticeDelivery",
    "NoticeSettings",
    "Notification",
    "User",
]
