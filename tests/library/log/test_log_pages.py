"""`/log/` is enough to follow the log from outside: checkpoint, keys, tiles, entries and consistency proofs."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.library.log.test_leaves import make_rows
from wellspring.engine.proof import Checkpoint, NoteVerifier, open_note
from wellspring.engine.proof.tree import GrowingRoot, is_consistent, leaf_hash
from wellspring.library.models import Capture
from wellspring.library.services.log_checkpoints import sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown(data: Path) -> None:
    """A log of 300 captures with a checkpoint."""
    Capture.objects.bulk_create(make_rows(300))
    append_leaves()
    sign_checkpoint()


def test_a_monitor_rebuilds_the_signed_root_from_entries_and_from_tiles(grown: None, client: Client) -> None:
    key = NoteVerifier.parse(client.get("/log/key").content.decode().split()[0])
    text, _ = open_note(client.get("/log/checkpoint").content.decode(), [key])
    checkpoint = Checkpoint.parse(text)
    from_entries, from_tiles = GrowingRoot(), GrowingRoot()
    for place in ("000", "001.p/44"):
        rest = client.get(f"/log/tile/entries/{place}").content
        while rest:
            length = int.from_bytes(rest[:2], "big")
            from_entries.add(leaf_hash(rest[2 : 2 + length]))
            rest = rest[2 + length :]
        hashes = client.get(f"/log/tile/0/{place}").content
        from_tiles.extend(hashes[at : at + 32] for at in range(0, len(hashes), 32))
    assert from_entries.size == from_tiles.size == checkpoint.size == 300
    assert from_entries.root() == from_tiles.root() == checkpoint.root
    assert len(client.get("/log/tile/1/000.p/1").content) == 32


@pytest.mark.parametrize(("first", "second"), [(1, 300), (255, 256), (256, 257), (17, 290), (0, 5), (300, 300)])
def test_any_two_sizes_are_proved_consistent(grown: None, client: Client, first: int, second: int) -> None:
    told = client.get("/log/consistency", {"from": first, "to": second}).json()
    hashes = [base64.b64decode(one) for one in told["consistency_proof"]]
    roots = base64.b64decode(told["from_root"]), base64.b64decode(told["to_root"])
    assert is_consistent(first, second, *roots, hashes)
    assert (told["from"], told["to"]) == (first, second)


@pytest.mark.parametrize(
    "asked",
    [{"from": "2", "to": "1"}, {"to": "301"}, {"from": "-1"}, {"from": "x"}, {"to": "9" * 5000}, {"from": "１"}],
)
def test_sizes_that_there_are_not_are_answered_in_words(grown: None, client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/log/consistency", asked)
    if asked == {"from": "１"}:  # a digit all the same
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert "300" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "place",
    [
        "0/002",
        "0/001",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/257",
        "0/001.p/45",
        "7/000",
        "99999999999999999999/000",
        "0/x000/000/000",
        "0/0",
        "0/../0",
        "entries/001",
        "entries/x999/x999/x999/x999/x999/999",
        "entries/nothing",
    ],
)
def test_tiles_that_there_are_not_are_not_found(grown: None, client: Client, place: str) -> None:
    assert client.get(f"/log/tile/{place}").status_code == 404


def test_an_empty_log_has_no_checkpoint_and_no_key(data: Path, client: Client) -> None:
    for place in ("checkpoint", "key", "tile/0/000.p/1"):
        assert client.get(f"/log/{place}").status_code == 404
    assert client.get("/log/consistency").json()["from_root"] == base64.b64encode(hashlib.sha256().digest()).decode()
    assert client.get("/library/proof/").status_code == 200


def test_a_closed_house_shows_hashes_but_no_entries(grown: None, client: Client, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, members_only=True)
    assert client.get("/log/tile/0/000").status_code == 200
    assert client.get("/log/tile/entries/000").status_code == 302
