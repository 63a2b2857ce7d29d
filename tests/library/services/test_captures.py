"""What was received is in the archive before its row is there, and never twice."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.engine.archive.responses import MOMENT, response
from tests.library.factories import make_source, make_visit
from wellspring.engine.archive import verify_record
from wellspring.engine.errors import AddressRefused, StatusRefused
from wellspring.engine.records import CaptureKind, FetchedResponse, RobotsVerdict
from wellspring.library.archive import archive_reader, kept_response, place_of
from wellspring.library.models import Capture
from wellspring.library.services.captures import record_capture
from wellspring.library.services.refusals import record_refusal

pytestmark = pytest.mark.django_db

URL = "https://news.example.com/a.html"
ROBOTS = "https://news.example.com/robots.txt"


def keep(sent: FetchedResponse, kind: CaptureKind = CaptureKind.PAGE, **more: object) -> Capture:
    return record_capture(sent, kind=kind, requested_url=sent.url, **more)  # type: ignore[arg-type]  # passed on as is


def test_a_capture_is_kept_as_received_and_can_be_verified() -> None:
    sent = response(b"<p>kept</p>" * 99, chunked=True, packed=True, headers=b'ETag: "a1"\r\nLast-Modified: Wed\r\n')
    capture = Capture.objects.get(pk=keep(sent, source_id=make_source().pk).pk)
    kept = kept_response(capture)
    assert (kept.head, kept.body, kept.payload) == (sent.head, sent.body, sent.payload)
    assert (capture.etag, capture.last_modified, capture.content_type) == ('"a1"', "Wed", "text/html")
    assert capture.captured_at == MOMENT
    with archive_reader() as reader:
        assert verify_record(reader, place_of(capture), url=capture.url) is None


def test_a_page_is_enqueued_for_reading_and_nothing_else_is() -> None:
    page = keep(response(b"page"))
    keep(response(b"User-agent: *", url=ROBOTS), CaptureKind.ROBOTS)
    keep(response(b"\x89PNG"), CaptureKind.PICTURE)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[page.pk]]


@pytest.mark.django_db(transaction=True)
def test_what_was_received_is_kept_though_its_source_was_deleted_meanwhile() -> None:
    visit = make_visit()
    source_id, visit_id = visit.source_id, visit.pk
    visit.source.delete()
    capture = Capture.objects.get(pk=keep(response(b"late"), source_id=source_id, visit_id=visit_id).pk)
    assert (capture.source_id, capture.visit_id) == (None, None)
    refusal = record_refusal(URL, StatusRefused(url=URL, status=410), source_id=source_id, visit_id=visit_id)
    assert (refusal.source_id, refusal.visit_id) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_capture_and_task_are_committed_together_or_not_at_all() -> None:
    def keep_and_fail() -> None:
        with transaction.atomic():
            keep(response(b"lost"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_fail()
    assert not Capture.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_same_payload_from_another_address_is_a_revisit_of_the_first() -> None:
    first = keep(response(b"same text", packed=True))
    other = response(b"same text", packed=True, url="https://reprint.example.com/b.html", headers=b"X-Second: 1\r\n")
    second = keep(other)
    third = keep(other)
    assert (second.revisit_of, third.revisit_of) == (first, first)
    kept = kept_response(third)
    assert (kept.head, kept.payload) == (other.head, other.payload)
    assert third.payload_digest == first.payload_digest
    with archive_reader() as reader:
        assert verify_record(reader, place_of(third), url=third.url, refers_to=first.record_id) is None


def test_a_not_modified_answer_stands_for_the_earlier_page() -> None:
    first = keep(response(b"page", headers=b"X-First: 1\r\n"))
    again = keep(response(b"", status=304))
    assert again.revisit_of == first
    assert again.payload_length == 0
    kept = kept_response(again)
    assert (kept.head, kept.payload, kept.status) == (kept_response(first).head, b"page", 304)


def test_a_not_modified_answer_without_an_earlier_page_is_kept_all_the_same() -> None:
    assert keep(response(b"", status=304)).revisit_of is None


def test_empty_payloads_are_not_taken_for_each_other() -> None:
    keep(response(b"", status=301), CaptureKind.REDIRECT)
    assert keep(response(b"", status=302), CaptureKind.REDIRECT).revisit_of is None


def test_a_capture_knows_which_robots_txt_allowed_it() -> None:
    elsewhere = keep(response(b"User-agent: *", url="https://other.example.com/robots.txt"), CaptureKind.ROBOTS)
    robots = keep(response(b"User-agent: *", url=ROBOTS), CaptureKind.ROBOTS)
    verdict = RobotsVerdict(True, ROBOTS, "allowed", digest=robots.payload_digest)
    page = keep(response(b"page"), verdict=verdict)
    assert page.robots_capture == robots != elsewhere
    assert page.robots_reason == "allowed"
    assert keep(response(b"b"), verdict=RobotsVerdict(True, ROBOTS, "none (404)")).robots_capture is None


def test_an_address_too_long_to_be_kept_is_refused_before_anything_is_written() -> None:
    with pytest.raises(AddressRefused, match="2000"):
        keep(response(url="https://a.example.com/" + "x" * 2000))
    assert not Capture.objects.exists()


def test_over_long_headers_do_not_stop_a_capture() -> None:
    capture = keep(response(b"x", headers=b"ETag: " + b"e" * 400 + b"\r\nLast-Modified: " + b"m" * 99 + b"\r\n"))
    capture.refresh_from_db()
    assert (capture.etag, capture.last_modified) == ("", "")
