"""One changed byte anywhere is found, and the capture named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from wellspring.engine.archive import ArchiveReader, ArchiveWriter, RevisitTarget, stray_bytes, verify_record
from wellspring.engine.records import ArchivedRecord

from .responses import MOMENT, response

URL = "https://news.example.com/a.html"


def archive(folder: Path) -> list[ArchivedRecord]:
    """Four captures in one file, the last a revisit."""
    writer = ArchiveWriter(folder)
    records = [
        writer.write(response(b"<p>first</p>" * 40)),
        writer.write(response(b"second" * 300, packed=True)),
        writer.write(response(b"third" * 50, chunked=True)),
    ]
    first = RevisitTarget(records[0].record_id, URL, MOMENT, records[0].payload_digest)
    records.append(writer.write(response(b"<p>first</p>" * 40), revisit_of=first))
    writer.close()
    return records


def check(reader: ArchiveReader, records: list[ArchivedRecord]) -> list[str | None]:
    """What is wrong with each; the last is a revisit of the first."""
    first = records[0].record_id
    found = [verify_record(reader, record, url=URL, refers_to=first if record.is_revisit else "") for record in records]
    return [str(problem) if problem else None for problem in found]


def places(records: list[ArchivedRecord]) -> list[tuple[int, int]]:
    return [(record.offset, record.length) for record in records]


def test_an_untouched_archive_is_clean(tmp_path: Path) -> None:
    records = archive(tmp_path)
    with ArchiveReader(tmp_path) as reader:
        assert check(reader, records) == [None] * 4
        assert stray_bytes(reader, records[0].file, places(records)) == []


def test_every_single_changed_byte_of_a_file_is_found(tmp_path: Path) -> None:
    records = archive(tmp_path)
    path = tmp_path / records[0].file
    whole = path.read_bytes()
    dice = random.Random(7)
    for position in range(len(whole)):
        changed = bytearray(whole)
        changed[position] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        with ArchiveReader(tmp_path) as reader:
            damaged = [n for n, problem in enumerate(check(reader, records)) if problem]
            strays = stray_bytes(reader, records[0].file, places(records))
        if position < records[0].offset:
            assert damaged == []
            assert [stray.damage != "" for stray in strays] == [True], position
        else:
            assert [records[n].offset <= position < records[n].offset + records[n].length for n in damaged] == [True]


def test_a_record_that_is_not_the_one_promised_is_found(tmp_path: Path) -> None:
    first, second, *_ = archive(tmp_path)
    with ArchiveReader(tmp_path) as reader:
        assert verify_record(reader, first, url="https://other.example/") is not None
        for field in ("record_id", "payload_digest", "record_digest"):
            changed = {name: getattr(first, name) for name in ArchivedRecord.__slots__}
            changed[field] = getattr(second, field)
            assert verify_record(reader, ArchivedRecord(**changed), url=URL) is not None, field


def test_a_revisit_must_refer_to_the_capture_that_its_row_names(tmp_path: Path) -> None:
    records = archive(tmp_path)
    with ArchiveReader(tmp_path) as reader:
        for other in ("", records[1].record_id):
            assert "refers to" in str(verify_record(reader, records[3], url=URL, refers_to=other))


def test_a_missing_file_and_a_short_file_are_damage(tmp_path: Path) -> None:
    records = archive(tmp_path)
    path = tmp_path / records[0].file
    path.write_bytes(path.read_bytes()[:-1])
    with ArchiveReader(tmp_path) as reader:
        assert "ends before" in str(check(reader, records)[-1])
    path.unlink()
    with ArchiveReader(tmp_path) as reader:
        assert records[0].file in str(verify_record(reader, records[0], url=URL))


@pytest.mark.parametrize("dropped", [0, 1, 3])
def test_bytes_that_no_capture_refers_to_are_told_with_their_place(tmp_path: Path, dropped: int) -> None:
    records = archive(tmp_path)
    gone = records.pop(dropped)
    with ArchiveReader(tmp_path) as reader:
        (stray,) = stray_bytes(reader, gone.file, places(records))
    assert (stray.offset, stray.length, stray.damage) == (gone.offset, gone.length, "")


def test_a_cut_off_tail_is_stray_and_harms_nothing_before_it(tmp_path: Path) -> None:
    records = archive(tmp_path)
    path = tmp_path / records[0].file
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00half a rec")
    with ArchiveReader(tmp_path) as reader:
        assert not any(check(reader, records))
        (stray,) = stray_bytes(reader, records[0].file, places(records))
    assert (stray.offset, stray.length) == (size, 14)
