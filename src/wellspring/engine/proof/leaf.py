"""What the log says of one capture, byte for byte as docs/proof.md describes it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from .tree import leaf_hash

SALT_BYTES = 16
_HEAD = "wellspring capture v1"


def address_hash(salt: bytes, url: str) -> str:
    """SHA-256 in hex of the salt, 16 bytes, followed by the address in UTF-8. Without the salt nobody can guess it."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"the salt has {len(salt)} bytes instead of {SALT_BYTES}")
    return hashlib.sha256(salt + url.encode()).hexdigest()


def moment(at: datetime) -> str:
    """UTC to the microsecond, as it stands in leaves and receipts: `2025-03-05T04:00:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class CaptureLeaf:
    """One leaf. Digests are SHA-256, 64 hex digits in lower case."""

    capture: int
    received_at: str
    """As `moment` writes it."""
    payload_digest: str
    record_digest: str
    """Over the archive record as it was written: status line, headers, body, the request."""
    address_hash: str

    def content(self) -> bytes:
        """The leaf's bytes: six lines in ASCII, each with its line feed."""
        lines = [
            _HEAD,
            str(self.capture),
            self.received_at,
            f"payload sha256:{self.payload_digest}",
            f"record sha256:{self.record_digest}",
            f"address sha256:{self.address_hash}",
        ]
        return "".join(f"{line}\n" for line in lines).encode("ascii")

    def hash(self) -> bytes:
        return leaf_hash(self.content())
