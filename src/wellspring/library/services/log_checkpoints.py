"""Checkpoints: the head of the log, signed every few minutes while it grows, and the key that signs them."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.engine.proof import Checkpoint, NoteSigner, NoteVerifier, sign_note
from wellspring.engine.proof.keychange import KeyChange
from wellspring.engine.proof.leaf import moment
from wellspring.library import log_keys
from wellspring.library.log_keys import LogKeyLost
from wellspring.library.models import LogCheckpoint, LogKey
from wellspring.library.queries.log import (
    checkpoint_wait,
    current_key,
    latest_checkpoint,
    log_size,
    public_keys,
    root_at,
)
from wellspring.library.services.log_leaves import take_log_lock
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor


def sign_checkpoint_if_due() -> str:
    """Sign the head of the log where it grew since the last checkpoint and that is old enough; a line for the log.

    Makes the key on the first call. Raises LogKeyLost where the key is not here.
    """
    last, size = latest_checkpoint(), log_size()
    if last is None and current_key() is None:
        with transaction.atomic():
            _signing_key()
    if size == (last.size if last else 0) or size == 0:
        return ""
    if last and timezone.now() - last.signed_at < checkpoint_wait(size):
        return ""
    made = sign_checkpoint()
    return f"log: checkpoint of {made.size} captures signed"


def sign_checkpoint() -> LogCheckpoint:
    """Sign the head of the log as it is now.

    It is in the file of all checkpoints before the row is committed: what was signed once is never forgotten.
    Raises LogKeyLost and LogDamaged.
    """
    with transaction.atomic():
        take_log_lock()
        signer, key = _signing_key()
        return _signed(signer, key)


def rotate_key(*, actor: Actor, lost: bool = False) -> LogKey:
    """Let a new key take over: the old one signs it, and it signs the old one's last word. Returns the new key.

    `lost`: the old key is gone, so the new one stands alone, and whoever trusted the old one has to be told otherwise.
    Raises LogKeyLost where it is gone and `lost` was not said.
    """
    actor.require(Permission.MANAGE_OFFICE)
    with transaction.atomic():
        take_log_lock()
        old = current_key()
        if old is None:
            return _signing_key()[1]
        signers = [] if lost else [_signing_key()[0]]
        verifier = NoteVerifier.parse(old.verifier)
        log_keys.next_key_path().unlink(missing_ok=True)  # of a change that did not come to be
        signer = log_keys.make_key_file(log_keys.next_key_path(), NoteSigner.generate(verifier.name))
        size, now = log_size(), timezone.now()
        change = KeyChange(verifier.name, size, root_at(size), verifier, signer.verifier, moment(now))
        old.until_size = size
        old.save(update_fields=["until_size"])
        new = LogKey.objects.create(
            verifier=str(signer.verifier),
            from_size=size,
            made_at=now,
            change=sign_note(change.text(), [*signers, signer]),
        )
        audit.record(
            "library.log_key_lost" if lost else "library.log_key_changed",
            actor=actor.user,
            on=new,
            data={"old": old.verifier, "new": new.verifier, "size": size},
        )
        if size:
            _signed(signer, new)
    log_keys.put_next_key_in_place()
    log_keys.write_public_keys(public_keys())
    return new


def _signed(signer: NoteSigner, key: LogKey) -> LogCheckpoint:
    size, now = log_size(), timezone.now()
    number, head = audit.head()
    root = root_at(size)
    extensions = (f"signed {moment(now)}", f"audit {number} sha256:{head}")
    note = sign_note(Checkpoint(signer.name, size, root, extensions).text(), [signer])
    log_keys.append_checkpoints([note])
    return LogCheckpoint.objects.create(size=size, root=root.hex(), signed_at=now, key=key, note=note)


def _signing_key() -> tuple[NoteSigner, LogKey]:
    """The private key and its row; both are made where the log has none. Raises LogKeyLost."""
    take_log_lock()
    key = current_key()
    signer = log_keys.read_key(log_keys.key_path())
    if key is None:
        if signer is None:
            signer = log_keys.make_key_file(log_keys.key_path(), NoteSigner.generate(_origin()))
        key = LogKey.objects.create(verifier=str(signer.verifier), from_size=0, made_at=timezone.now())
        log_keys.write_public_keys(public_keys())
        return signer, key
    if signer is None or str(signer.verifier) != key.verifier:
        waiting = log_keys.read_key(log_keys.next_key_path())
        if waiting is not None and str(waiting.verifier) == key.verifier:
            log_keys.put_next_key_in_place()  # a change of keys was cut short after its commit
            return waiting, key
        raise LogKeyLost(
            _(
                "The key of the capture log is not in %(path)s: no checkpoint can be signed. Put it back from a "
                "backup; if it is gone for good, `wellspring log rotate-key --lost` begins with a new one."
            )
            % {"path": log_keys.key_path()}
        )
    return signer, key


def _origin() -> str:
    """The log's name for ever: where its readers find it, or where nobody said, something no other log has."""
    if settings.ENVIRONMENT.public_url:
        parts = urlsplit(settings.ENVIRONMENT.public_url)
        return re.sub(r"[\s+]", "-", f"{parts.netloc}{parts.path}") + "/log"
    return f"wellspring.invalid/{secrets.token_hex(4)}/log"
