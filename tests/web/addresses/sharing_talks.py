"""Addresses of talks and of what is said to them: a talk of 柳湾社区 that was handed in."""

from typing import Any

from tests.sharing.factories import make_idea, make_remark, make_talk
from tests.web.addresses.answers import POST_ONLY, only
from wellspring.sharing.models import Evidence

PARTS = ("worker", "mentor", "archivist", "leader", "administrator")
SEEN_HERE = only(*PARTS, stranger=404)
OF_THE_AUTHOR = only(*PARTS, "stranger", status=404)
"""Nobody of the table wrote it; who did: tests/sharing/views/."""

TABLE = {
    "sharing:talk_new": only(*PARTS, "stranger"),
    "sharing:talk": SEEN_HERE,
    "sharing:talk_screen": SEEN_HERE,
    "sharing:talk_edit": OF_THE_AUTHOR,
    "sharing:talk_similar": OF_THE_AUTHOR,
    "sharing:talk_hand_in": OF_THE_AUTHOR,
    "sharing:talk_take_back": OF_THE_AUTHOR,
    "sharing:talk_copy": OF_THE_AUTHOR,
    "sharing:talk_delete": OF_THE_AUTHOR,
    "sharing:evidence": OF_THE_AUTHOR,
    "sharing:evidence_add": POST_ONLY,
    "sharing:evidence_upload": POST_ONLY,
    "sharing:evidence_change": POST_ONLY,
    "sharing:remark": SEEN_HERE,
    "sharing:remark_withdraw": POST_ONLY,
    "sharing:endorse": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    """The talk, its idea, a remark on it, a piece of evidence."""
    talk = make_talk(state="ready")
    idea = make_idea(proposer=talk.author, suggestion=talk.suggestions.get())
    piece = Evidence.objects.create(talk=talk, title="议事亭里的长桌")
    remark = make_remark(idea)
    about = {name: {"pk": talk.pk} for name in TABLE if name.startswith(("sharing:talk", "sharing:evidence"))}
    return {
        **about,
        "sharing:talk_new": {},
        "sharing:evidence_change": {"pk": talk.pk, "row": piece.pk},
        "sharing:remark": {"pk": idea.pk},
        "sharing:remark_withdraw": {"pk": remark.pk},
        "sharing:endorse": {"pk": idea.pk},
    }
