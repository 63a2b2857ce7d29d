"""Roles: who may give which, and that the trail remembers."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_member, make_org, make_viewer
from wellspring.core.models import AuditEntry
from wellspring.people.errors import RoleProblem
from wellspring.people.models import RoleName
from wellspring.people.permissions import GIVEN_WITH
from wellspring.people.queries.rank import roles_to_give
from wellspring.people.services.roles import give_role, set_roles, take_role
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def names(member: object) -> set[str]:
    return {role.name for role in member.roles.all()}  # type: ignore[attr-defined]  # a member


@pytest.mark.parametrize("role", ["worker", "mentor", "observer"])
def test_a_leader_gives_the_roles_of_the_work(role: str) -> None:
    member = make_member("worker")
    leader = make_viewer("leader")
    give_role(actor=leader, member=member, role=role)
    give_role(actor=leader, member=member, role=role)
    assert role in names(member)
    take_role(actor=leader, member=member, role=role)
    assert role not in names(member)


@pytest.mark.parametrize("role", ["leader", "archivist", "administrator"])
def test_the_roles_of_the_office_are_given_by_an_administrator_only(role: str) -> None:
    member = make_member("worker")
    with pytest.raises(RoleProblem, match="管理员"):
        give_role(actor=make_viewer("leader"), member=member, role=role)
    give_role(actor=make_viewer("administrator"), member=member, role=role)
    with pytest.raises(RoleProblem):
        take_role(actor=make_viewer("leader"), member=member, role=role)


def test_a_worker_gives_nothing_and_nobody_gives_elsewhere() -> None:
    member = make_member("worker")
    for actor in (make_viewer("worker"), make_viewer("administrator", org=make_org("荷塘社区"))):
        with pytest.raises(PermissionDenied):
            give_role(actor=actor, member=member, role="mentor")


def test_the_form_leaves_roles_alone_that_one_may_not_give() -> None:
    member = make_member("worker", "archivist")
    set_roles(actor=make_viewer("leader"), member=member, roles=["mentor"])
    assert names(member) == {"archivist", "mentor"}


def test_every_role_says_what_one_needs_to_give_it() -> None:
    assert set(GIVEN_WITH) == set(RoleName)
    assert roles_to_give(make_viewer("leader"), make_org()) == [RoleName.WORKER, RoleName.MENTOR, RoleName.OBSERVER]
    assert roles_to_give(make_viewer("administrator"), make_org()) == list(RoleName)
    assert roles_to_give(make_viewer("worker"), make_org()) == []


def test_each_role_given_and_taken_is_in_the_trail_once() -> None:
    member = make_member("worker")
    leader = make_viewer("leader")
    for _twice in range(2):
        give_role(actor=leader, member=member, role="mentor")
    take_role(actor=leader, member=member, role="mentor")
    take_role(actor=leader, member=member, role="mentor")
    trail = list(AuditEntry.objects.order_by("number").values_list("action", "actor", "data__code"))
    assert leader.user is not None
    assert trail == [
        ("people.role_given", leader.user.pk, "mentor"),
        ("people.role_taken", leader.user.pk, "mentor"),
    ]


def test_an_ended_membership_gets_no_roles() -> None:
    member = make_member("worker", left_on="2024-05-01")
    with pytest.raises(RoleProblem):
        give_role(actor=INSTALLATION, member=member, role="mentor")
