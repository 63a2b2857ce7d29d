"""Working out an idea's details: versions, two people at once, deadline and contributors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people.factories import make_member, make_viewer
from tests.sharing.factories import make_idea
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import Notification
from wellspring.people.models import Member
from wellspring.people.viewer import viewer_of
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Idea
from wellspring.sharing.services.decisions import decide_idea
from wellspring.sharing.services.study import change_study, write_details

pytestmark = pytest.mark.django_db


def in_study(**more: Any) -> tuple[Idea, Member]:
    idea, contributor = make_idea(), make_member()
    leader = make_viewer("leader")
    idea = decide_idea(actor=leader, idea=idea, version=0, status="studying", contributors=[contributor], **more)
    return idea, contributor


def test_versions_are_numbered_and_proposer_and_contributors_are_told() -> None:
    idea, contributor = in_study()
    first = write_details(actor=viewer_of(contributor.user), idea=idea, number=0, text="一、每晚七点到九点设岗\r\n")
    second = write_details(actor=viewer_of(idea.proposer.user), idea=idea, number=1, text="一、每晚七点到十点设岗")
    assert (first.number, first.text, second.number) == (1, "一、每晚七点到九点设岗", 2)
    told = Notification.objects.filter(kind="sharing.study_written")
    assert {notice.user for notice in told} == {contributor.user, idea.proposer.user}


def test_who_writes_on_an_older_version_is_told_and_nothing_is_overwritten() -> None:
    idea, contributor = in_study()
    write_details(actor=viewer_of(contributor.user), idea=idea, number=0, text="七点到九点")
    with pytest.raises(ChangedMeanwhile) as changed:
        write_details(actor=viewer_of(idea.proposer.user), idea=idea, number=0, text="八点到十点")
    assert changed.value.version == 1
    assert [version.text for version in idea.study_versions.all()] == ["七点到九点"]
    write_details(actor=viewer_of(idea.proposer.user), idea=idea, number=1, text="八点到十点")
    assert idea.study_versions.count() == 2


def test_the_same_version_sent_twice_is_kept_once() -> None:
    idea, contributor = in_study()
    actor = viewer_of(contributor.user)
    first = write_details(actor=actor, idea=idea, number=0, text="七点到九点")
    assert write_details(actor=actor, idea=idea, number=0, text="七点到九点") == first
    with pytest.raises(IdeaProblem):
        write_details(actor=viewer_of(idea.proposer.user), idea=idea, number=1, text="七点到九点")


def test_only_those_asked_and_those_who_decide_write() -> None:
    idea, _contributor = in_study()
    with pytest.raises(PermissionDenied):
        write_details(actor=make_viewer("worker"), idea=idea, number=0, text="七点")
    write_details(actor=make_viewer("leader"), idea=idea, number=0, text="七点")


def test_details_stay_once_the_study_has_ended() -> None:
    idea, contributor = in_study()
    decide_idea(actor=make_viewer("leader"), idea=idea, version=1, status="golden")
    with pytest.raises(IdeaProblem):
        write_details(actor=viewer_of(contributor.user), idea=idea, number=0, text="七点")


def test_a_study_gets_another_deadline_and_who_is_asked_anew_is_told() -> None:
    idea, contributor = in_study()
    leader, other = make_viewer("leader"), make_member()
    soon = timezone.localdate() + timedelta(days=7)
    idea = change_study(actor=leader, idea=idea, version=1, study_due_on=soon, contributors=[contributor, other])
    assert idea.study_due_on == soon
    assert Notification.objects.filter(kind="sharing.study_asked", user=other.user).count() == 1
    assert Notification.objects.get(kind="sharing.study_asked", user=contributor.user).count == 1
    with pytest.raises(ChangedMeanwhile):
        change_study(actor=leader, idea=idea, version=1, study_due_on=None, contributors=[])
    past = timezone.localdate() - timedelta(days=1)
    with pytest.raises(IdeaProblem):
        change_study(actor=leader, idea=idea, version=2, study_due_on=past, contributors=[])
