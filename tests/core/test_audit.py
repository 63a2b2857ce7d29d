"""The audit trail: one chain, and what was changed in it shows."""

from __future__ import annotations

import contextlib
import itertools
import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from tests.people.factories import make_member
from wellspring.core import audit, audit_head
from wellspring.core.models import AuditEntry
from wellspring.core.outbox import record_index_changes


def write(count: int) -> None:
    member = make_member()
    with transaction.atomic():
        for number in range(count):
            audit.record("people.role_given", actor=member.user, on=member, data={"role": "mentor", "n": number})


@pytest.mark.django_db
def test_a_chain_that_nobody_touched_holds() -> None:
    assert audit.head() == (0, audit.FIRST)
    write(3)
    assert audit.head()[0] == 3
    assert list(audit.broken_links()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda: AuditEntry.objects.filter(number=2).update(data={"role": "worker"}), [(2, "changed")]),
        (lambda: AuditEntry.objects.filter(number=2).update(actor=None), [(2, "changed")]),
        (lambda: AuditEntry.objects.filter(number=2).delete(), [(3, "missing")]),
        (lambda: AuditEntry.objects.filter(number=1).delete(), [(2, "missing")]),
    ],
)
def test_what_was_changed_in_the_database_is_found(harm: object, found: list[tuple[int, str]]) -> None:
    write(4)
    assert callable(harm)
    harm()
    assert [(link.number, link.problem) for link in audit.broken_links()] == found


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        audit.record("people.role_given", actor=None)


@pytest.mark.django_db
def test_a_changed_unit_shows_as_any_other_change() -> None:
    write(2)
    AuditEntry.objects.filter(number=2).update(org_path="")
    assert [(link.number, link.problem) for link in audit.broken_links()] == [(2, "changed")]


@pytest.mark.django_db(transaction=True)
def test_entries_cut_off_the_end_show_by_what_the_machine_remembers() -> None:
    write(4)
    AuditEntry.objects.filter(number__gte=3).delete()
    assert [(link.number, link.problem) for link in audit.broken_links()] == [(4, "cut")]
    write(3)  # Entries written over the gap do not hide it.
    assert [(link.number, link.problem) for link in audit.broken_links()] == [(4, "rewritten")]


@pytest.mark.django_db(transaction=True)
def test_a_chain_sealed_anew_from_the_middle_on_shows() -> None:
    write(3)
    entries = list(AuditEntry.objects.order_by("number"))
    entries[1].data = {"role": "worker"}
    for before, entry in itertools.pairwise(entries):
        entry.previous_hash = before.entry_hash
        entry.entry_hash = audit.sealed(entry)
        entry.save()
    assert [(link.number, link.problem) for link in audit.broken_links()] == [(3, "rewritten")]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_remembered() -> None:
    write(1)
    with contextlib.suppress(KeyError), transaction.atomic():
        audit.record("people.role_given", actor=None)
        raise KeyError
    write(1)
    assert audit_head.remembered() == audit.head()
    assert audit.head()[0] == 2


@pytest.mark.django_db
def test_what_an_entry_says_comes_back_the_same_from_either_database() -> None:
    odd = {
        "delay": 1e22,
        "small": 0.10000000000000001,
        "day": date(2026, 3, 5),
        "nul": "a\0b",
        "lone": "\ud800",
        "late": gettext_lazy("people"),
        "deep": {"list": (1, True, None)},
        3: "number",
    }
    with transaction.atomic():
        audit.record("people.role_given", actor=None, data=odd)
    assert list(audit.broken_links()) == []
    data = AuditEntry.objects.get().data
    assert (data["delay"], data["day"], data["deep"]) == ("1e+22", "2026-03-05", {"list": [1, True, None]})


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    def writer(name: int) -> None:
        for _ in range(10):
            with transaction.atomic():
                if name % 2:  # The outbox and the trail in both orders: no deadlock.
                    record_index_changes("test.note", [name])
                audit.record("people.role_given", actor=None, data={"by": name})
                if not name % 2:
                    record_index_changes("test.note", [name])
        connection.close()

    threads = [threading.Thread(target=writer, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert audit.head()[0] == 60
    assert list(audit.broken_links()) == []
    assert audit_head.remembered() == audit.head()


def test_a_change_names_before_and_after_but_not_what_is_secret() -> None:
    before = {"name": "小徐", "phone": "13800000000", "post": "社工"}
    after = {"name": "小徐", "phone": "13900000000", "post": "副站长"}
    assert audit.differences(before, after, secret={"phone"}) == {"phone": None, "post": ["社工", "副站长"]}
