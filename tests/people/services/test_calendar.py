"""The office's word about a day: who may say it, that it is recorded, and what the second of two editors is told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_viewer
from wellspring.core.calendar import day_of
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, CalendarDay
from wellspring.people.services.calendar import restore_day, set_day

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 8)


def test_a_day_that_was_set_counts_at_once_and_is_recorded() -> None:
    leader = make_viewer("leader")
    set_day(actor=leader, day=DAY, is_workday=False, name=" 社区运动会 ")
    assert not day_of(DAY).is_workday
    entry = AuditEntry.objects.get(action="core.day_set")
    assert entry.actor == leader.user
    assert entry.data["changes"]["name"] == [None, "社区运动会"]


def test_what_was_set_can_be_taken_back() -> None:
    leader = make_viewer("leader")
    set_day(actor=leader, day=DAY, is_workday=False)
    assert restore_day(actor=leader, day=DAY)
    assert day_of(DAY).is_workday
    assert not restore_day(actor=leader, day=DAY)
    assert AuditEntry.objects.filter(action="core.day_restored").count() == 1


def test_only_who_manages_the_calendar_may() -> None:
    for role in ("worker", "mentor", "archivist", "observer"):
        with pytest.raises(PermissionDenied):
            set_day(actor=make_viewer(role), day=DAY, is_workday=False)
        with pytest.raises(PermissionDenied):
            restore_day(actor=make_viewer(role), day=DAY)


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten() -> None:
    set_day(actor=make_viewer("leader"), day=DAY, is_workday=False, name="运动会")
    with pytest.raises(ChangedMeanwhile) as told:
        set_day(actor=make_viewer("administrator"), day=DAY, is_workday=False, name="植树日")
    assert [(one.now, one.wanted) for one in told.value.differences] == [("运动会", "植树日")]
    assert CalendarDay.objects.get().name == "运动会"
    set_day(actor=make_viewer("leader"), day=DAY, is_workday=False, name="植树日", version=told.value.version)
    assert CalendarDay.objects.get().name == "植树日"


def test_saving_what_stands_already_records_nothing() -> None:
    leader = make_viewer("leader")
    set_day(actor=leader, day=DAY, is_workday=False, name="运动会")
    set_day(actor=leader, day=DAY, is_workday=False, name="运动会", version=1)
    assert AuditEntry.objects.count() == 1
