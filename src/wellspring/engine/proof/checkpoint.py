"""The text of a checkpoint as C2SP tlog-checkpoint defines it, with two lines of ours: when it was signed, and the head
of the audit trail."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from wellspring.engine.errors import NoteRefused, marked


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log at one size, as it is signed."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """`signed <time>` and `audit <number> sha256:<hash>` in checkpoints of ours."""

    def text(self) -> str:
        """What is signed: origin, size, root and the extension lines, each with its line feed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        if any(not line or "\n" in line for line in lines):
            raise ValueError("a line of a checkpoint is empty or has a line feed in it")
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a note's text. Raises NoteRefused where it is no checkpoint."""
        lines = text.removesuffix("\n").split("\n")
        try:
            origin, size, root = lines[:3]
            if not all(lines) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", size):
                raise ValueError
            found = base64.b64decode(root, validate=True)
            if len(found) != 32 or base64.b64encode(found).decode() != root:
                raise ValueError
        except (ValueError, binascii.Error):
            raise NoteRefused(detail=marked("its text is no checkpoint")) from None
        return cls(origin, int(size), found, tuple(lines[3:]))

    def said(self, word: str) -> str:
        """The rest of the extension line that begins with this word; empty where there is none."""
        return next((line[len(word) + 1 :] for line in self.extensions if line.startswith(f"{word} ")), "")
