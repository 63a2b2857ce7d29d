"""docs/proof.md is exact: its example is what the product makes, and both verifiers accept it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.proof import second_verifier
from wellspring.engine.proof import CaptureLeaf, Checkpoint, NoteSigner, address_hash, sign_note
from wellspring.engine.proof.receipt import Receipt, checks_of
from wellspring.engine.proof.tiles import extended, range_hash
from wellspring.engine.proof.tree import inclusion_path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "proof.md").read_text("utf-8")
PAGE = b"<p>page 2</p>"


def documented() -> dict[str, Any]:
    (example,) = re.findall(r"```json\n(.*?)\n```", DOCUMENT, re.DOTALL)
    told: dict[str, Any] = json.loads(example)
    return told


def test_the_example_is_what_the_product_makes() -> None:
    signer = NoteSigner("example.org/log", bytes(range(32)))
    leaves = [
        CaptureLeaf(
            capture=number,
            received_at=f"2025-03-05T04:00:0{number}.000000Z",
            payload_digest=hashlib.sha256(f"<p>page {number}</p>".encode()).hexdigest(),
            record_digest=hashlib.sha256(f"record {number}".encode()).hexdigest(),
            address_hash=address_hash(bytes([number]) * 16, f"https://news.example.com/{number}.html"),
        )
        for number in (1, 2, 3)
    ]
    tiles = extended(0, {}, [leaf.hash() for leaf in leaves])
    root = range_hash((0, 3), tiles.__getitem__)
    said = ("signed 2025-03-05T04:05:00.000000Z", f"audit 0 sha256:{'0' * 64}")
    receipt = Receipt(
        leaf=leaves[1],
        url="https://news.example.com/2.html",
        salt=bytes([2]) * 16,
        index=1,
        proof=tuple(range_hash(part, tiles.__getitem__) for part in inclusion_path(1, 3)),
        checkpoint=sign_note(Checkpoint(signer.name, 3, root, said).text(), [signer]),
        key=signer.verifier,
    )
    assert documented() == receipt.as_json()
    for value in (signer.verifier.key_id, signer.verifier.public, root, *[leaf.hash() for leaf in leaves]):
        assert f"`{value.hex()}`" in DOCUMENT
    assert f"its {len(leaves[1].content())} bytes" in DOCUMENT


def test_both_verifiers_accept_the_example_with_its_page() -> None:
    told = documented()
    second_verifier.verify(told, told["key"], PAGE)
    receipt = Receipt.parse(told)
    assert all(check.holds for check in checks_of(receipt, trusted=[receipt.key], page=PAGE))


def test_every_code_of_verify_is_explained() -> None:
    source = "".join(
        (ROOT / "src" / "wellspring" / "library" / name).read_text("utf-8")
        for name in ("log_verification.py", "log_heads.py")
    )
    codes = set(re.findall(r'found\.add\(\s*"(\w+)"', source))
    assert len(codes) > 10
    assert not {code for code in codes if f"`{code}`" not in DOCUMENT}


@pytest.mark.parametrize("path", ["/log/checkpoint", "/log/key", "/log/consistency", "receipt.json"])
def test_every_address_is_explained(path: str) -> None:
    assert path in DOCUMENT
