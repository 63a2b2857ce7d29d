"""The one place that says what each role may do. Services and pages ask `Viewer.may`; nothing else decides."""

from __future__ import annotations

from enum import StrEnum

from wellspring.people.models import RoleName


class Permission(StrEnum):
    """What somebody may do, in the unit where she has the role and in all below it."""

    READ = "read"
    """Read the library of a closed house; see one's own community."""
    HAND_IN = "hand_in"
    """Have an address captured."""
    SEE_PEOPLE = "see_people"
    """The list of members with posts and roles."""
    MANAGE_PEOPLE = "manage_people"
    """Invite, change and end memberships, leave, one-time sign-in links; give any role but those below."""
    MANAGE_OFFICE = "manage_office"
    """Units of organisation; the roles leader, archivist, administrator."""
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_WEBHOOKS = "manage_webhooks"
    SEE_HEALTH = "see_health"
    SEE_AUDIT = "see_audit"
    MANAGE_SOURCES = "manage_sources"
    MANAGE_CHANNELS = "manage_channels"
    MANAGE_TOPICS = "manage_topics"
    CORRECT_SNAPSHOTS = "correct_snapshots"
    TAKE_PART = "take_part"
    """Read the unit's sessions, talks, ideas, plans; speak, remark, endorse, hand in ideas, report on one's items."""
    HOST_SESSIONS = "host_sessions"
    """Set up sessions, name their chairs, decide on ideas, sign minutes off. A session's chair may for hers."""
    MANAGE_PLAN = "manage_plan"
    """Open and close plans; add, change, split, merge, postpone, drop and carry items; record outcomes."""
    SEE_FIGURES = "see_figures"
    """The figures of sessions, ideas and plans of the unit and all below; not their contents."""


_ALL = frozenset(Permission)
_MEMBER = frozenset(
    {Permission.READ, Permission.HAND_IN, Permission.SEE_PEOPLE, Permission.TAKE_PART, Permission.SEE_FIGURES}
)

GRANTS: dict[RoleName, frozenset[Permission]] = {
    RoleName.OBSERVER: frozenset({Permission.READ, Permission.SEE_FIGURES}),
    RoleName.WORKER: _MEMBER,
    RoleName.MENTOR: _MEMBER,
    RoleName.ARCHIVIST: _MEMBER
    | {
        Permission.MANAGE_SOURCES,
        Permission.MANAGE_CHANNELS,
        Permission.MANAGE_TOPICS,
        Permission.CORRECT_SNAPSHOTS,
        Permission.SEE_HEALTH,
    },
    RoleName.LEADER: _ALL - {Permission.MANAGE_OFFICE},
    RoleName.ADMINISTRATOR: _ALL,
}

OF_THE_INSTALLATION = frozenset(
    {
        Permission.READ,
        Permission.HAND_IN,
        Permission.SEE_HEALTH,
        Permission.MANAGE_SOURCES,
        Permission.MANAGE_CHANNELS,
        Permission.MANAGE_TOPICS,
        Permission.CORRECT_SNAPSHOTS,
        Permission.MANAGE_CALENDAR,
    }
)
"""About what all units share, such as the library: held by whoever has it in any unit."""

GIVEN_WITH: dict[RoleName, Permission] = {
    RoleName.OBSERVER: Permission.MANAGE_PEOPLE,
    RoleName.WORKER: Permission.MANAGE_PEOPLE,
    RoleName.MENTOR: Permission.MANAGE_PEOPLE,
    RoleName.ARCHIVIST: Permission.MANAGE_OFFICE,
    RoleName.LEADER: Permission.MANAGE_OFFICE,
    RoleName.ADMINISTRATOR: Permission.MANAGE_OFFICE,
}
"""What somebody needs in a unit to give this role there, or to take it away; and never more than she may herself."""
