"""Whatever is done to the log behind its back is detected and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tests.library.factories import make_capture
from tests.library.log.received import received
from tests.library.log.test_leaves import make_rows
from wellspring.core import audit
from wellspring.core.models import AuditEntry
from wellspring.engine.proof import NoteSigner
from wellspring.library import log_keys
from wellspring.library.log_verification import verify_log
from wellspring.library.models import Capture, LogCheckpoint, LogKey, LogLeaf, LogTile, Removal
from wellspring.library.services.log_checkpoints import rotate_key, sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves
from wellspring.library.verification import verify_archive
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(data: Path) -> Path:
    """A log of 600 captures with three checkpoints, the last of them younger than the last leaf but one."""
    with transaction.atomic():
        audit.record("people.role_given", actor=None)
    Capture.objects.bulk_create(make_rows(600))
    append_leaves(most=250)
    sign_checkpoint()
    append_leaves(most=250)
    sign_checkpoint()
    append_leaves()
    sign_checkpoint()
    assert codes() == []
    return data


def codes() -> list[str]:
    """What is wrong, each kind once, in the order in which it is told."""
    return list(dict.fromkeys(problem.code for problem in verify_log().problems))


def test_a_whole_log_is_said_to_be_whole(log: Path) -> None:
    found = verify_log()
    assert (found.leaves, found.checkpoints, found.waiting, found.problems, found.notes) == (600, 3, 0, [], [])


def test_a_log_that_was_never_begun_is_whole(data: Path) -> None:
    assert codes() == []


def tile(level: int, index: int) -> LogTile:
    return LogTile.objects.get(pk=LogTile.tile_key(level, index))


def flip(level: int, index: int) -> None:
    row = tile(level, index)
    row.hashes = bytes([row.hashes[0] ^ 1]) + bytes(row.hashes)[1:]
    row.save()


def fifth_capture() -> QuerySet[Capture]:
    # By its id: PostgreSQL has no statistics of a test's rows, and takes half a minute for a join of them.
    return Capture.objects.filter(pk=LogLeaf.objects.get(index=5).capture_id)


def changed_leaf_with_its_hashes() -> None:
    """Somebody who knows how it works changes a leaf and everything above it, but cannot sign."""
    leaf = LogLeaf.objects.get(index=100)
    LogLeaf.objects.all().delete()
    LogTile.objects.all().delete()
    Capture.objects.filter(pk=leaf.capture_id).update(payload_digest="00" * 32)
    append_leaves()


def rolled_back_with_everything_in_the_database() -> None:
    LogCheckpoint.objects.filter(size=600).delete()
    LogLeaf.objects.filter(index__gte=500).delete()
    Capture.objects.filter(leaf=None).delete()
    edge = tile(0, 1)
    edge.hashes = bytes(edge.hashes)[: 32 * (500 - 256)]
    edge.save()
    LogTile.objects.filter(pk__in=[LogTile.tile_key(0, 2)]).delete()
    upper = tile(1, 0)
    upper.hashes = bytes(upper.hashes)[:32]
    upper.save()


ATTACKS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "a leaf removed": (lambda: LogLeaf.objects.filter(index=77).delete(), ["leaf_missing"]),
    "the last leaves removed": (lambda: LogLeaf.objects.filter(index__gte=598).delete(), ["leaf_missing"]),
    "a leaf changed": (lambda: LogLeaf.objects.filter(index=77).update(record_digest="00" * 32), None),
    "a salt changed": (lambda: LogLeaf.objects.filter(index=77).update(salt="00" * 16), ["capture_changed"]),
    "a hash changed": (lambda: flip(0, 0), ["leaf_changed", "log_rewritten", "tile_changed"]),
    "an interior hash changed": (lambda: flip(1, 0), ["tile_changed"]),
    "a tile removed": (lambda: tile(0, 1).delete(), ["hash_missing", "tile_changed"]),
    "an interior tile removed": (lambda: tile(1, 0).delete(), ["tile_changed"]),
    "a capture's time changed": (
        lambda: fifth_capture().update(received_at=timezone.now()),
        ["capture_changed"],
    ),
    "a capture's digest changed": (
        lambda: fifth_capture().update(payload_digest="00" * 32),
        ["capture_changed"],
    ),
    "a capture's address changed": (
        lambda: fifth_capture().update(url="https://other.example.com/"),
        ["capture_changed"],
    ),
    "a capture removed": (lambda: fifth_capture().delete(), ["capture_missing"]),
    "a checkpoint removed": (lambda: LogCheckpoint.objects.filter(size=500).delete(), ["checkpoint_removed"]),
    "a checkpoint's row changed": (
        lambda: LogCheckpoint.objects.filter(size=500).update(root="00" * 32),
        ["checkpoint_changed"],
    ),
    "a leaf changed together with every hash": (changed_leaf_with_its_hashes, ["log_rewritten"]),
    "everything rolled back to an earlier checkpoint": (
        rolled_back_with_everything_in_the_database,
        ["log_rolled_back"],
    ),
    "an audit entry changed": (
        lambda: AuditEntry.objects.filter(number=1).update(entry_hash="00" * 32),
        ["audit_rewritten"],
    ),
    "the audit trail emptied": (lambda: AuditEntry.objects.all().delete(), ["audit_rewritten"]),
}
ATTACKS["a leaf changed"] = (ATTACKS["a leaf changed"][0], ["capture_changed", "leaf_changed"])


@pytest.mark.parametrize("what", ATTACKS)
def test_what_was_done_in_the_database_is_named(log: Path, what: str) -> None:
    attack, wanted = ATTACKS[what]
    attack()
    assert codes() == wanted


def test_the_leaf_that_was_changed_is_named_with_its_capture(log: Path) -> None:
    LogLeaf.objects.filter(index=77).update(payload_digest="00" * 32)
    capture = LogLeaf.objects.get(index=77).capture_id
    told = {(one.code, one.data["index"], one.data["capture"]) for one in verify_log().problems}
    assert told == {("leaf_changed", 77, capture), ("capture_changed", 77, capture)}
    assert str(capture) in verify_log().problems[0].said


def test_a_lost_key_is_named(log: Path) -> None:
    (log / "log" / "key").unlink()
    assert codes() == ["key_lost"]
    log_keys.make_key_file(log_keys.key_path(), NoteSigner.generate("news.example.org/log"))
    assert codes() == ["key_lost"]


def test_a_truncated_file_of_checkpoints_is_named(log: Path) -> None:
    path = log / "log" / "checkpoints"
    whole = path.read_bytes()
    for length in (0, 100, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:length])
        assert "file_truncated" in codes()
    path.unlink()
    assert codes() == ["file_truncated"]
    path.write_bytes(b"rubbish\n\n\xff")
    assert codes() == ["file_damaged"]


def test_a_forged_checkpoint_in_the_file_is_named(log: Path) -> None:
    path = log / "log" / "checkpoints"
    path.write_text(path.read_text().replace("\n500\n", "\n501\n"))
    assert codes() == ["file_truncated", "file_damaged"]


def test_a_crash_between_file_and_row_is_noted_and_no_harm(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_capture()
    append_leaves()
    with monkeypatch.context() as killed:
        killed.setattr(LogCheckpoint.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sign_checkpoint()
    found = verify_log()
    assert (found.problems, [note.code for note in found.notes]) == ([], ["checkpoint_unrecorded"])


def test_a_log_with_a_changed_key_is_whole_and_a_forged_change_is_named(log: Path) -> None:
    key = rotate_key(actor=INSTALLATION)
    assert codes() == []
    LogKey.objects.filter(pk=key.pk).update(change=key.change.replace("key change\n600", "key change\n599"))
    assert codes() == ["key_change_damaged"]


def test_new_captures_wait_and_old_ones_that_were_left_out_are_named(log: Path) -> None:
    make_capture(received_at=timezone.now())
    assert (verify_log().waiting, codes()) == (1, [])
    left_out, _ = make_capture(), make_capture()
    append_leaves()
    LogLeaf.objects.filter(capture=left_out).delete()
    assert codes() == ["leaf_missing", "no_leaf"]


def test_what_is_entered_while_it_is_read_does_no_harm(log: Path) -> None:
    entered: list[int] = []

    def enter() -> None:
        if len(entered) < 3:
            Capture.objects.bulk_create(make_late_rows(len(entered)))
            entered.append(append_leaves())
            sign_checkpoint()

    assert verify_log(on_leaf=enter).problems == []
    assert codes() == []


def make_late_rows(portion: int) -> list[Capture]:
    rows = make_rows(100)
    for number, row in enumerate(rows):
        row.warc_offset = 10_000 + 100 * portion + number
        row.record_id = f"urn:late:{portion}:{number}"
    return rows


def test_the_log_still_verifies_when_a_recorded_removal_took_bytes_and_address(data: Path) -> None:
    captures = [received(number) for number in range(5)]
    append_leaves()
    sign_checkpoint()
    gone = captures[2]
    (file,) = (data / "archive").iterdir()
    whole = bytearray(file.read_bytes())
    whole[gone.warc_offset : gone.warc_offset + gone.warc_length] = bytes(gone.warc_length)
    file.write_bytes(whole)
    assert [damage.capture for damage in verify_archive().damaged] == [gone.pk]
    Removal.objects.create(capture=gone, removed_at=timezone.now(), reference="2026-7")
    LogLeaf.objects.filter(capture=gone).update(salt="")
    Capture.objects.filter(pk=gone.pk).update(url="https://news.example.com/", requested_url="")
    assert verify_archive().damaged == []
    assert codes() == []
