"""What a row of the table says: the status of a GET for everybody who may ask."""

from __future__ import annotations

from dataclasses import dataclass

WHO = (
    "guest",
    "former",  # signed in, but her membership has ended
    "observer",
    "worker",
    "mentor",
    "archivist",
    "leader",
    "administrator",
    "stranger",  # leader of another community
)
"""Who asks. All but `stranger` belong to the community that the addresses are about."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Status of a GET."""

    statuses: dict[str, int]
    """By who asks."""
    closed: dict[str, int] | None = None
    """Where a closed house answers otherwise."""
    is_page: bool = True
    """HTML of ours; not JSON, a redirect or a file."""

    def of(self, who: str, *, closed: bool) -> int:
        if closed and self.closed and who in self.closed:
            return self.closed[who]
        return self.statuses[who]


def everybody(status: int, *, is_page: bool = True, **others: int) -> Answers:
    """The same for all but the ones named."""
    return Answers({**dict.fromkeys(WHO, status), **others}, is_page=is_page)


def only(*allowed: str, status: int = 200, otherwise: int = 403, is_page: bool = True, **others: int) -> Answers:
    """`status` for the ones named, the way to the sign-in page for guests, `otherwise` for everybody else.

    For a thing of one community `stranger=404`: that it exists is not told.
    """
    statuses = {**dict.fromkeys(WHO, otherwise), "guest": 302, **dict.fromkeys(allowed, status), **others}
    return Answers(statuses, is_page=is_page)


def signed_in(status: int = 200, *, is_page: bool = True) -> Answers:
    """Whoever has an account; guests are shown to the sign-in page."""
    return everybody(status, is_page=is_page, guest=302)


READERS_PAGE = Answers(dict.fromkeys(WHO, 200), closed={"guest": 302, "former": 403})
READERS_FILE = Answers(dict.fromkeys(WHO, 200), closed={"guest": 302, "former": 403}, is_page=False)
READERS_DATA = Answers(dict.fromkeys(WHO, 200), closed={"guest": 401, "former": 401}, is_page=False)
POST_ONLY = everybody(405, is_page=False)
