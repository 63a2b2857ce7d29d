"""Every capture gets one place in the log, whoever enters it, however often, whatever is killed."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.library.factories import make_capture
from wellspring.engine.proof import CaptureLeaf, address_hash
from wellspring.engine.proof.leaf import moment
from wellspring.engine.proof.tree import inclusion_root
from wellspring.library.models import Capture, LogLeaf, LogTile
from wellspring.library.queries.log import LogDamaged, inclusion_proof, log_size, root_at
from wellspring.library.services import log_leaves
from wellspring.library.services.log_leaves import LeafChore, append_leaves


@pytest.mark.django_db
def test_captures_are_entered_once_in_the_order_of_their_ids(data: Path) -> None:
    captures = [make_capture() for _ in range(5)]
    assert append_leaves(most=3) == 3
    assert append_leaves() == 2
    assert append_leaves() == 0
    leaves = LogLeaf.objects.order_by("index")
    assert [(leaf.index, leaf.capture_id) for leaf in leaves] == [(at, one.pk) for at, one in enumerate(captures)]


@pytest.mark.django_db
def test_a_leaf_says_what_was_received_and_only_who_has_the_salt_knows_the_address(data: Path) -> None:
    capture = make_capture("https://news.example.com/中文.html", record_digest="ab" * 32)
    append_leaves()
    leaf = capture.leaf
    assert leaf.received_at == capture.received_at
    assert (leaf.payload_digest, leaf.record_digest) == (capture.payload_digest, capture.record_digest)
    assert leaf.address_hash == address_hash(bytes.fromhex(leaf.salt), capture.url)
    other = make_capture("https://news.example.com/中文.html")
    append_leaves()
    assert other.leaf.salt != leaf.salt
    assert other.leaf.address_hash != leaf.address_hash


@pytest.mark.django_db
def test_every_leaf_of_a_log_over_several_tiles_is_proved(data: Path) -> None:
    Capture.objects.bulk_create(make_rows(600))
    while append_leaves(most=113):
        pass
    root = root_at(600)
    for leaf in LogLeaf.objects.all():
        content = CaptureLeaf(
            leaf.capture_id, moment(leaf.received_at), leaf.payload_digest, leaf.record_digest, leaf.address_hash
        )
        assert inclusion_root(leaf.index, 600, content.hash(), inclusion_proof(leaf.index, 600)) == root


@pytest.mark.django_db
def test_a_portion_that_fails_half_way_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_capture()
    append_leaves()
    make_capture()
    with monkeypatch.context() as broken:
        broken.setattr(LogTile.objects, "bulk_create", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            append_leaves()
    assert log_size() == 1
    assert append_leaves() == 1


@pytest.mark.django_db
def test_a_log_that_lost_its_end_is_not_written_on(data: Path) -> None:
    make_capture()
    make_capture()
    append_leaves()
    LogLeaf.objects.filter(index=1).delete()
    make_capture()
    with pytest.raises(LogDamaged):
        append_leaves()


@pytest.mark.django_db
def test_a_capture_that_is_deleted_leaves_its_leaf_behind(data: Path) -> None:
    capture = make_capture()
    append_leaves()
    capture.delete()
    assert LogLeaf.objects.get().index == 0


@pytest.mark.django_db
def test_a_capture_with_a_lower_id_that_is_committed_later_is_not_passed_over(data: Path) -> None:
    chore = LeafChore()
    late = make_capture(received_at=timezone.now())
    pk = late.pk
    late.delete()
    make_capture(received_at=timezone.now())
    assert newly_entered(chore) == 1
    make_capture(id=pk, received_at=timezone.now())
    assert newly_entered(chore) == 1
    # What is old is not looked at again before the hour is over.
    Capture.objects.update(received_at=timezone.now() - timedelta(hours=1))
    assert newly_entered(chore) == 0
    gone = make_capture()
    gone_pk = gone.pk
    gone.delete()
    assert newly_entered(chore) == 0
    make_capture(id=gone_pk)
    assert newly_entered(chore) == 1


@pytest.mark.django_db
def test_old_captures_of_an_upgraded_installation_are_entered_bit_by_bit(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_leaves, "_BUDGET", 0.0001)
    monkeypatch.setattr(log_leaves, "AT_ONCE", 100)
    Capture.objects.bulk_create(make_rows(250))
    chore = LeafChore()
    assert "to go" in chore()
    while chore():
        pass
    assert log_size() == 250


@pytest.mark.django_db(transaction=True)
def test_many_who_enter_at_the_same_time_make_one_line(data: Path) -> None:
    Capture.objects.bulk_create(make_rows(200))
    faults: list[Exception] = []

    def enter() -> None:
        try:
            while append_leaves(most=7):
                pass
        except Exception as fault:  # noqa: BLE001 - told by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert list(LogLeaf.objects.order_by("index").values_list("index", flat=True)) == list(range(200))
    root_at(200)


@pytest.mark.django_db(transaction=True)
def test_a_capture_on_its_way_to_being_committed_is_entered_afterwards(data: Path) -> None:
    with transaction.atomic():
        make_capture()
    assert append_leaves() == 1


def newly_entered(chore: LeafChore) -> int:
    before = log_size()
    chore()
    return log_size() - before


def make_rows(count: int) -> list[Capture]:
    return [
        Capture(
            kind="page",
            url=f"https://news.example.com/row{number}",
            requested_url=f"https://news.example.com/row{number}",
            status=200,
            captured_at=timezone.now(),
            warc_file="rows.warc.gz",
            warc_offset=number,
            warc_length=1,
            record_id=f"urn:row:{number}",
            record_digest=f"{number:064x}",
            payload_digest=f"{number:064x}",
            payload_length=1,
        )
        for number in range(count)
    ]
