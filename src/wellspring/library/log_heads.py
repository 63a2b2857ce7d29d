"""Checkpoints looked at again: signatures, roots, the file that has each of them too, keys, the audit trail's head."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wellspring.core.models import AuditEntry
from wellspring.engine.errors import NoteRefused, marked
from wellspring.engine.proof import Checkpoint, NoteVerifier, open_note, split_notes
from wellspring.engine.proof.keychange import KeyChange
from wellspring.engine.proof.tree import GrowingRoot
from wellspring.library import log_keys
from wellspring.library.log_keys import LogKeyLost
from wellspring.library.models import LogCheckpoint, LogKey
from wellspring.library.queries.log import current_key

if TYPE_CHECKING:
    from wellspring.library.log_verification import LogVerification


@dataclass(slots=True)
class SignedHeads:
    """Every checkpoint that was signed, by size, waiting for the log to be read up to it."""

    found: LogVerification
    by_size: dict[int, list[Checkpoint]] = field(default_factory=dict)
    beyond: set[int] = field(default_factory=set)
    """Sizes of those that only the file has, and last: a crash may have come between file and row."""

    @classmethod
    def read(cls, found: LogVerification) -> SignedHeads:
        """Read table, file and keys; tells what is wrong with them themselves."""
        heads = cls(found)
        keys = list(LogKey.objects.order_by("id"))
        verifiers = [NoteVerifier.parse(key.verifier) for key in keys]
        _check_keys(found, keys, verifiers)
        in_table = list(LogCheckpoint.objects.select_related("key").order_by("id").iterator(chunk_size=500))
        for row in in_table:
            heads._add_row(row)
        heads._read_file([row.note for row in in_table], verifiers)
        return heads

    def compare(self, size: int, growing: GrowingRoot) -> None:
        """The log was read up to `size`: are these the roots that were signed for it?"""
        if size not in self.by_size:
            return
        root = growing.root()
        for head in self.by_size.pop(size):
            if head.root != root:
                self.found.add(
                    "log_rewritten",
                    marked("The log of %(size)s captures is not the one that was signed at %(time)s."),
                    size=size,
                    time=head.said("signed") or "?",
                )

    def finish(self, size: int) -> None:
        """The log ends at `size`: checkpoints of more say that it was cut."""
        for signed in sorted(self.by_size):
            self.found.add(
                "log_rolled_back",
                marked("A checkpoint of %(signed)s captures was signed, and the log has only %(size)s."),
                signed=signed,
                size=size,
            )

    def _add_row(self, row: LogCheckpoint) -> None:
        head = _opened(row.note, [NoteVerifier.parse(row.key.verifier)])
        if head is None or (head.size, head.root.hex()) != (row.size, row.root):
            self.found.add(
                "checkpoint_changed",
                marked("Checkpoint %(number)s, of %(size)s captures, is not what the log's key signed."),
                number=row.pk,
                size=row.size,
            )
            return
        self._add(head)

    def _add(self, head: Checkpoint) -> None:
        self.by_size.setdefault(head.size, []).append(head)
        number, _, digest = head.said("audit").partition(" sha256:")
        if not number.isdecimal() or int(number) == 0:
            return
        entry = AuditEntry.objects.filter(number=int(number)).values_list("entry_hash", flat=True).first()
        if entry != digest:
            self.found.add(
                "audit_rewritten",
                marked("Entry %(number)s of the audit trail is not the one that was signed with the log at %(time)s."),
                number=int(number),
                time=head.said("signed") or "?",
            )

    def _read_file(self, in_table: list[str], verifiers: list[NoteVerifier]) -> None:
        try:
            in_file = split_notes(log_keys.checkpoints_path().read_text("utf-8"))
        except FileNotFoundError:
            in_file = []
        except (OSError, UnicodeDecodeError):
            self.found.add("file_damaged", marked("The file of all checkpoints cannot be read."))
            return
        table, file = set(in_table), set(in_file)
        missing = [note for note in in_table if note not in file]
        if missing:
            self.found.add(
                "file_truncated",
                marked("The file of all checkpoints lacks %(count)s that were signed."),
                count=len(missing),
            )
        for at, note in enumerate(in_file):
            if note in table:
                continue
            head = _opened(note, verifiers)
            last = at == len(in_file) - 1
            if head is not None:
                self._add(head)
            if head is None and not last:
                self.found.add(
                    "file_damaged",
                    marked("Checkpoint %(number)s in the file of all checkpoints is not one of this log."),
                    number=at + 1,
                )
            elif not last:
                self.found.add(
                    "checkpoint_removed",
                    marked("A checkpoint of %(size)s captures was signed and is gone from the database."),
                    size=head.size if head else 0,
                )
            else:
                self._note_last(head)

    def _note_last(self, head: Checkpoint | None) -> None:
        from wellspring.library.log_verification import LogProblem

        said = marked("The last line of the file of all checkpoints has no row: a crash, or a database put back.")
        self.found.notes.append(LogProblem("checkpoint_unrecorded", said, {"size": head.size if head else None}))


def _opened(note: str, verifiers: list[NoteVerifier]) -> Checkpoint | None:
    try:
        return Checkpoint.parse(open_note(note, verifiers)[0])
    except NoteRefused:
        return None


def _check_keys(found: LogVerification, keys: list[LogKey], verifiers: list[NoteVerifier]) -> None:
    current = current_key()
    if current is not None:
        try:
            signers = [log_keys.read_key(path) for path in (log_keys.key_path(), log_keys.next_key_path())]
        except LogKeyLost:
            signers = []
        if not any(signer is not None and str(signer.verifier) == current.verifier for signer in signers):
            found.add(
                "key_lost",
                marked("The key of the log is not in %(path)s: no checkpoint can be signed."),
                path=str(log_keys.key_path()),
            )
    for key, verifier in zip(keys, verifiers, strict=True):
        if not key.change:
            continue
        try:
            change, signed_by = KeyChange.open(key.change, verifiers)
            holds = verifier in signed_by and change.new == verifier and change.size == key.from_size
        except NoteRefused:
            holds = False
        if not holds:
            found.add(
                "key_change_damaged",
                marked("The note by which the key %(key)s took over is not what was signed."),
                key=key.verifier,
            )
