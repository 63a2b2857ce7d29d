"""The outbox is read in the order in which it is written, also where several write at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from wellspring.core.models import IndexChange
from wellspring.core.outbox import record_index_changes


@pytest.mark.django_db(transaction=True)
def test_a_change_belongs_to_the_transaction_of_what_changed() -> None:
    with pytest.raises(TransactionManagementError):
        record_index_changes("test.note", [1])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_later_change_is_seen_before_an_earlier_one() -> None:
    """A writer that is slow to commit holds up the next: else a follower would step over the slow one's change."""
    first_wrote, first_may_end, second_wrote = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record_index_changes("test.note", [1])
            first_wrote.set()
            first_may_end.wait(20)
        connection.close()

    def quick() -> None:
        first_wrote.wait(20)
        with transaction.atomic():
            record_index_changes("test.note", [2])
        second_wrote.set()
        connection.close()

    writers = [threading.Thread(target=slow), threading.Thread(target=quick)]
    for writer in writers:
        writer.start()
    assert first_wrote.wait(20)
    assert not second_wrote.wait(0.5)
    assert not IndexChange.objects.exists()
    first_may_end.set()
    for writer in writers:
        writer.join(20)
    assert list(IndexChange.objects.order_by("id").values_list("object_id", flat=True)) == [1, 2]
