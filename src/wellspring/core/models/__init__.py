"""Tables of what every app stands on: the user, the audit trail, the search outbox and its followers, notices."""

from .audit import AuditEntry
from .notices import MailPace, NoticeChannel, NoticeChoice, NoticeDelivery, NoticeSettings, Notification
from .outbox import Follower, IndexChange
from .users import User

__all__ = [
    "AuditEntry",
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
