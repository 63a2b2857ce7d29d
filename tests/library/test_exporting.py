"""An exported file is WARC that other tools read, and importing it into an empty library gives the same captures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from tests.engine.archive.responses import response
from tests.library.factories import make_source
from wellspring.engine.records import CaptureKind
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.exporting import ExportRefused, export_captures, wanted_captures
from wellspring.library.models import Capture
from wellspring.library.services.captures import record_capture
from wellspring.library.services.importing import import_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _captures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of a source, the same bytes at another address (a revisit), and a packed one."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path / "data"))
    source = make_source("东篱时报")
    for number, (sent, of) in enumerate(
        [
            (response(b"<p>first</p>" * 30, url="https://a.example.com/1"), source.pk),
            (response(b"<p>first</p>" * 30, url="https://a.example.com/2"), None),
            (response(b"second" * 90, packed=True, chunked=True, url="https://b.example.com/3"), None),
        ]
    ):
        sent = replace(sent, received_at=sent.received_at.replace(day=5 + number))
        record_capture(sent, kind=CaptureKind.PAGE, requested_url=sent.url, source_id=of)


def exported(tmp_path: Path, **conditions: object) -> Path:
    path = tmp_path / "out.warc.gz"
    export_captures(wanted_captures(**conditions), path, progress=lambda *told: None)  # type: ignore[arg-type]  # as is
    return path


def targets(path: Path) -> list[tuple[str, str]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(file)
            if record.rec_type in ("response", "revisit")
        ]


def test_other_tools_read_every_record_and_agree_on_its_digest(tmp_path: Path) -> None:
    path = exported(tmp_path)
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds[0] == "warcinfo"
    assert (kinds.count("response"), kinds.count("revisit"), kinds.count("request")) == (2, 1, 3)
    blocks = [found.verify_block_digest() for found in FastIterator(path.open("rb"), parse_http=False)]
    assert blocks == [True] * len(kinds)


def test_what_is_exported_and_imported_elsewhere_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = exported(tmp_path)
    before = [(c.url, c.captured_at, c.status, kept_content(kept_response(c))) for c in Capture.objects.order_by("id")]
    Capture.objects.exclude(revisit_of=None).delete()
    Capture.objects.all().delete()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path / "elsewhere"))
    done = import_file(path, progress=lambda *told: None)
    assert (done.captured, done.failures) == (3, [])
    after = [(c.url, c.captured_at, c.status, kept_content(kept_response(c))) for c in Capture.objects.order_by("id")]
    assert after == before


def test_a_revisit_takes_its_original_along(tmp_path: Path) -> None:
    revisit = Capture.objects.exclude(revisit_of=None).get()
    assert targets(exported(tmp_path, ids=[revisit.pk])) == [
        ("response", "https://a.example.com/1"),
        ("revisit", "https://a.example.com/2"),
    ]


def test_captures_are_chosen_by_source_and_by_day(tmp_path: Path) -> None:
    assert [url for _, url in targets(exported(tmp_path, sources=["东篱时报"]))] == ["https://a.example.com/1"]
    (tmp_path / "out.warc.gz").unlink()
    assert [url for _, url in targets(exported(tmp_path, since=date(2025, 3, 7)))] == ["https://b.example.com/3"]
    with pytest.raises(ExportRefused, match="无此来源"):
        wanted_captures(sources=["无此来源"])


def test_nothing_is_replaced_and_a_damaged_capture_is_named(tmp_path: Path) -> None:
    path = exported(tmp_path)
    with pytest.raises(ExportRefused):
        exported(tmp_path)
    path.unlink()
    (file,) = (tmp_path / "data" / "archive").iterdir()
    damaged = Capture.objects.latest("id")
    content = bytearray(file.read_bytes())
    content[damaged.warc_offset + 50] ^= 1
    file.write_bytes(content)
    done = export_captures(wanted_captures(), path, progress=lambda *told: None)
    assert (done.captures, [capture for capture, _ in done.damaged]) == (2, [damaged.pk])


def test_conditions_that_no_capture_meets_are_told_and_leave_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="没有符合条件的采集"):
        exported(tmp_path, ids=[999_999])
    assert not (tmp_path / "out.warc.gz").exists()
