"""Receipts of captures: what somebody takes away to check without us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError
from wellspring.engine.proof import NoteVerifier
from wellspring.engine.proof.receipt import Receipt
from wellspring.library.models import Capture, LogCheckpoint, LogLeaf, Snapshot
from wellspring.library.queries.log import checkpoint_wait, inclusion_proof, key_changes, leaf_of, log_size
from wellspring.library.queries.reading import readable_snapshots
from wellspring.library.queries.snapshots import may_read
from wellspring.people.viewer import Viewer


class ReceiptNotYet(DomainError):
    """The capture waits for the next checkpoint."""

    code = "receipt_not_yet"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        self.minutes = max(1, round(wait.total_seconds() / 60))
        super().__init__(
            _(
                "This capture waits for the next signed checkpoint of the log. Its receipt is ready in at most "
                "%(minutes)s min."
            )
            % {"minutes": self.minutes}
        )


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    receipt: Receipt
    checkpoint: LogCheckpoint


def capture_with_receipt(*, viewer: Viewer, pk: int) -> Capture:
    """A capture whose receipt this viewer may have. Raises Capture.DoesNotExist for missing and hidden alike."""
    captures = Capture.objects.all() if may_read(viewer) else Capture.objects.none()
    return captures.get(pk=pk)


def snapshot_with_receipt(*, viewer: Viewer, pk: int) -> Snapshot:
    """A snapshot with its capture. Raises Snapshot.DoesNotExist for missing and hidden alike."""
    return readable_snapshots(viewer=viewer).defer("body", "evidence").get(pk=pk)


def receipt_of(capture: Capture) -> SignedReceipt:
    """The receipt of a capture, over the first checkpoint that covers it: it stays the same for ever.

    Raises ReceiptNotYet before that checkpoint is signed, LogDamaged where the log cannot prove it.
    """
    leaf = LogLeaf.objects.filter(capture_id=capture.pk).first()
    covering = LogCheckpoint.objects.filter(size__gt=leaf.index).order_by("size", "id") if leaf else None
    checkpoint = covering.select_related("key").first() if covering is not None else None
    if leaf is None or checkpoint is None:
        raise ReceiptNotYet(checkpoint_wait(log_size()))
    receipt = Receipt(
        leaf=leaf_of(leaf),
        url=capture.url if leaf.salt else None,
        salt=bytes.fromhex(leaf.salt) if leaf.salt else None,
        index=leaf.index,
        proof=tuple(inclusion_proof(leaf.index, checkpoint.size)),
        checkpoint=checkpoint.note,
        key=NoteVerifier.parse(checkpoint.key.verifier),
        key_changes=tuple(key_changes()),
    )
    return SignedReceipt(receipt, checkpoint)
