"""The note by which a log goes from one key to the next: signed by both, so that who trusts one can trust the other."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from wellspring.engine.errors import NoteRefused, marked

from .note import NoteVerifier, open_note

_WORD = "key change"
"""Where a checkpoint has its size: no signature of the one can be taken for one of the other."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """Checkpoints up to `size` are signed by `old`, from `size` on by `new`."""

    origin: str
    size: int
    root: bytes
    """Of the tree at that size."""
    old: NoteVerifier
    new: NoteVerifier
    changed_at: str

    def text(self) -> str:
        root = base64.b64encode(self.root).decode()
        lines = [self.origin, _WORD, str(self.size), root, f"from {self.old}", f"to {self.new}", self.changed_at]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def open(cls, note: str, known: Sequence[NoteVerifier]) -> tuple[KeyChange, list[NoteVerifier]]:
        """The change and which of the `known` keys signed it. Raises NoteRefused."""
        text, signed_by = open_note(note, known)
        return cls.parse(text), signed_by

    @classmethod
    def parse(cls, text: str) -> KeyChange:
        """Read a note's text, signed or not. Raises NoteRefused where it is no change of keys."""
        lines = text.removesuffix("\n").split("\n")
        try:
            origin, word, size, root, old, new, changed_at = lines
            if word != _WORD or not size.isdecimal() or not old.startswith("from ") or not new.startswith("to "):
                raise ValueError
            keys = NoteVerifier.parse(old[5:]), NoteVerifier.parse(new[3:])
            return cls(origin, int(size), base64.b64decode(root, validate=True), *keys, changed_at)
        except (ValueError, binascii.Error):
            raise NoteRefused(detail=marked("its text is no change of keys")) from None


def is_vouched_for(key: NoteVerifier, *, size: int, trusted: Sequence[NoteVerifier], changes: Sequence[str]) -> bool:
    """Whether a checkpoint of `size` signed by `key` can be trusted by who trusts one of `trusted`.

    `changes`: notes of key changes in any order. Each step needs the signatures of both keys, and lets the older key
    speak only of sizes up to the change, the newer only of sizes from it on.
    """
    reached = [key]
    for one in reached:  # grows while it is walked
        if one in trusted:
            return True
        steps = (_step(note, one, size) for note in changes)
        reached += [step for step in steps if step is not None and step not in reached]
    return False


def _step(note: str, key: NoteVerifier, size: int) -> NoteVerifier | None:
    """The key on the other side of a change, where `key` stands on one side and both signed."""
    try:
        head = note.rpartition("\n\n")[0] + "\n"
        change = KeyChange.parse(head)
        if key not in (change.old, change.new):
            return None
        _, signed_by = open_note(note, [change.old, change.new])
    except NoteRefused:
        return None
    if len(signed_by) != 2 or change.old == change.new:
        return None
    if key == change.old:
        return change.new if size <= change.size else None
    return change.old if size >= change.size else None
