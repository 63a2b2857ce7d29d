"""One name leads to one account: nobody takes another's mail address for a user name."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people.factories import make_member, make_org, make_user
from tests.people.spreadsheets.books import book
from wellspring.people.accounts.errors import AddressTaken
from wellspring.people.accounts.queries import user_named
from wellspring.people.accounts.services import Profile, change_profile
from wellspring.people.errors import MembershipProblem
from wellspring.people.services.imports import prepare_import
from wellspring.people.services.invitations import accept_as_new, invite
from wellspring.people.services.members import add_member
from wellspring.people.viewer import INSTALLATION, viewer_of

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.org"


def test_an_invited_person_does_not_take_somebodys_mail_address_as_her_user_name() -> None:
    victim = make_user(email=VICTIM)
    issued = invite(actor=INSTALLATION, org=make_org(), full_name="客人")
    with pytest.raises(MembershipProblem):
        accept_as_new(
            token=issued.path.rstrip("/").rsplit("/", 1)[1], username="Victim@Example.org", password="blue-river-41"
        )
    assert user_named(VICTIM) == victim


def test_a_mail_address_is_nobody_elses_user_name() -> None:
    owner = make_member(user=make_user()).user
    owner.username = VICTIM
    owner.save()
    other = make_member().user
    with pytest.raises(AddressTaken):
        change_profile(actor=viewer_of(other), profile=Profile("她", "VICTIM@example.org", "", "", False))
    with pytest.raises(MembershipProblem):
        add_member(actor=INSTALLATION, org=make_org(), full_name="她", email=VICTIM)
    change_profile(actor=viewer_of(owner), profile=Profile("她", VICTIM, "", "", False))
    assert user_named(VICTIM) == owner


def test_a_staff_list_mixes_no_user_names_with_mail_addresses() -> None:
    make_user(email=VICTIM)
    leader = viewer_of(make_member("leader").user)
    rows = (
        ("李芳", VICTIM, "", "", "柳湾社区"),
        ("王强", "wang@example.org", "", "wang@example.org", "柳湾社区"),
        ("赵敏", "fang@example.org", "", "", "柳湾社区"),
        ("钱多", "qian", "", "fang@example.org", "柳湾社区"),
    )
    problems = prepare_import(actor=leader, file=book(*rows), file_name="名单.xlsx").problems
    assert {(each["number"], each["heading"]) for each in problems} == {(2, "用户名"), (4, "用户名")}


def test_guesses_by_user_name_and_by_mail_address_are_counted_together() -> None:
    owner = make_user(email=VICTIM)
    owner.set_password("blue-river-41")
    owner.save()
    names = (owner.username, VICTIM, owner.username.upper(), f" {VICTIM} ", "VICTIM@EXAMPLE.ORG")
    for number in range(25):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/sign-in/", {"username": names[number % 5], "password": "no"})
    for name in names:
        right = {"username": name, "password": "blue-river-41"}
        assert Client(REMOTE_ADDR="203.0.113.99").post("/sign-in/", right).status_code == 200, name
