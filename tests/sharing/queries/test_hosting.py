"""Who leads a session, who may set sessions up, and by which membership somebody takes part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_user, make_viewer
from tests.sharing.factories import make_session
from wellspring.people.viewer import GUEST, INSTALLATION, viewer_of
from wellspring.sharing.models import SessionState
from wellspring.sharing.queries.hosting import may_lead, may_set_up, member_of, require_lead, units_to_set_up

pytestmark = pytest.mark.django_db


def test_leaders_here_and_above_and_the_chair_lead_a_session_and_nobody_else() -> None:
    street = make_org("城南街道", level="subdistrict")
    community = make_org("甲社区", parent=street)
    chair = make_member(org=community)
    session = make_session(org=community, host=chair)
    assert may_lead(viewer_of(chair.user), session)
    assert may_lead(make_viewer("leader", org=community), session)
    assert may_lead(make_viewer("leader", org=street), session)
    assert may_lead(INSTALLATION, session)
    for other in (
        make_viewer(org=community),
        make_viewer("observer", org=street),
        make_viewer("leader", org=make_org("乙社区", parent=street)),
        GUEST,
    ):
        assert not may_lead(other, session)
        with pytest.raises(PermissionDenied):
            require_lead(other, session)


def test_a_chair_whose_role_was_taken_away_leads_no_more() -> None:
    chair = make_member()
    session = make_session(host=chair)
    chair.roles.all().delete()
    assert not may_lead(viewer_of(chair.user), session)


def test_somebody_takes_part_by_her_nearest_membership() -> None:
    street = make_org("城南街道", level="subdistrict")
    community = make_org("甲社区", parent=street)
    user = make_user()
    above = make_member("leader", org=street, user=user)
    here = make_member(org=community, user=user)
    assert member_of(viewer_of(user), community) == here
    assert member_of(viewer_of(user), street) == above
    assert member_of(viewer_of(user), make_org("乙社区", parent=street)) == above
    for nobody in (GUEST, INSTALLATION, make_viewer("observer", org=street), make_viewer(org=make_org("荷塘社区"))):
        with pytest.raises(PermissionDenied):
            member_of(nobody, community)


def test_the_month_makes_the_chair_who_sets_up_sessions() -> None:
    chair = make_member()
    org = chair.org
    first = timezone.localtime().replace(day=1, hour=14)
    make_session(host=chair, starts_at=first - timedelta(days=3))
    make_session(host=chair, starts_at=first + timedelta(days=40))
    make_session(host=chair, starts_at=first, state=SessionState.CANCELLED)
    assert not may_set_up(viewer_of(chair.user))
    make_session(host=chair, starts_at=first, state=SessionState.HELD)
    assert may_set_up(viewer_of(chair.user), org)
    assert units_to_set_up(viewer_of(chair.user)) == [org]
    assert not may_set_up(viewer_of(chair.user), make_org("荷塘社区"))
