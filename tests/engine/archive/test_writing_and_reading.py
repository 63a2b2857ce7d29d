"""What goes into the archive comes out of it, by our reader and by other people's."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from wellspring.engine.archive import ArchiveReader, ArchiveWriter, RevisitTarget, verify_record
from wellspring.engine.archive.message import payload_of
from wellspring.engine.archive.record import sha256_hex
from wellspring.engine.errors import ArchiveError, ArchiveFull, RecordDamaged
from wellspring.engine.records import ArchivedRecord, FetchedResponse

from .responses import MOMENT, response


def target(record: ArchivedRecord, of: FetchedResponse) -> RevisitTarget:
    return RevisitTarget(record.record_id, of.url, of.received_at, record.payload_digest)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_response_is_read_back_byte_for_byte(tmp_path: Path, chunked: bool, packed: bool) -> None:
    sent = response(b"<p>news</p>" * 1000, chunked=chunked, packed=packed)
    writer = ArchiveWriter(tmp_path)
    writer.write(response(b"before"))
    record = writer.write(sent)
    for length in (None, record.length):
        with ArchiveReader(tmp_path) as reader:
            kept = reader.read(record.file, record.offset, length)
        assert (kept.head, kept.body, kept.payload) == (sent.head, sent.body, sent.payload)
        assert kept.url == sent.url
        assert kept.record_id == record.record_id
        assert kept.payload_digest == record.payload_digest == sha256_hex(sent.payload)


def test_a_large_response_is_found_without_knowing_its_length(tmp_path: Path) -> None:
    noise = os.urandom(3_000_000)
    record = ArchiveWriter(tmp_path).write(response(noise))
    with ArchiveReader(tmp_path) as reader:
        assert reader.read(record.file, record.offset).payload == noise


def test_heads_with_bare_line_feeds_are_kept_as_they_are(tmp_path: Path) -> None:
    sent = FetchedResponse(
        "http://a.example/", 200, b"HTTP/1.0 200 OK\nA: b\n\n", b"\r\n\r\nx", b"\r\n\r\nx", MOMENT, "::1"
    )
    record = ArchiveWriter(tmp_path).write(sent)
    with ArchiveReader(tmp_path) as reader:
        kept = reader.read(record.file, record.offset)
    assert (kept.head, kept.body) == (sent.head, sent.body)


@pytest.mark.parametrize("cut", [1, 7, 60, 110, 180])
def test_a_body_of_which_only_the_beginning_came_is_kept_as_far_as_it_came(tmp_path: Path, cut: int) -> None:
    whole = response(b"0123456789" * 20, chunked=True)
    body = whole.body[:cut]
    payload = payload_of(whole.head, body, truncated=True)
    record = ArchiveWriter(tmp_path).write(replace(whole, body=body, payload=payload, truncated=True))
    assert whole.payload.startswith(payload)
    with ArchiveReader(tmp_path) as reader:
        kept = reader.read(record.file, record.offset)
        assert verify_record(reader, record, url=whole.url) is None
    assert (kept.body, kept.payload, kept.truncated) == (body, payload, True)


def test_an_identical_payload_is_kept_as_a_revisit_that_names_the_first(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    first = response(b"same")
    record = writer.write(first)
    again = writer.write(response(b"same", url="https://b.example/"), revisit_of=target(record, first))
    assert again.is_revisit
    assert again.payload_digest == record.payload_digest
    with ArchiveReader(tmp_path) as reader:
        kept = reader.read(again.file, again.offset)
    assert kept.warc_type == "revisit"
    assert kept.refers_to == record.record_id
    assert kept.body == b""


def test_a_not_modified_answer_is_kept_as_a_revisit(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    first = response(b"same")
    record = writer.write(first)
    writer.write(response(b"", status=304), revisit_of=target(record, first))
    with (tmp_path / record.file).open("rb") as file:
        profiles = [r.rec_headers.get_header("WARC-Profile") for r in ArchiveIterator(file) if r.rec_type == "revisit"]
    assert profiles == ["http://netpreserve.org/warc/1.1/revisit/server-not-modified"]


def test_other_tools_read_every_record_and_agree_on_the_digests(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    first = response(b"same", url="https://b.example/?q=%E6%98%A5")
    record = writer.write(first)
    writer.write(response(b"x" * 50_000, packed=True))
    writer.write(response(b"in chunks " * 100, chunked=True))
    writer.write(response(b"same"), revisit_of=target(record, first))
    path = tmp_path / record.file

    with path.open("rb") as file:
        told = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(file)]
    kinds = [kind for kind, _ in told]
    assert kinds == ["warcinfo", *["response", "request"] * 3, "revisit", "request"]
    assert told[1][1] == first.url

    blocks = [found.verify_block_digest() for found in FastIterator(path.open("rb"), parse_http=False)]
    payloads = [
        found.verify_payload_digest()
        for found in FastIterator(path.open("rb"), record_types=WarcRecordType.response)
        if "chunked" not in (found.http_headers.get("Transfer-Encoding") or "")
    ]
    assert blocks == [True] * 9
    assert payloads == [True, True]

    # warcio takes the payload digest with the chunks still on, so only its block digests are asked.
    with path.open("rb") as file:
        wrong = [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(file, check_digests=True)
            if record.content_stream().read() is not None
            and record.digest_checker.passed is False
            and "block" in str(record.digest_checker.problems)
        ]
    assert wrong == []


def test_files_rotate_and_each_begins_with_its_own_warcinfo(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, max_bytes=4000)
    records = [writer.write(response(os.urandom(900))) for _ in range(5)]
    files = sorted({record.file for record in records})
    assert len(files) in (2, 3)
    for name in files:
        assert name.startswith("WSP-")
        with (tmp_path / name).open("rb") as file:
            first = next(iter(ArchiveIterator(file)))
            assert first.rec_type == "warcinfo"
            assert first.rec_headers.get_header("WARC-Filename") == name
    with ArchiveReader(tmp_path) as reader:
        assert len({reader.read(record.file, record.offset).payload for record in records}) == 5


def test_a_file_deleted_under_the_writer_is_not_written_into(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path)
    lost = writer.write(response(b"before"))
    (tmp_path / lost.file).unlink()
    kept = writer.write(response(b"after"))
    with ArchiveReader(tmp_path) as reader:
        assert reader.read(kept.file, kept.offset).payload == b"after"


def test_threads_share_a_writer(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, max_bytes=20_000)
    payloads = [os.urandom(1000) for _ in range(60)]
    records: list[ArchivedRecord] = []
    threads = [
        threading.Thread(target=lambda part=part: records.extend(writer.write(response(p)) for p in payloads[part::6]))
        for part in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ArchiveReader(tmp_path) as reader:
        assert {reader.read(record.file, record.offset).payload for record in records} == set(payloads)


def test_an_address_with_a_line_break_cannot_forge_a_header(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="line break"):
        ArchiveWriter(tmp_path).write(response(url="http://a.example/\r\nWARC-Type: x"))


def test_a_payload_that_is_not_in_the_body_is_refused(tmp_path: Path) -> None:
    lying = FetchedResponse("http://a.example/", 200, b"HTTP/1.1 200 OK\r\n\r\n", b"a", b"b", MOMENT, "::1")
    with pytest.raises(ArchiveError, match="payload"):
        ArchiveWriter(tmp_path).write(lying)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_and_a_name_with_a_path_in_it_are_refused(tmp_path: Path) -> None:
    with ArchiveReader(tmp_path) as reader:
        for name in ("gone.warc.gz", "../secret_key", "/etc/passwd", ""):
            with pytest.raises(ArchiveError):
                reader.read(name, 0)


def test_a_cut_off_record_is_damage_not_silence(tmp_path: Path) -> None:
    record = ArchiveWriter(tmp_path).write(response(os.urandom(500)))
    os.truncate(tmp_path / record.file, record.offset + 300)
    with ArchiveReader(tmp_path) as reader, pytest.raises(RecordDamaged, match="cut off"):
        reader.read(record.file, record.offset)


def test_a_full_disk_is_named_and_what_was_half_written_is_cut_away(tmp_path: Path) -> None:
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    writer = ArchiveWriter(tmp_path)
    small = writer.write(response(b"fits"))
    size = (tmp_path / small.file).stat().st_size
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, old[1]))
        with pytest.raises(ArchiveFull, match="full"):
            writer.write(response(os.urandom(50_000)))
        assert (tmp_path / small.file).stat().st_size == size
        fits = writer.write(response(b"fits too"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert [path.name for path in tmp_path.iterdir()] == [small.file] == [fits.file]
    with ArchiveReader(tmp_path) as reader:
        assert reader.read(fits.file, fits.offset).payload == b"fits too"


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system takes root")
def test_a_really_full_file_system_stops_captures_and_nothing_else(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not permitted here")
    try:
        writer = ArchiveWriter(tmp_path)
        kept = [writer.write(response(os.urandom(20_000))) for _ in range(8)]
        with pytest.raises(ArchiveFull):
            writer.write(response(os.urandom(300_000)))
        with pytest.raises(ArchiveFull):
            writer.write(response(os.urandom(150_000)))
        with ArchiveReader(tmp_path) as reader:
            for record in kept:
                reader.read(record.file, record.offset)
        writer.close()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_writer_killed_at_any_moment_leaves_every_told_record_whole(tmp_path: Path) -> None:
    program = f"""
import os, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from tests.engine.archive.responses import response
from wellspring.engine.archive import ArchiveWriter
writer = ArchiveWriter(Path({str(tmp_path)!r}), max_bytes=100_000)
while True:
    record = writer.write(response(os.urandom(5000)))
    sys.stdout.write(f"{{record.file}} {{record.offset}} {{record.length}} {{record.payload_digest}}\\n")
    sys.stdout.flush()
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(40)]
    child.kill()
    rest = child.stdout.read()
    child.wait()
    told += [line + "\n" for line in rest.split("\n")[:-1]]
    with ArchiveReader(tmp_path) as reader:
        for line in told:
            name, offset, length, digest = line.split()
            assert sha256_hex(reader.read(name, int(offset), int(length)).payload) == digest
