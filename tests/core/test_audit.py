"""The audit trail: one chain, and what was changed in it shows."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.people.factories import make_member
from wellspring.core import audit
from wellspring.core.models import AuditEntry


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
