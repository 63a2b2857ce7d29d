"""What other tools kept becomes captures of ours: the same bytes, the time that the file claims, each once."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.library.foreign import Foreign, report, url
from tests.servers.news_site import NewsSite
from wellspring.library.archive import archive_reader, kept_content, kept_response
from wellspring.library.models import Capture, ImportedFile, Snapshot
from wellspring.library.queries.crawling import pages_to_fetch
from wellspring.library.services.importing import Imported, import_file
from wellspring.library.verification import verify_archive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path / "data"))


def imported(path: Path, *, again: bool = False) -> Imported:
    return import_file(path, again=again, progress=lambda doing, done, total: None)


@pytest.mark.parametrize("form", ["members", "plain", "packed"])
def test_pages_are_kept_and_reports_filed_whatever_the_packing(tmp_path: Path, form: str) -> None:
    made = Foreign(packed=form == "members").page(1).page(2, coded=True).page(3, chunked=True)
    path = made.save(tmp_path / "other.warc.gz")
    if form == "packed":
        path.write_bytes(gzip.compress(path.read_bytes()))
    done = imported(path)
    assert (done.captured, done.snapshots, done.failures) == (3, 3, [])
    assert [kept_content(kept_response(c)).decode() for c in Capture.objects.order_by("id")] == [
        report(number) for number in (1, 2, 3)
    ]
    assert set(Snapshot.objects.values_list("title", flat=True)) == {f"柳湾社区第{n}次恳谈侧记" for n in (1, 2, 3)}
    assert verify_archive().damaged == []


def test_the_file_claims_the_time_of_capture_and_the_log_has_the_time_of_receipt(tmp_path: Path) -> None:
    before = timezone.now()
    done = imported(Foreign().page(1).save(tmp_path / "other.warc.gz"))
    capture = Capture.objects.get()
    assert capture.captured_at.isoformat() == "2019-05-06T07:08:09+00:00"
    assert before <= capture.received_at <= timezone.now()
    assert (capture.ip, capture.url, capture.imported_from) == ("203.0.113.7", url(1), done.file)
    with archive_reader() as reader:
        raw = gzip.decompress(reader.raw(capture.warc_file, capture.warc_offset, capture.warc_length)).decode()
    assert f"Wellspring-Imported-From: other.warc.gz sha256:{done.file.digest}" in raw
    assert capture.imported_record in raw


def test_the_same_file_twice_adds_nothing_whatever_it_is_called(tmp_path: Path) -> None:
    path = Foreign().page(1).page(2).save(tmp_path / "other.warc.gz")
    imported(path)
    shutil.copy(path, tmp_path / "copy.warc.gz")
    done = imported(tmp_path / "copy.warc.gz")
    assert (done.known_before, done.captured) == (True, 0)
    done = imported(path, again=True)
    assert (done.known_before, done.captured) == (False, 0)
    assert Capture.objects.count() == 2


def test_an_import_that_stopped_half_way_goes_on_where_it_was(tmp_path: Path) -> None:
    made = Foreign().page(1).page(2).page(3)
    path = made.save(tmp_path / "other.warc.gz")
    done = imported(path)
    Snapshot.objects.filter(capture__imported_place=made.places[3]).delete()
    Capture.objects.filter(imported_place=made.places[3]).delete()
    # Killed after the second page was kept and before that was written down.
    ImportedFile.objects.filter(pk=done.file.pk).update(finished_at=None, position=made.places[1], records=1)
    done = imported(path)
    assert (done.captured, done.file.captured, done.file.records) == (1, 3, 4)


def test_a_revisit_is_kept_with_the_payload_that_it_refers_to(tmp_path: Path) -> None:
    path = Foreign().page(1).revisit(2, of=1, date="2020-01-02T03:04:05Z").save(tmp_path / "other.warc.gz")
    assert imported(path).failures == []
    second = Capture.objects.get(url=url(2))
    assert second.revisit_of == Capture.objects.get(url=url(1))
    assert kept_content(kept_response(second)).decode() == report(1)
    assert second.captured_at.year == 2020
    assert verify_archive().damaged == []


def test_a_revisit_of_what_is_not_here_is_told_and_kept_once_it_is(tmp_path: Path) -> None:
    later = Foreign().revisit(2, of=1, date="2020-01-02T03:04:05Z").save(tmp_path / "later.warc.gz")
    (failure,) = imported(later).failures
    assert failure.place > 0
    assert Capture.objects.count() == 0
    imported(Foreign().page(1).save(tmp_path / "first.warc.gz"))
    assert imported(later, again=True).captured == 1


def test_records_that_are_no_page_are_passed_over(tmp_path: Path) -> None:
    made = Foreign().page(1)
    made.other("metadata", url(1), "application/warc-fields", b"via: x")
    made.other("request", url(1), "application/http;msgtype=request", b"GET / HTTP/1.1\r\n\r\n")
    made.other("resource", "http://news.example.org/a.txt", "text/plain", b"note")
    made.other("conversion", url(1), "text/plain", b"text")
    made.other("response", "dns:news.example.org", "text/dns", b"20190506\nnews.example.org. A 203.0.113.7")
    made.answer("ftp://news.example.org/x", b"x", [("Content-Type", "text/html")])
    made.answer("http://news.example.org/s.css", b"p{}", [("Content-Type", "text/css")])
    made.answer(url(8), b"gone", [("Content-Type", "text/html")], status="404 Not Found")
    done = imported(made.save(tmp_path / "other.warc.gz"))
    assert (done.captured, done.failures, done.file.skipped) == (1, [], 9)


@pytest.mark.parametrize("form", ["members", "plain"])
@pytest.mark.parametrize("at", [0, 3, 400, -20])
def test_after_damage_reading_goes_on_at_the_next_record(tmp_path: Path, form: str, at: int) -> None:
    made = Foreign(packed=form == "members").page(1).page(2).page(3)
    path = made.save(tmp_path / "other.warc.gz")
    begin, end = made.places[2], made.places[3]
    whole = bytearray(path.read_bytes())
    whole[begin + at if at >= 0 else end + at] ^= 0x41
    path.write_bytes(whole)
    done = imported(path)
    assert [failure.place for failure in done.failures] == [begin]
    assert set(Capture.objects.values_list("url", flat=True)) == {url(1), url(3)}


@pytest.mark.parametrize("form", ["members", "plain"])
def test_a_file_that_is_cut_off_says_so_for_its_last_record(tmp_path: Path, form: str) -> None:
    made = Foreign(packed=form == "members").page(1).page(2)
    path = made.save(tmp_path / "other.warc.gz")
    path.write_bytes(path.read_bytes()[: made.places[2] + 300])
    done = imported(path)
    assert (done.captured, [failure.place for failure in done.failures]) == (1, [made.places[2]])


def test_an_older_capture_that_comes_later_does_not_become_the_latest(tmp_path: Path) -> None:
    imported(Foreign().page(1, date="2021-01-01T00:00:00Z").save(tmp_path / "new.warc.gz"))
    old = Foreign().answer(
        url(1),
        report(1).replace("两个小时", "一个小时").encode(),
        [("Content-Type", "text/html; charset=utf-8")],
        date="2018-01-01T00:00:00Z",
    )
    imported(old.save(tmp_path / "old.warc.gz"))
    assert [s.captured_at.year for s in Snapshot.objects.filter(is_latest=True)] == [2021]
    assert Snapshot.objects.count() == 2


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
@pytest.mark.parametrize("packed", [True, False])
def test_what_wget_wrote_is_read(tmp_path: Path, packed: bool) -> None:
    with NewsSite().served() as site:
        words = ["wget", "-q", "-O", "/dev/null", f"--warc-file={tmp_path / 'wget'}", f"{site.url}/dt/1.html"]
        subprocess.run([*words, *([] if packed else ["--no-warc-compression"])], check=True, cwd=tmp_path, timeout=60)
    done = imported(tmp_path / ("wget.warc.gz" if packed else "wget.warc"))
    assert (done.captured, done.snapshots, done.failures) == (1, 1, [])
    assert Capture.objects.get().url == f"{site.url}/dt/1.html"


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_an_article_on_several_pages_is_joined_from_the_file_and_nothing_is_fetched_for_it(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    made = Foreign()
    site = NewsSite(reports=1)
    site.pages[1] = 4
    for page in order:
        address = f"http://news.example.org{site.path(1, page)}"
        made.answer(address, site.report(1, page), [("Content-Type", "text/html; charset=utf-8")])
    imported(made.save(tmp_path / "other.warc.gz"))
    (snapshot,) = Snapshot.objects.filter(is_latest=True)
    assert [block["text"][3:6] for block in snapshot.body] == ["第1页", "第2页", "第3页"]
    assert snapshot.original_url == f"http://news.example.org{site.path(1)}"
    assert list(pages_to_fetch(10)) == []
