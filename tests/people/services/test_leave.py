"""Leave: whole days, never twice, inside the membership."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.people.factories import make_member, make_org, make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry
from wellspring.people.errors import LeaveProblem
from wellspring.people.models import Leave, Level, Member
from wellspring.people.queries.leave import on_leave, visible_leave
from wellspring.people.services.leave import add_leave, cancel_leave, change_leave
from wellspring.people.services.members import end_membership
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def away(member: Member, first: str, last: str, **fields: object) -> Leave:
    days = {"from_on": date.fromisoformat(first), "until_on": date.fromisoformat(last)}
    return add_leave(actor=INSTALLATION, member=member, **days, **fields)  # type: ignore[arg-type]  # of many kinds


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-03-01", "2025-03-03"),
        ("2025-03-05", "2025-03-09"),
        ("2025-03-04", "2025-03-04"),
        ("2025-02-01", "2025-04-01"),
    ],
)
def test_days_are_taken_once(first: str, last: str) -> None:
    member = make_member()
    away(member, "2025-03-03", "2025-03-05")
    with pytest.raises(LeaveProblem, match="2025-03-03") as caught:
        away(member, first, last)
    assert caught.value.code == "leave_overlaps"


def test_the_day_before_and_the_day_after_are_free() -> None:
    member = make_member()
    away(member, "2025-03-03", "2025-03-05")
    away(member, "2025-03-06", "2025-03-06")
    away(member, "2025-03-01", "2025-03-02")
    away(make_member(), "2025-03-04", "2025-03-04")
    assert Leave.objects.count() == 4


@pytest.mark.parametrize(
    ("first", "last"), [("2025-03-05", "2025-03-04"), ("2023-12-31", "2024-01-02"), ("2025-01-01", "2026-06-01")]
)
def test_days_that_cannot_be_are_refused(first: str, last: str) -> None:
    with pytest.raises(LeaveProblem):
        away(make_member(joined_on=date(2024, 1, 1)), first, last)


def test_leave_after_the_last_day_is_refused() -> None:
    member = make_member()
    end_membership(actor=INSTALLATION, member=member, left_on=date(2025, 3, 5))
    away(member, "2025-03-04", "2025-03-04")
    with pytest.raises(LeaveProblem):
        away(member, "2025-03-05", "2025-03-05")


def test_leave_is_changed_and_cancelled_by_who_manages_her() -> None:
    member = make_member()
    leave = away(member, "2025-03-03", "2025-03-05", note="回老家")
    values = {"from_on": date(2025, 3, 4), "until_on": date(2025, 3, 6), "kind": "sick", "note": ""}
    with pytest.raises(PermissionDenied):
        change_leave(actor=make_viewer("worker"), leave=leave, version=0, **values)  # type: ignore[arg-type]  # of many kinds
    change_leave(actor=make_viewer("leader"), leave=leave, version=0, **values)  # type: ignore[arg-type]  # as above
    with pytest.raises(ChangedMeanwhile):
        change_leave(actor=make_viewer("leader"), leave=leave, version=0, **values)  # type: ignore[arg-type]  # as above
    cancel_leave(actor=make_viewer("leader"), leave=leave)
    cancel_leave(actor=make_viewer("leader"), leave=leave)
    assert not Leave.objects.exists()
    assert AuditEntry.objects.filter(action="people.leave_cancelled").count() == 1
    assert "sick" not in str(list(AuditEntry.objects.values()))


def test_who_is_away_is_asked_of_a_unit_and_all_below_for_a_day_or_a_month() -> None:
    subdistrict = make_org("枫桥街道", level=Level.SUBDISTRICT)
    community = make_org("柳湾社区", parent=subdistrict)
    leave = away(make_member(org=community), "2025-03-30", "2025-04-02")
    away(make_member(org=make_org("荷塘社区")), "2025-03-30", "2025-04-02")
    assert list(on_leave(subdistrict, date(2025, 4, 2))) == [leave]
    assert not on_leave(community, date(2025, 4, 3))
    assert list(on_leave(community, date(2025, 4, 1), date(2025, 4, 30))) == [leave]
    stranger = make_viewer("worker", org=make_org("荷花社区"))
    assert not visible_leave(viewer=stranger, first=date(2025, 4, 1), last=date(2025, 4, 30))
    assert list(
        visible_leave(viewer=make_viewer("worker", org=community), first=date(2025, 4, 1), last=date(2025, 4, 2))
    ) == [leave]


@pytest.mark.django_db(transaction=True)
def test_the_same_days_entered_by_two_at_once_stand_once() -> None:
    member = make_member()
    start, refused = threading.Barrier(2), []

    def enter() -> None:
        start.wait()
        try:
            away(member, "2025-03-03", "2025-03-05")
        except LeaveProblem as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Leave.objects.count() == 1
    assert len(refused) == 1
