"""Who sees which ideas."""

from __future__ import annotations

import pytest

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea
from wellspring.people.models import Level
from wellspring.people.viewer import GUEST
from wellspring.sharing.queries.ideas import open_ideas_of_others, visible_ideas

pytestmark = pytest.mark.django_db


def test_open_ideas_are_read_in_their_subdistrict_and_closed_ones_at_home_only() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    other_street = make_org("唯亭街道", level=Level.SUBDISTRICT)
    home, beside = make_org("园东社区", parent=street), make_org("荷塘社区", parent=street)
    far = make_org("青苑社区", parent=other_street)
    closed = make_idea(proposer=make_member(org=home))
    opened = make_idea(proposer=make_member(org=home), is_open=True)
    assert set(visible_ideas(make_viewer(org=home))) == {closed, opened}
    assert set(visible_ideas(make_viewer(org=beside))) == {opened}
    assert set(visible_ideas(make_viewer("observer", org=street))) == {opened}
    assert set(visible_ideas(make_viewer("leader", org=street))) == {closed, opened}
    assert not visible_ideas(make_viewer("leader", org=far)).exists()
    assert not visible_ideas(make_viewer("observer", org=other_street)).exists()
    assert not visible_ideas(GUEST).exists()
    assert list(open_ideas_of_others(make_viewer(org=beside))) == [opened]
    assert not open_ideas_of_others(make_viewer(org=home)).exists()


def test_a_community_without_a_subdistrict_sees_its_own_alone() -> None:
    idea = make_idea(is_open=True)
    assert list(visible_ideas(make_viewer(org=idea.org))) == [idea]
    assert not visible_ideas(make_viewer(org=make_org("荷塘社区"))).exists()
