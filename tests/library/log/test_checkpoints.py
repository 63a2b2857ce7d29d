"""Checkpoints are signed in time, kept twice, and the key behind them is made once and handed over in the open."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from tests.library.factories import make_capture
from tests.people.factories import make_viewer
from wellspring.core import audit
from wellspring.core.models import AuditEntry
from wellspring.engine.proof import Checkpoint, NoteVerifier, open_note, split_notes
from wellspring.engine.proof.keychange import is_vouched_for
from wellspring.engine.proof.tree import is_consistent
from wellspring.library import log_keys
from wellspring.library.log_keys import LogKeyLost
from wellspring.library.models import LogCheckpoint, LogKey
from wellspring.library.queries.log import consistency_proof, key_changes, public_keys
from wellspring.library.services.log_checkpoints import rotate_key, sign_checkpoint, sign_checkpoint_if_due
from wellspring.library.services.log_leaves import append_leaves
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db


def entered(count: int = 1) -> None:
    for _ in range(count):
        make_capture()
    append_leaves()


def opened(checkpoint: LogCheckpoint) -> Checkpoint:
    text, _ = open_note(checkpoint.note, [NoteVerifier.parse(checkpoint.key.verifier)])
    return Checkpoint.parse(text)


def test_the_key_is_made_on_the_first_start_for_its_owner_only(data: Path) -> None:
    assert sign_checkpoint_if_due() == ""
    key = LogKey.objects.get()
    assert key.verifier.startswith("news.example.org/log+")
    assert stat.S_IMODE((data / "log" / "key").stat().st_mode) == 0o600
    assert (data / "log" / "keys").read_text() == public_keys() == f"{key.verifier} 0 -\n"
    sign_checkpoint_if_due()
    assert LogKey.objects.get() == key


def test_a_checkpoint_says_size_root_time_and_the_head_of_the_audit_trail(data: Path) -> None:
    with transaction.atomic():
        audit.record("people.role_given", actor=None)
    entered(3)
    made = opened(sign_checkpoint())
    assert (made.origin, made.size) == ("news.example.org/log", 3)
    assert made.said("audit") == f"1 sha256:{audit.head()[1]}"
    assert made.said("signed").endswith("Z")


def test_a_checkpoint_is_signed_when_the_log_grew_and_the_last_one_is_old_enough(data: Path) -> None:
    entered()
    assert "1 captures" in sign_checkpoint_if_due()
    assert sign_checkpoint_if_due() == ""
    entered()
    assert sign_checkpoint_if_due() == ""
    LogCheckpoint.objects.update(signed_at=timezone.now() - timedelta(minutes=6))
    assert "2 captures" in sign_checkpoint_if_due()
    LogCheckpoint.objects.update(signed_at=timezone.now() - timedelta(minutes=6))
    assert sign_checkpoint_if_due() == ""


def test_every_checkpoint_is_in_the_file_too_and_consistent_with_the_next(data: Path) -> None:
    for _ in range(4):
        entered(3)
        sign_checkpoint()
    made = list(LogCheckpoint.objects.order_by("id"))
    assert split_notes((data / "log" / "checkpoints").read_text()) == [one.note for one in made]
    heads = [opened(one) for one in made]
    for earlier in heads:
        for later in heads[heads.index(earlier) :]:
            proof = consistency_proof(earlier.size, later.size)
            assert is_consistent(earlier.size, later.size, earlier.root, later.root, proof)


def test_a_key_that_is_gone_is_told_and_never_replaced_by_itself(data: Path) -> None:
    entered()
    sign_checkpoint()
    (data / "log" / "key").unlink()
    entered()
    with translation.override("en"), pytest.raises(LogKeyLost, match="rotate-key --lost"):
        sign_checkpoint()
    assert LogKey.objects.count() == 1
    assert not (data / "log" / "key").exists()


def test_another_key_in_the_file_is_not_taken(data: Path) -> None:
    entered()
    sign_checkpoint()
    path = data / "log" / "key"
    path.unlink()
    log_keys.make_key_file(path, log_keys.NoteSigner.generate("news.example.org/log"))
    with pytest.raises(LogKeyLost):
        sign_checkpoint()
    path.write_text("rubbish")
    with translation.override("en"), pytest.raises(LogKeyLost, match="cannot be read"):
        sign_checkpoint()


def test_a_new_key_is_signed_by_the_old_and_both_stay_listed_with_their_sizes(data: Path) -> None:
    entered(2)
    old = NoteVerifier.parse(sign_checkpoint().key.verifier)
    new = NoteVerifier.parse(rotate_key(actor=INSTALLATION).verifier)
    entered(2)
    later = sign_checkpoint()
    assert later.key.verifier == str(new)
    assert public_keys().startswith(f"{new} 2 -\n{old} 0 2\n\nnews.example.org/log\nkey change\n2\n")
    assert (data / "log" / "keys").read_text() == public_keys()
    assert is_vouched_for(new, size=4, trusted=[old], changes=key_changes())
    assert is_vouched_for(old, size=2, trusted=[new], changes=key_changes())
    assert AuditEntry.objects.get().action == "library.log_key_changed"
    # The new key says at once that it knows what the old one signed.
    assert [(one.size, one.key.verifier) for one in LogCheckpoint.objects.order_by("id")] == [
        (2, str(old)),
        (2, str(new)),
        (4, str(new)),
    ]


def test_a_lost_key_is_replaced_only_when_that_is_said_and_nobody_vouches_for_the_new_one(data: Path) -> None:
    entered()
    old = NoteVerifier.parse(sign_checkpoint().key.verifier)
    (data / "log" / "key").unlink()
    with pytest.raises(LogKeyLost):
        rotate_key(actor=INSTALLATION)
    new = NoteVerifier.parse(rotate_key(actor=INSTALLATION, lost=True).verifier)
    assert sign_checkpoint().key.verifier == str(new)
    assert not is_vouched_for(new, size=1, trusted=[old], changes=key_changes())
    assert AuditEntry.objects.get().action == "library.log_key_lost"


def test_a_change_of_keys_cut_short_after_its_commit_is_finished_by_the_next_checkpoint(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered()
    sign_checkpoint()
    with monkeypatch.context() as killed:
        killed.setattr(log_keys, "put_next_key_in_place", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotate_key(actor=INSTALLATION)
    entered()
    assert sign_checkpoint().key.verifier == LogKey.objects.get(until_size=None).verifier
    assert not (data / "log" / "key.next").exists()


def test_a_change_of_keys_that_fails_before_its_commit_changes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered()
    key = sign_checkpoint().key
    with monkeypatch.context() as killed:
        killed.setattr(audit, "record", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rotate_key(actor=INSTALLATION)
    entered()
    assert sign_checkpoint().key == key


@pytest.mark.parametrize("role", ["worker", "archivist", "leader"])
def test_only_administrators_change_the_key(data: Path, role: str) -> None:
    with pytest.raises(PermissionDenied):
        rotate_key(actor=make_viewer(role))


def test_the_name_of_the_log_stays_when_the_public_address_changes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings

    entered()
    sign_checkpoint()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, public_url="https://other.example.org"))
    entered()
    assert opened(sign_checkpoint()).origin == "news.example.org/log"
