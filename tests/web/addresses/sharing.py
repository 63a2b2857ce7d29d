"""Addresses of sessions, talks and ideas, and what they are about: all of 柳湾社区."""

from typing import Any

from tests.sharing.factories import make_session
from tests.web.addresses import sharing_ideas, sharing_sessions, sharing_talks
from tests.web.addresses.answers import only

SEEN = only("worker", "mentor", "archivist", "leader", "administrator", "stranger")
SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)

TABLE = {
    "sharing:home": only("worker", "mentor", "archivist", "leader", "administrator", "stranger", observer=302),
    "sharing:session": SEEN_HERE,
    **sharing_talks.TABLE,
    **sharing_ideas.TABLE,
    **sharing_sessions.TABLE,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A session that is planned, and what the areas add."""
    session = make_session()
    return {
        "sharing:session": {"pk": session.pk},
        **sharing_talks.arguments(),
        **sharing_ideas.arguments(),
        **sharing_sessions.arguments(),
    }
