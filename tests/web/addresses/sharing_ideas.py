"""Addresses of ideas, and what they are about: an idea of 柳湾社区 that is not decided yet."""

from typing import Any

from tests.people.factories import make_member
from tests.sharing.factories import make_idea
from tests.web.addresses.answers import POST_ONLY, only

_MEMBERS = ("worker", "mentor", "archivist", "leader", "administrator")

SEEN = only(*_MEMBERS, "stranger")
SEEN_HERE = only(*_MEMBERS, stranger=404)
WITH_OBSERVERS = only(*_MEMBERS, "stranger", "observer")
ONE_WITH_OBSERVERS = only(*_MEMBERS, stranger=404, observer=404)
LED_HERE = only("leader", "administrator", stranger=404)

TABLE = {
    "sharing:figures": WITH_OBSERVERS,
    "sharing:figures_export": POST_ONLY,
    "sharing:ideas": only(*_MEMBERS, "stranger", observer=302),
    "sharing:ideas_list": SEEN,
    "sharing:ideas_open": WITH_OBSERVERS,
    "sharing:idea_add": SEEN,
    "sharing:idea": ONE_WITH_OBSERVERS,
    "sharing:idea_change": only(stranger=404),  # its proposer's alone
    "sharing:idea_decide": LED_HERE,
    "sharing:idea_adopt": LED_HERE,
    "sharing:idea_open": POST_ONLY,
    "sharing:idea_follow": POST_ONLY,
    "sharing:idea_copy": only(*_MEMBERS, "stranger", status=404),  # another community's alone
    "sharing:trace": ONE_WITH_OBSERVERS,
    "sharing:idea_study": SEEN_HERE,
    "sharing:study_write": LED_HERE,
    "sharing:study_change": LED_HERE,
}
WITHOUT_ONE = {
    "sharing:figures",
    "sharing:figures_export",
    "sharing:ideas",
    "sharing:ideas_list",
    "sharing:ideas_open",
    "sharing:idea_add",
}


def arguments() -> dict[str, dict[str, Any]]:
    """The idea that the addresses name."""
    idea = make_idea(proposer=make_member(full_name="范青"))
    return {name: {"pk": idea.pk} for name in TABLE if name not in WITHOUT_ONE}
