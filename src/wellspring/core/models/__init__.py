"""Tables of what every app stands on: user, attachments, audit trail, calendar, search outbox, notices."""

from .attachments import Attachment
from .audit import AuditEntry
from .calendar import CalendarDay
from .feeds import CalendarFeed
from .notices import MailPace, NoticeChannel, NoticeChoice, NoticeDelivery, NoticeSettings, Notification
from .outbox import Follower, IndexChange
from .users import User

__all__ = [
    "Attachment",
    "AuditEntry",
    "CalendarDay",
    "CalendarFeed",
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
