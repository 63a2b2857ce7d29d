"""Tables of what every app stands on: the user, the audit trail, the search outbox and its followers."""

from .audit import AuditEntry
from .outbox import Follower, IndexChange
from .users import User

__all__ = ["AuditEntry", "Follower", "IndexChange", "User"]
