"""Tables of people: units of organisation, who belongs to them, with which roles, who is away, who is invited, and
one-time sign-in links, robots of group chats."""

from .imports import StaffImport
from .invitations import Invitation, InvitationState
from .leave import Leave, LeaveKind
from .members import Member, Role, RoleName, active, not_ended
from .orgs import Level, OrgUnit
from .sign_in_attempts import SignInAttempt
from .sign_in_links import SignInLink
from .webhooks import ChatService, GroupWebhook

__all__ = [
    "ChatService",
    "GroupWebhook",
    "Invitation",
    "InvitationState",
    "Leave",
    "LeaveKind",
    "Level",
    "Member",
    "OrgUnit",
    "Role",
    "RoleName",
    "SignInAttempt",
    "SignInLink",
    "StaffImport",
    "active",
    "not_ended",
]
