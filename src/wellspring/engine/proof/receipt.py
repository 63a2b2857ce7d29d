"""A receipt: everything somebody needs to check one capture without us, as JSON, and the checks themselves."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wellspring.engine.errors import NoteRefused, ReceiptUnreadable, marked

from .checkpoint import Checkpoint
from .keychange import is_vouched_for
from .leaf import CaptureLeaf, address_hash
from .note import NoteVerifier, open_note
from .tree import inclusion_root

FORMAT = "wellspring-receipt/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    leaf: CaptureLeaf
    url: str | None
    """None, as `salt`, where the address was removed: everything else can be checked all the same."""
    salt: bytes | None
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    """The signed note."""
    key: NoteVerifier
    key_changes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        leaf = self.leaf
        return {
            "format": FORMAT,
            "capture": {
                "id": leaf.capture,
                "received_at": leaf.received_at,
                "payload_digest": f"sha256:{leaf.payload_digest}",
                "record_digest": f"sha256:{leaf.record_digest}",
                "address_digest": f"sha256:{leaf.address_hash}",
                "address": self.url,
                "salt": self.salt.hex() if self.salt is not None else None,
            },
            "leaf": leaf.content().decode(),
            "index": self.index,
            "inclusion_proof": [base64.b64encode(hash_).decode() for hash_ in self.proof],
            "checkpoint": self.checkpoint,
            "key": str(self.key),
            "key_changes": list(self.key_changes),
        }

    @classmethod
    def parse(cls, told: Any) -> Receipt:
        """Read a receipt's JSON. Raises ReceiptUnreadable; nothing is checked yet."""
        try:
            if told["format"] != FORMAT:
                raise ReceiptUnreadable(detail=marked("it has another format"))
            capture = told["capture"]
            leaf = CaptureLeaf(
                capture=_number(capture["id"]),
                received_at=_moment(capture["received_at"]),
                payload_digest=_digest(capture["payload_digest"]),
                record_digest=_digest(capture["record_digest"]),
                address_hash=_digest(capture["address_digest"]),
            )
            given = capture["address"], capture["salt"]
            url, salt = (None, None) if None in given else (_text(given[0]), bytes.fromhex(_text(given[1])))
            if _text(told["leaf"]) != leaf.content().decode():
                raise ReceiptUnreadable(detail=marked("its leaf says something else than its capture"))
            return cls(
                leaf=leaf,
                url=url,
                salt=salt,
                index=_number(told["index"]),
                proof=tuple(base64.b64decode(_text(one), validate=True) for one in told["inclusion_proof"]),
                checkpoint=_text(told["checkpoint"]),
                key=NoteVerifier.parse(_text(told["key"])),
                key_changes=tuple(_text(one) for one in told["key_changes"]),
            )
        except (KeyError, TypeError, ValueError, binascii.Error, RecursionError):
            raise ReceiptUnreadable(detail=marked("something in it is missing or has another form")) from None
        except NoteRefused as refused:
            raise ReceiptUnreadable(detail=str(refused.data["detail"])) from None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    code: str
    """`address`, `inclusion`, `signature`, `key` or `page`."""
    holds: bool
    said: str
    """Marked message; `data` fills its placeholders."""
    data: Mapping[str, object]


def checks_of(receipt: Receipt, *, trusted: Sequence[NoteVerifier], page: bytes | None = None) -> Iterator[Check]:
    """Check a receipt step by step, and the bytes of the page where they are given; ends after the first that fails."""
    for check in _checks(receipt, trusted, page):
        yield check
        if not check.holds:
            return


def _checks(receipt: Receipt, trusted: Sequence[NoteVerifier], page: bytes | None) -> Iterator[Check]:
    leaf = receipt.leaf
    if receipt.url is None or receipt.salt is None:
        yield Check("address", True, marked("The address was removed; the rest can be checked without it."), {})
    else:
        try:
            holds = address_hash(receipt.salt, receipt.url) == leaf.address_hash
        except ValueError:
            holds = False
        yield Check(
            "address",
            holds,
            marked("The log means this address: %(url)s")
            if holds
            else marked("The log means another address than %(url)s"),
            {"url": receipt.url},
        )
    try:
        text, _ = open_note(receipt.checkpoint, [receipt.key])
        checkpoint = Checkpoint.parse(text)
    except NoteRefused as refused:
        said = marked("The checkpoint is not signed by the key %(key)s that the receipt names: %(detail)s")
        yield Check("signature", False, said, {"key": str(receipt.key), "detail": refused.data["detail"]})
        return
    root = inclusion_root(receipt.index, checkpoint.size, leaf.hash(), receipt.proof)
    yield Check(
        "inclusion",
        root == checkpoint.root,
        marked("The capture is number %(index)s of the %(size)s in the log of %(origin)s.")
        if root == checkpoint.root
        else marked("The capture is not in the log that was signed: digest, time, number or proof were changed."),
        {"index": receipt.index + 1, "size": checkpoint.size, "origin": checkpoint.origin},
    )
    yield Check(
        "signature",
        True,
        marked("The log was signed at %(time)s."),
        {"time": checkpoint.said("signed") or "?"},
    )
    vouched = checkpoint.origin == receipt.key.name and is_vouched_for(
        receipt.key, size=checkpoint.size, trusted=trusted, changes=receipt.key_changes
    )
    yield Check(
        "key",
        vouched,
        marked("The key is trusted: %(key)s")
        if vouched
        else marked("The checkpoint is signed by %(key)s, which is not the key it was checked against: %(trusted)s"),
        {"key": str(receipt.key), "trusted": ", ".join(map(str, trusted)) or "?"},
    )
    if page is not None:
        digest = hashlib.sha256(page).hexdigest()
        yield Check(
            "page",
            digest == leaf.payload_digest,
            marked("The bytes are those that were received.")
            if digest == leaf.payload_digest
            else marked("The bytes are others than those received: their digest is sha256:%(digest)s"),
            {"digest": digest},
        )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _moment(value: Any) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", _text(value), re.ASCII):
        raise ValueError
    return _text(value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise ValueError
    return value


def _digest(value: Any) -> str:
    label, colon, digest = _text(value).partition(":")
    if label != "sha256" or not colon or len(bytes.fromhex(digest)) != 32 or digest != digest.lower():
        raise ValueError
    return digest
