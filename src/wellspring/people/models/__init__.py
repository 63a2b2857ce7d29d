"""Tables of people: units of organisation, who belongs to them, and with which roles."""

from .members import Member, Role, RoleName
from .orgs import Level, OrgUnit

__all__ = ["Level", "Member", "OrgUnit", "Role", "RoleName"]
