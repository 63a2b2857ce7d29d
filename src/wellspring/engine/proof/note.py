"""Signed notes as C2SP signed-note defines them: a text, and lines that sign it with Ed25519 keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wellspring.engine.errors import NoteRefused, marked

MOST_SIGNATURES = 100
LONGEST = 1_000_000
_ED25519 = b"\x01"
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class NoteVerifier:
    """A public key with its name."""

    name: str
    public: bytes
    """32 bytes."""

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as it is handed on: name, key id and key, with plus signs between."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> NoteVerifier:
        """Raises NoteRefused where it is no such key."""
        name, key_id, key = _key_parts(text.strip())
        verifier = cls(name, key)
        if verifier.key_id.hex() != key_id:
            raise NoteRefused(detail=marked("the key's id is not the one of the key"))
        return verifier

    def verifies(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A private key with its name. Its text form is a secret."""

    name: str
    seed: bytes
    """32 bytes."""

    @classmethod
    def generate(cls, name: str) -> NoteSigner:
        """Raises NoteRefused where the name cannot stand in a note."""
        if not name or re.search(r"[\s+]", name):
            raise NoteRefused(detail=marked("a key's name has no spaces and no plus sign"))
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> NoteVerifier:
        return NoteVerifier(self.name, self._key().public_key().public_bytes_raw())

    def secret(self) -> str:
        """One line for the key file."""
        key = base64.b64encode(_ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> NoteSigner:
        """Raises NoteRefused where it is no private key."""
        line = text.strip()
        if not line.startswith("PRIVATE+KEY+"):
            raise NoteRefused(detail=marked("this is no private key"))
        name, key_id, seed = _key_parts(line.removeprefix("PRIVATE+KEY+"))
        signer = cls(name, seed)
        if signer.verifier.key_id.hex() != key_id:
            raise NoteRefused(detail=marked("the key's id is not the one of the key"))
        return signer

    def signature(self, text: bytes) -> bytes:
        return self._key().sign(text)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def sign_note(text: str, signers: Iterable[NoteSigner]) -> str:
    """The text, which ends in a line feed, an empty line, and a signature line for each signer."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("a note's text ends in a line feed and has no other control characters")
    lines = []
    for signer in signers:
        signed = base64.b64encode(signer.verifier.key_id + signer.signature(text.encode())).decode()
        lines.append(f"{_DASH}{signer.name} {signed}\n")
    return f"{text}\n{''.join(lines)}"


def open_note(note: str, known: Sequence[NoteVerifier]) -> tuple[str, list[NoteVerifier]]:
    """The text of a note and the known keys that signed it; signatures of other keys are passed over.

    Raises NoteRefused where it is no note, a known key's signature is wrong, or no known key signed.
    """
    text, signatures = _parts(note)
    signed_by: list[NoteVerifier] = []
    for name, key_id, signature in signatures:
        verifier = next((key for key in known if key.name == name and key.key_id == key_id), None)
        if verifier is None or verifier in signed_by:
            continue
        if not verifier.verifies(text.encode(), signature):
            raise NoteRefused(detail=marked("the signature is not of this text"))
        signed_by.append(verifier)
    if not signed_by:
        raise NoteRefused(detail=marked("no key that is trusted here has signed it"))
    return text, signed_by


def signers_of(note: str) -> list[tuple[str, str]]:
    """Name and key id (hex) of every signature line; nothing of it is checked. Raises NoteRefused."""
    return [(name, key_id.hex()) for name, key_id, _ in _parts(note)[1]]


def split_notes(text: str) -> list[str]:
    """Notes that were written one after another, each followed by an empty line; what is cut off comes last."""
    notes: list[str] = []
    pending: list[str] = []
    for block in text.split("\n\n"):
        pending.append(block)
        if block.startswith(_DASH):
            notes.append("\n\n".join(pending).lstrip("\n") + "\n")
            pending = []
    rest = "\n\n".join(pending)
    return [*notes, rest] if rest.strip() else notes


def _parts(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    text, empty, tail = note.rpartition("\n\n")
    lines = tail.removesuffix("\n").split("\n")
    if not empty or len(note) > LONGEST or _CONTROL.search(note) or not tail.endswith("\n"):
        raise NoteRefused(detail=marked("it has not the form of a signed note"))
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteRefused(detail=marked("it has not the form of a signed note"))
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = re.fullmatch(rf"{_DASH}([^\s+]+) (\S+)", line)
    if not found:
        raise NoteRefused(detail=marked("a signature line cannot be read"))
    try:
        signed = base64.b64decode(found[2], validate=True)
    except (binascii.Error, ValueError):
        raise NoteRefused(detail=marked("a signature line cannot be read")) from None
    if len(signed) < 5:
        raise NoteRefused(detail=marked("a signature line cannot be read"))
    return found[1], signed[:4], signed[4:]


def _key_parts(text: str) -> tuple[str, str, bytes]:
    # The name has no plus sign; the key in base64 may.
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", text)
    try:
        key = base64.b64decode(found[3], validate=True) if found else b""
    except (binascii.Error, ValueError):
        key = b""
    if found is None or len(key) != 33 or key[:1] != _ED25519:
        raise NoteRefused(detail=marked("this is no Ed25519 key in the form name+id+key"))
    return found[1], found[2], key[1:]
