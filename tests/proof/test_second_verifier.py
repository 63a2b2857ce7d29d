"""Somebody with nothing but the documented format checks a receipt that was downloaded over HTTP."""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.proof import second_verifier

FILE = Path(second_verifier.__file__)
PAGE = "<title>议事亭</title><p>议事亭里坐满了人。".encode()


def test_it_shares_nothing_with_the_product() -> None:
    modules = set()
    for node in ast.walk(ast.parse(FILE.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    assert modules == {"base64", "hashlib", "json", "re", "sys"}


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_its_ed25519_is_that_of_rfc_8032(public: str, message: str, signature: str) -> None:
    said, signed = bytes.fromhex(message), bytes.fromhex(signature)
    assert second_verifier.is_signed(bytes.fromhex(public), said, signed)
    assert not second_verifier.is_signed(bytes.fromhex(public), said + b"x", signed)
    assert not second_verifier.is_signed(bytes.fromhex(public), said, signed[:-1] + bytes([signed[-1] ^ 1]))


@pytest.fixture
def house(tmp_path: Path, settings: Any, live_server: Any) -> str:
    """The address of a served library with one signed snapshot, and later captures behind it."""
    from tests.library.factories import make_snapshot, make_source
    from tests.library.log.received import received
    from tests.library.responses import make_response
    from wellspring.engine.records import CaptureKind
    from wellspring.library.services.captures import record_capture
    from wellspring.library.services.log_checkpoints import sign_checkpoint
    from wellspring.library.services.log_leaves import append_leaves

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    page = make_response("https://news.example.com/议事.html", PAGE)
    capture = record_capture(page, kind=CaptureKind.PAGE, requested_url=page.url)
    snapshot = make_snapshot(capture=capture, source=make_source())
    for number in range(4):
        received(number)
        append_leaves()
        sign_checkpoint()
    return f"{live_server.url}/library/snapshots/{snapshot.pk}"


def got(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        content: bytes = answer.read()
    return content


@pytest.mark.django_db(transaction=True)
def test_an_outsider_downloads_a_receipt_and_checks_it(house: str, tmp_path: Path) -> None:
    site = house.partition("/library")[0]
    key = got(f"{site}/log/key").decode().split()[0]
    (tmp_path / "receipt.json").write_bytes(got(f"{house}/receipt.json"))
    (tmp_path / "page.html").write_bytes(got(f"{house}/original/bytes"))
    asked = [sys.executable, "-I", str(FILE), str(tmp_path / "receipt.json"), key]
    done = subprocess.run([*asked, str(tmp_path / "page.html")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The receipt holds: https://news.example.com/")
    (tmp_path / "page.html").write_bytes(PAGE + b" ")
    done = subprocess.run([*asked, str(tmp_path / "page.html")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "page: other bytes" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_an_outsider_sees_that_the_receipts_log_is_the_beginning_of_todays(house: str) -> None:
    site = house.partition("/library")[0]
    key = got(f"{site}/log/key").decode().split()[0]
    receipt = json.loads(got(f"{house}/receipt.json"))
    _, old = second_verifier.verify(receipt, key)
    new = second_verifier.opened(got(f"{site}/log/checkpoint").decode(), key).split("\n")
    told = json.loads(got(f"{site}/log/consistency?from={old[1]}&to={new[1]}"))
    proof = [base64.b64decode(one) for one in told["consistency_proof"]]
    roots = base64.b64decode(old[2]), base64.b64decode(new[2])
    assert int(old[1]) < int(new[1])
    assert second_verifier.consistent(int(old[1]), int(new[1]), *roots, proof)
    assert not second_verifier.consistent(int(old[1]), int(new[1]), roots[1], roots[1], proof)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        {"index": 1},
        {"format": "other"},
        {"inclusion_proof": []},
        {"key": "news.example.org/log+00000000+AAAA"},
        {"leaf": ""},
        {"checkpoint": "\n\n"},
    ],
)
def test_it_refuses_what_was_changed(house: str, change: dict[str, Any]) -> None:
    receipt = json.loads(got(f"{house}/receipt.json"))
    with pytest.raises((second_verifier.Refused, ValueError, IndexError)):
        second_verifier.verify({**receipt, **change}, receipt["key"])


@pytest.mark.django_db(transaction=True)
def test_it_follows_a_change_of_keys_as_the_product_does(house: str) -> None:
    from wellspring.library.services.log_checkpoints import rotate_key
    from wellspring.people.viewer import INSTALLATION

    before = json.loads(got(f"{house}/receipt.json"))
    new = rotate_key(actor=INSTALLATION).verifier
    receipt = json.loads(got(f"{house}/receipt.json"))
    assert receipt["key"] == before["key"] != new
    second_verifier.verify(receipt, new)
    with pytest.raises(second_verifier.Refused, match="key"):
        second_verifier.verify(before, new)
