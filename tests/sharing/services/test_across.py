"""Ideas between communities of one subdistrict: opened, copied with their origin, followed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import Level, OrgUnit
from wellspring.people.viewer import viewer_of
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Idea
from wellspring.sharing.services.across import copy_idea, follow_idea, open_idea, unfollow_idea
from wellspring.sharing.services.decisions import decide_idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> OrgUnit:
    return make_org("胜浦街道", level=Level.SUBDISTRICT)


@pytest.fixture
def idea(street: OrgUnit) -> Idea:
    return make_idea(proposer=make_member(org=make_org("园东社区", parent=street)))


@pytest.fixture
def neighbour(street: OrgUnit) -> OrgUnit:
    return make_org("荷塘社区", parent=street)


def test_a_leader_opens_an_idea_and_its_proposer_is_told(idea: Idea) -> None:
    leader = make_viewer("leader", org=idea.org)
    assert open_idea(actor=leader, idea=idea, is_open=True).is_open
    open_idea(actor=leader, idea=idea, is_open=True)
    assert Notification.objects.get(kind="sharing.idea_opened").user == idea.proposer.user
    assert AuditEntry.objects.filter(action="sharing.idea_opened").count() == 1
    with pytest.raises(PermissionDenied):
        open_idea(actor=viewer_of(idea.proposer.user), idea=idea, is_open=False)


def test_an_open_idea_is_copied_once_with_its_origin(idea: Idea, neighbour: OrgUnit) -> None:
    worker = make_viewer(org=neighbour)
    with pytest.raises(IdeaProblem):
        copy_idea(actor=worker, idea=idea, org=neighbour)
    open_idea(actor=make_viewer("leader", org=idea.org), idea=idea, is_open=True)
    copy = copy_idea(actor=worker, idea=idea, org=neighbour)
    assert (copy.copied_from, copy.org, copy.title) == (idea, neighbour, idea.title)
    assert worker.user == copy.proposer.user
    assert copy_idea(actor=make_viewer(org=neighbour), idea=idea, org=neighbour) == copy
    assert Notification.objects.get(kind="sharing.idea_copied").user == idea.proposer.user


def test_an_idea_is_not_copied_into_a_unit_where_one_does_not_take_part(idea: Idea, neighbour: OrgUnit) -> None:
    open_idea(actor=make_viewer("leader", org=idea.org), idea=idea, is_open=True)
    with pytest.raises(PermissionDenied):
        copy_idea(actor=make_viewer("observer", org=neighbour), idea=idea, org=neighbour)
    with pytest.raises(IdeaProblem):
        copy_idea(actor=make_viewer(org=idea.org), idea=idea, org=idea.org)


def test_an_open_idea_is_followed_until_one_follows_it_no_more(idea: Idea, neighbour: OrgUnit) -> None:
    observer = make_viewer("observer", org=neighbour)
    with pytest.raises(IdeaProblem):
        follow_idea(actor=observer, idea=idea)
    open_idea(actor=make_viewer("leader", org=idea.org), idea=idea, is_open=True)
    follow_idea(actor=observer, idea=idea)
    follow_idea(actor=observer, idea=idea)
    assert [follow.user for follow in idea.follows.all()] == [observer.user]
    unfollow_idea(actor=observer, idea=idea)
    assert not idea.follows.exists()


def test_followers_hear_no_more_of_an_idea_that_was_closed_again(idea: Idea, neighbour: OrgUnit) -> None:
    leader, follower = make_viewer("leader", org=idea.org), make_viewer(org=neighbour)
    open_idea(actor=leader, idea=idea, is_open=True)
    follow_idea(actor=follower, idea=idea)
    idea = open_idea(actor=leader, idea=idea, is_open=False)
    decide_idea(actor=leader, idea=idea, version=idea.version, status="declined", reason="只说给本社区听")
    told = Notification.objects.filter(kind="sharing.idea_decided")
    assert [notice.user for notice in told] == [idea.proposer.user]
