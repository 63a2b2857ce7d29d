"""Tables of people: units of organisation, who belongs to them, with which roles, and their one-time sign-in links."""

from .members import Member, Role, RoleName
from .orgs import Level, OrgUnit
from .sign_in_links import SignInLink

__all__ = ["Level", "Member", "OrgUnit", "Role", "RoleName", "SignInLink"]
