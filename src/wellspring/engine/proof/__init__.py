"""What outsiders can check: the Merkle tree over captures, signed checkpoints of it, and receipts (docs/proof.md)."""

from .checkpoint import Checkpoint
from .leaf import CaptureLeaf, address_hash
from .note import NoteSigner, NoteVerifier, open_note, sign_note, split_notes

__all__ = [
    "CaptureLeaf",
    "Checkpoint",
    "NoteSigner",
    "NoteVerifier",
    "address_hash",
    "open_note",
    "sign_note",
    "split_notes",
]
