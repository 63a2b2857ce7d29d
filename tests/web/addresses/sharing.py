"""Addresses of sessions, talks and ideas, and what they are about: all of 柳湾社区."""

from typing import Any

from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from tests.web.addresses import sharing_ideas, sharing_sessions
from tests.web.addresses.answers import POST_ONLY, only

SEEN = only("worker", "mentor", "archivist", "leader", "administrator", "stranger")
SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)

TABLE = {
    "sharing:home": SEEN,
    "sharing:session": SEEN_HERE,
    "sharing:talk": SEEN_HERE,
    "sharing:remark": SEEN_HERE,
    "sharing:remark_withdraw": POST_ONLY,
    "sharing:endorse": POST_ONLY,
    **sharing_ideas.TABLE,
    **sharing_sessions.TABLE,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A session that is planned, and a talk that was handed in."""
    session = make_session()
    talk = make_talk(state="ready")
    idea = make_idea(proposer=talk.author, suggestion=talk.suggestions.get())
    remark = make_remark(idea)
    return {
        "sharing:session": {"pk": session.pk},
        "sharing:talk": {"pk": talk.pk},
        "sharing:remark": {"pk": idea.pk},
        "sharing:remark_withdraw": {"pk": remark.pk},
        "sharing:endorse": {"pk": idea.pk},
        **sharing_ideas.arguments(),
        **sharing_sessions.arguments(),
    }
