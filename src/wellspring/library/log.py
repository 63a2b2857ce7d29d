"""What the capture log tells the rest of the house: its chores, its words in the audit trail, its health."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.core.health import GOOD, WARNING, WRONG
from wellspring.core.registry import (
    Action,
    Chore,
    Finding,
    HealthCheck,
    register_actions,
    register_chores,
    register_health_checks,
)
from wellspring.engine.errors import marked
from wellspring.library import log_keys
from wellspring.library.log_keys import LogKeyLost
from wellspring.library.models import LogKey
from wellspring.library.queries.log import checkpoint_wait, current_key, latest_checkpoint, log_progress
from wellspring.library.services.log_checkpoints import sign_checkpoint_if_due
from wellspring.library.services.log_leaves import LeafChore

_MANY = 1000

logger = logging.getLogger("wellspring.worker")


def register() -> None:
    """Called once when the library is ready."""
    register_chores(
        Chore("captures into the log", 2.0, LeafChore()),
        Chore("checkpoint of the log", 5.0, CheckpointChore()),
    )
    register_actions(
        Action("library.log_key_changed", marked("The key of the capture log was changed, signed by the old one")),
        Action("library.log_key_lost", marked("The key of the capture log was given up as lost; a new one begins")),
    )
    register_health_checks(HealthCheck("capture_log", marked("Capture log"), look))


class CheckpointChore:
    """Signs when it is due. Of several machines one has the key: on the others that is said once and no more."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self) -> str:
        try:
            told = sign_checkpoint_if_due()
        except LogKeyLost as lost:
            if not self._said:
                logger.warning("%s", lost)
            self._said = True
            return ""
        self._said = False
        return told


def look() -> Iterator[Finding]:
    """The key, the last checkpoint, captures that wait."""
    size, waiting = log_progress()
    last = latest_checkpoint() if size else None
    if size:
        yield from _key(last.key if last is not None and last.key.until_size is None else current_key())
    if waiting > _MANY:
        yield Finding(
            WARNING,
            _("%(count)s captures are not in the log yet.") % {"count": waiting},
            _("A running worker enters them; after an upgrade that takes some minutes."),
        )
    if last is None and size == 0:
        yield Finding(GOOD, _("The log is empty: nothing was captured yet."))
        return
    if last is None or (last.size < size and timezone.now() - last.signed_at > 3 * checkpoint_wait(size)):
        yield Finding(
            WARNING,
            _("The last checkpoint is old, and captures wait for the next one."),
            _("See whether a worker runs on the machine with the key: `wellspring worker`."),
        )
        return
    yield Finding(
        GOOD,
        ngettext(
            "%(count)s capture is in the log; the last checkpoint was signed at %(time)s.",
            "%(count)s captures are in the log; the last checkpoint was signed at %(time)s.",
            size,
        )
        % {"count": size, "time": f"{timezone.localtime(last.signed_at):%Y-%m-%d %H:%M}"},
    )


def _key(key: LogKey | None) -> Iterator[Finding]:
    if key is None:
        return
    try:
        signers = [log_keys.read_key(path) for path in (log_keys.key_path(), log_keys.next_key_path())]
    except LogKeyLost as lost:
        yield Finding(WRONG, str(lost), "")
        return
    if not any(signer is not None and str(signer.verifier) == key.verifier for signer in signers):
        yield Finding(
            WRONG,
            _("The key of the capture log is not on this machine (%(path)s).") % {"path": log_keys.key_path()},
            _(
                "Put it back from a backup. If another machine signs, this is as it should be; if the key is gone for "
                "good: `wellspring log rotate-key --lost`."
            ),
        )
        return
    mode = log_keys.key_path().stat().st_mode & 0o777 if log_keys.key_path().exists() else 0o600
    if mode & 0o077:
        yield Finding(
            WARNING,
            _("Others than its owner can read the key of the capture log."),
            f"chmod 600 {log_keys.key_path()}",
        )
