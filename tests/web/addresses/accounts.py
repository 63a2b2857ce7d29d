"""Addresses of accounts, and what they are about."""

from typing import Any

from tests.people.factories import make_member
from tests.web.addresses.answers import everybody, only
from wellspring.people.accounts.services import issue_sign_in_link
from wellspring.people.viewer import INSTALLATION

TABLE = {
    "people:make_sign_in_link": only("leader", "administrator", stranger=404),
    "people:new_password": everybody(302, is_page=False),
    "people:sign_in_link": everybody(302, is_page=False),
}


def arguments() -> dict[str, dict[str, Any]]:
    """What the addresses that name a thing are filled with."""
    person = make_member("worker").user
    link = issue_sign_in_link(actor=INSTALLATION, user=person)
    return {
        "people:make_sign_in_link": {"pk": person.pk},
        "people:sign_in_link": {"secret": link.path.rstrip("/").rsplit("/", 1)[1]},
    }
