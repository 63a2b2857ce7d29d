"""Whatever changes in the archive or in a row, the capture is named."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from tests.engine.archive.responses import response
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture
from wellspring.library.services.captures import record_capture
from wellspring.library.verification import verify_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One file with a page, the same page again (a revisit), a packed one and a 304."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path))
    for sent in (
        response(b"<p>first</p>" * 30),
        response(b"<p>first</p>" * 30),
        response(b"second" * 90, packed=True, chunked=True),
        response(b"", status=304),
    ):
        record_capture(sent, kind=CaptureKind.PAGE, requested_url=sent.url)
    assert verify_archive().damaged == []
    (file,) = (tmp_path / "archive").iterdir()
    return file


def test_one_changed_byte_anywhere_names_the_capture_it_lies_in(archive: Path) -> None:
    whole = archive.read_bytes()
    captures = list(Capture.objects.order_by("warc_offset"))
    dice = random.Random(5)
    for _ in range(150):
        position = dice.randrange(len(whole))
        changed = bytearray(whole)
        changed[position] ^= 1 << dice.randrange(8)
        archive.write_bytes(changed)
        # The head of the file belongs to no capture: it is told with the first.
        inside = [c.pk for c in captures if c.warc_offset <= position < c.warc_offset + c.warc_length]
        assert [damage.capture for damage in verify_archive().damaged] == (inside or [captures[0].pk])


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://other.example.com/"},
        {"payload_digest": "0" * 64},
        {"payload_length": 1},
        {"record_digest": "0" * 64},
        {"record_id": "urn:uuid:other"},
        {"warc_offset": 3},
        {"warc_length": 10},
        {"warc_file": "gone.warc.gz"},
    ],
)
def test_a_changed_row_is_named(archive: Path, change: dict[str, object]) -> None:
    capture = Capture.objects.filter(revisit_of=None).latest("id")
    Capture.objects.filter(pk=capture.pk).update(**change)
    assert capture.pk in {damage.capture for damage in verify_archive().damaged}


def test_a_revisit_of_another_capture_than_its_record_says_is_named(archive: Path) -> None:
    first, revisit, other, _ = Capture.objects.order_by("id")
    assert revisit.revisit_of == first
    Capture.objects.filter(pk=revisit.pk).update(revisit_of=other)
    assert [damage.capture for damage in verify_archive().damaged] == [revisit.pk]
