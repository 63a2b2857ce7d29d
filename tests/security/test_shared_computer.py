"""A computer that an office shares: nothing of whoever sat there before is left."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people.factories import make_member, make_user
from tests.web.test_permissions import addresses, client_of  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db

LOOKED_AT_BY_ALL = ("/", "/library/")


def test_what_somebody_signed_in_reads_is_kept_by_no_cache(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client, guest = client_of("administrator"), Client()
    wrong = []
    for name, path in addresses.items():
        answer = client.get(path)
        if answer.status_code != 200 or name.startswith(("library:log_", "library:picture", "api:")):
            continue
        told = answer.headers.get("Cache-Control", "")
        is_behind_a_door = guest.get(path).status_code == 302
        if not {"private", "no-store"} & set(told.split(", ")) or (is_behind_a_door and "no-store" not in told):
            wrong.append((name, told))
    assert wrong == []


def test_a_session_handed_to_somebody_beforehand_is_not_the_one_she_signs_in_with() -> None:
    user = make_member(user=make_user(password="青石桥下水长流 88")).user
    attacker, victim = Client(), Client()
    attacker.get("/sign-in/")
    attacker.session.save()
    planted = attacker.session.session_key or "planted-by-somebody-else-0000000"
    victim.cookies["sessionid"] = planted
    answer = victim.post("/sign-in/", {"username": user.username, "password": "青石桥下水长流 88"})
    assert answer.status_code == 302
    assert victim.cookies["sessionid"].value != planted
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/account/").status_code == 302
    for name in ("sessionid", "device"):
        assert answer.cookies[name]["httponly"], name
