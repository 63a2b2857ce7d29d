"""A receipt holds as it is given out, and no longer when anything in it is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.library.factories import make_capture, make_snapshot, make_source
from tests.library.log.received import received
from wellspring.engine.errors import ReceiptUnreadable
from wellspring.engine.proof import NoteVerifier
from wellspring.engine.proof.receipt import Receipt, checks_of
from wellspring.library.models import Capture, LogKey, LogLeaf, Removal, Reuse
from wellspring.library.queries.receipts import ReceiptNotYet, receipt_of
from wellspring.library.services.log_checkpoints import rotate_key, sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db
PAGE = b"<p>page 3</p>"


@pytest.fixture
def capture(data: Path) -> Capture:
    """The fourth of seven captures, all signed."""
    captures = [received(number) for number in range(7)]
    append_leaves()
    sign_checkpoint()
    return captures[3]


def own_keys() -> list[NoteVerifier]:
    return [NoteVerifier.parse(key.verifier) for key in LogKey.objects.all()]


def failed(told: Any, *, page: bytes | None = None, trusted: list[NoteVerifier] | None = None) -> str | None:
    """The first check that does not hold; None where all do."""
    receipt = Receipt.parse(told)
    checks = checks_of(receipt, trusted=own_keys() if trusted is None else trusted, page=page)
    return next((check.code for check in checks if not check.holds), None)


def test_a_receipt_holds_with_the_bytes_of_the_page(capture: Capture) -> None:
    told = json.loads(json.dumps(receipt_of(capture).receipt.as_json()))
    assert failed(told) is None
    assert failed(told, page=PAGE) is None
    assert failed(told, page=PAGE + b" ") == "page"


def flipped(digest: str) -> str:
    return digest[:-1] + ("0" if digest[-1] != "0" else "1")


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another address": (lambda told: told["capture"].update(address="https://news.example.com/4.html"), "address"),
    "another salt": (lambda told: told["capture"].update(salt="00" * 16), "address"),
    "another number": (lambda told: told.update(index=told["index"] + 1), "inclusion"),
    "a proof too short": (lambda told: told["inclusion_proof"].pop(), "inclusion"),
    "a proof in another order": (lambda told: told["inclusion_proof"].reverse(), "inclusion"),
    "another size": (lambda told: told.update(checkpoint=told["checkpoint"].replace("\n7\n", "\n8\n")), "signature"),
    "another time of signing": (
        lambda told: told.update(checkpoint=told["checkpoint"].replace("signed 2", "signed 1")),
        "signature",
    ),
    "no signature": (lambda told: told.update(checkpoint=told["checkpoint"].rpartition("\n\n")[0] + "\n"), "signature"),
}
IN_THE_LEAF = {
    "id": lambda value: value + 1,
    "received_at": lambda value: value.replace("20", "21", 1),
    "payload_digest": flipped,
    "record_digest": flipped,
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_receipt_with_something_changed_is_refused_by_name(capture: Capture, what: str) -> None:
    told = receipt_of(capture).receipt.as_json()
    change, wanted = CHANGES[what]
    change(told)
    assert failed(told) == wanted


@pytest.mark.parametrize("field", IN_THE_LEAF)
def test_whatever_is_changed_in_the_leaf_is_not_in_the_log(capture: Capture, field: str) -> None:
    told = receipt_of(capture).receipt.as_json()
    before = told["capture"][field]
    told["capture"][field] = IN_THE_LEAF[field](before)
    with pytest.raises(ReceiptUnreadable):
        Receipt.parse(told)  # says two things
    told["leaf"] = told["leaf"].replace(str(before), str(told["capture"][field]), 1)
    assert failed(told) == "inclusion"


@pytest.mark.parametrize("gone", ["format", "capture", "leaf", "index", "inclusion_proof", "checkpoint", "key"])
@pytest.mark.parametrize("instead", [None, 7, "x", [], {"x": 1}])
def test_what_is_no_receipt_is_told_so(capture: Capture, gone: str, instead: object) -> None:
    told = receipt_of(capture).receipt.as_json()
    told[gone] = instead
    try:
        holds = failed(told) is None
    except ReceiptUnreadable:
        holds = False
    assert not holds


def test_a_receipt_is_the_same_however_the_log_grows(capture: Capture) -> None:
    before = receipt_of(capture).receipt
    make_capture()
    append_leaves()
    sign_checkpoint()
    assert receipt_of(capture).receipt == before


def test_another_logs_key_does_not_vouch_for_a_receipt(capture: Capture) -> None:
    from wellspring.engine.proof import NoteSigner

    stranger = NoteSigner.generate("news.example.org/log").verifier
    assert failed(receipt_of(capture).receipt.as_json(), trusted=[stranger]) == "key"
    assert failed(receipt_of(capture).receipt.as_json(), trusted=[]) == "key"


def test_after_a_change_of_keys_old_receipts_hold_for_who_knows_only_one_of_both(capture: Capture) -> None:
    old = own_keys()
    taken_before = receipt_of(capture).receipt.as_json()
    rotate_key(actor=INSTALLATION)
    new = [key for key in own_keys() if key not in old]
    later = received(8)
    append_leaves()
    sign_checkpoint()
    assert failed(taken_before, trusted=old) is None
    assert failed(receipt_of(capture).receipt.as_json(), trusted=new) is None
    assert failed(receipt_of(later).receipt.as_json(), trusted=old) is None
    assert failed(taken_before, trusted=new) == "key"  # it was taken before there was a new one


def test_before_the_next_checkpoint_the_wait_is_told(capture: Capture, client: Client) -> None:
    young = make_snapshot(capture=received(8))
    with pytest.raises(ReceiptNotYet):
        receipt_of(young.capture)
    append_leaves()
    answer = client.get(f"/library/snapshots/{young.pk}/receipt.json")
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert answer.json()["error"]["code"] == "receipt_not_yet"
    assert "最多 1 分钟" in client.get(f"/library/snapshots/{young.pk}/receipt/").content.decode()
    sign_checkpoint()
    assert failed(client.get(f"/library/snapshots/{young.pk}/receipt.json").json()) is None


def test_after_a_removal_the_receipt_proves_the_rest_and_tells_no_address(capture: Capture) -> None:
    LogLeaf.objects.filter(capture_id=capture.pk).update(salt="")
    Removal.objects.create(capture=capture, removed_at=timezone.now())
    told = receipt_of(capture).receipt.as_json()
    assert capture.url not in json.dumps(told)
    assert failed(told, page=PAGE) is None


@pytest.mark.parametrize("reuse", [Reuse.FULL_TEXT, Reuse.UNKNOWN, Reuse.LINK_ONLY])
def test_a_receipt_never_has_the_text_in_it(
    data: Path, client: Client, reuse: str, django_assert_max_num_queries: Any
) -> None:
    snapshot = make_snapshot(capture=received(1, "<p>议事亭里坐满了人</p>"), source=make_source(reuse=reuse))
    append_leaves()
    sign_checkpoint()
    with django_assert_max_num_queries(6):
        told = client.get(f"/library/snapshots/{snapshot.pk}/receipt.json")
    assert failed(told.json()) is None
    assert "议事亭" not in told.content.decode()
    with django_assert_max_num_queries(8):
        page = client.get(f"/library/snapshots/{snapshot.pk}/receipt/").content.decode()
    assert "坐满" not in page
    assert ("original/bytes" in page) == (reuse == Reuse.FULL_TEXT)
    assert client.get(f"/library/captures/{snapshot.capture_id}/receipt.json").json() == told.json()
