"""The library's desk as the crawler meets it: who gets which source, what is wanted, what a dead crawler leaves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.library.factories import make_capture, make_picture, make_snapshot, make_source
from tests.library.responses import make_response
from wellspring.engine.errors import (
    ConnectionFailed,
    DiscoveryError,
    MoreLeft,
    RobotsDisallowed,
    RobotsUnreachable,
    StatusRefused,
)
from wellspring.engine.fetch.desk import Wanted
from wellspring.engine.fetch.pictures import picture_problem, picture_type
from wellspring.engine.records import CaptureKind, FoundPage, SourceKind
from wellspring.library.crawling import LibraryDesk, fetch_settings
from wellspring.library.models import Capture, Refusal, Source, Visit
from wellspring.library.queries.sources import Health, sources_with_health

pytestmark = pytest.mark.django_db

URL = "https://news.example.com/1.html"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    desk = LibraryDesk(locks=tmp_path / "crawlers")
    yield desk
    desk.close()


def keep(desk: LibraryDesk, url: str = URL, *, visit: Visit | None = None, **more: object) -> Capture:
    kind = more.pop("kind", CaptureKind.PAGE)
    assert isinstance(kind, CaptureKind)
    picture_id = more.pop("picture_id", None)
    assert picture_id is None or isinstance(picture_id, int)
    payload = (b"\x89PNG\r\n\x1a\n" if kind is CaptureKind.PICTURE else b"") + url.encode()
    response = make_response(url, payload, **more)  # type: ignore[arg-type]  # what a test states about it
    pk = desk.keep(
        response,
        kind=kind,
        source_id=visit.source_id if visit else None,
        visit_id=visit.pk if visit else None,
        requested_url=url,
        verdict=None,
        picture_id=picture_id,
    )
    return Capture.objects.get(pk=pk)


def test_a_due_source_is_given_out_once_with_an_open_visit(desk: LibraryDesk, tmp_path: Path) -> None:
    source = make_source(pattern="/dt/", delay_seconds=2.0)
    make_source(next_visit_at=timezone.now() + timedelta(hours=1))
    make_source(active=False)
    (due,) = desk.due_sources()
    assert (due.id, due.url, due.kind, due.pattern, due.delay) == (source.pk, source.url, SourceKind.FEED, "/dt/", 2.0)
    assert Visit.objects.get(pk=due.visit_id).finished_at is None
    other = LibraryDesk(locks=tmp_path / "crawlers")
    assert other.due_sources() == []
    other.close()


def test_what_was_captured_is_not_wanted_again_unless_it_was_updated_since(desk: LibraryDesk) -> None:
    now = timezone.now()
    make_capture("https://news.example.com/old", captured_at=now - timedelta(hours=2))
    make_capture("https://news.example.com/target", requested_url="https://news.example.com/moved", captured_at=now)
    found = [
        FoundPage("https://news.example.com/new"),
        FoundPage("https://news.example.com/old", updated_at=now - timedelta(hours=3)),
        FoundPage("https://news.example.com/moved"),
        FoundPage("https://news.example.com/target", updated_at=now + timedelta(days=3)),
    ]
    assert desk.wanted(1, found) == Wanted(found[:1], [])
    updated = FoundPage("https://news.example.com/old", updated_at=now - timedelta(hours=1))
    assert desk.wanted(1, [updated]) == Wanted([], [updated])


def test_a_failed_answer_does_not_count_as_captured(desk: LibraryDesk) -> None:
    make_capture(URL, status=503)
    make_capture(URL, kind=CaptureKind.LIST.value)
    assert len(desk.wanted(1, [FoundPage(URL)]).new) == 1


def test_a_refused_address_is_left_alone_and_asked_again_later(desk: LibraryDesk) -> None:
    source = make_source()
    gone = StatusRefused(url=URL, status=404)
    desk.refuse(URL, gone, source_id=source.pk, visit_id=None)
    assert desk.wanted(source.pk, [FoundPage(URL)]) == Wanted([], [])
    Refusal.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    assert len(desk.wanted(source.pk, [FoundPage(URL)]).new) == 1


def test_the_same_refusal_refreshes_its_row_and_waits_twice_as_long(desk: LibraryDesk) -> None:
    source = make_source()
    waits = []
    for _time in range(3):
        desk.refuse(URL, ConnectionFailed(url=URL, detail="refused"), source_id=source.pk, visit_id=None)
        row = Refusal.objects.get()
        assert row.retry_at is not None
        waits.append(row.retry_at - row.refused_at)
    assert waits == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert row.times == 3
    desk.refuse(URL, RobotsDisallowed(url=URL, detail="/"), source_id=source.pk, visit_id=None)
    assert Refusal.objects.count() == 2


def test_a_capture_settles_the_refusals_of_its_address(desk: LibraryDesk) -> None:
    source = make_source()
    desk.refuse(URL, ConnectionFailed(url=URL, detail="refused"), source_id=source.pk, visit_id=None)
    keep(desk)
    assert Refusal.objects.get().retry_at is None


def test_a_visit_ends_with_exact_counts(desk: LibraryDesk) -> None:
    source = make_source()
    (due,) = desk.due_sources()
    visit = Visit.objects.get(pk=due.visit_id)
    keep(desk, source.url, visit=visit, kind=CaptureKind.FEED)
    keep(desk, visit=visit)
    assert Visit.objects.get().captured == 1
    desk.refuse(URL + "2", StatusRefused(url=URL, status=410), source_id=source.pk, visit_id=visit.pk)
    desk.end_visit(visit.pk, found=2)
    desk.end_visit(visit.pk, found=99)
    visit.refresh_from_db()
    assert (visit.found, visit.captured, visit.refused, visit.error_code) == (2, 1, 1, "")
    assert visit.finished_at is not None


def test_a_failing_source_waits_longer_each_time_up_to_a_day(desk: LibraryDesk) -> None:
    source = make_source(interval_minutes=60)
    waits = []
    for _time in range(7):
        Source.objects.update(next_visit_at=timezone.now() - timedelta(seconds=1))
        (due,) = desk.due_sources()
        desk.end_visit(due.visit_id, found=0, error=DiscoveryError(url=source.url, detail="not XML"))
        source.refresh_from_db()
        waits.append(round((source.next_visit_at - timezone.now()).total_seconds() / 3600))
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    visit = Visit.objects.first()
    assert visit is not None
    assert (visit.error_code, visit.error_message % visit.error_data) == (
        "discovery",
        f"No reports could be found at {source.url}: not XML",
    )


def test_the_time_a_site_asks_for_is_kept(desk: LibraryDesk) -> None:
    source = make_source(interval_minutes=5)
    (due,) = desk.due_sources()
    desk.end_visit(due.visit_id, found=0, error=StatusRefused(url=source.url, status=429), retry_after=7200.0)
    source.refresh_from_db()
    assert source.next_visit_at > timezone.now() + timedelta(minutes=119)


def test_validators_are_those_of_the_last_good_capture(desk: LibraryDesk) -> None:
    assert desk.validators(URL) == (None, None)
    make_capture(URL, etag='"old"')
    make_capture(URL, etag='"new"', last_modified="Fri, 15 Dec 2023 03:09:00 GMT")
    make_capture(URL, status=304, etag='"not this"')
    assert desk.validators(URL) == ('"new"', "Fri, 15 Dec 2023 03:09:00 GMT")


def test_a_feed_is_fetched_whole_while_pages_of_it_are_missing(desk: LibraryDesk) -> None:
    source = make_source()
    (due,) = desk.due_sources()
    make_capture(source.url, kind="feed", etag='"1"', source=source, visit_id=due.visit_id)
    assert desk.validators(source.url) == (None, None), "the visit has not ended"
    desk.end_visit(due.visit_id, found=1)
    assert desk.validators(source.url) == ('"1"', None)
    desk.refuse(URL, ConnectionFailed(url=URL, detail="refused"), source_id=source.pk, visit_id=None)
    assert desk.validators(source.url) == (None, None), "a page waits to be asked again"
    Refusal.objects.update(retry_at=timezone.now() - timedelta(hours=1))
    assert desk.validators(source.url) == ('"1"', None), "it left the feed before it was asked again"


def test_pictures_are_fetched_until_kept_or_given_up(desk: LibraryDesk) -> None:
    snapshot = make_snapshot()
    first = make_picture(snapshot, position=0, fetched=False)
    second = make_picture(snapshot, position=1, fetched=False)
    third = make_picture(snapshot, position=2, fetched=False)
    assert [due.picture_id for due in desk.due_pictures(10)] == [first.pk, second.pk, third.pk]
    capture = keep(desk, first.url, kind=CaptureKind.PICTURE, picture_id=first.pk)
    desk.refuse(second.url, StatusRefused(url=URL, status=404), source_id=None, visit_id=None, picture_id=second.pk)
    desk.refuse(third.url, ConnectionFailed(url=URL, detail="x"), source_id=None, visit_id=None, picture_id=third.pk)
    for picture in (first, second, third):
        picture.refresh_from_db()
    assert (first.capture, second.error_code, third.error_code) == (capture, "status_refused", "")
    assert desk.due_pictures(10) == [], "the third rests"


def test_a_picture_that_is_kept_already_is_not_asked_for_again(desk: LibraryDesk) -> None:
    kept = keep(desk, "https://news.example.com/p.png", kind=CaptureKind.PICTURE)
    picture = make_picture(make_snapshot(), url="https://news.example.com/p.png", fetched=False)
    assert desk.due_pictures(10) == []
    picture.refresh_from_db()
    assert picture.capture == kept


def test_visits_of_a_killed_crawler_are_closed_and_their_sources_due_again(tmp_path: Path) -> None:
    locks = tmp_path / "crawlers"
    source = make_source()
    hold = "import sys, time; from pathlib import Path; from wellspring.core.lifelocks import LifeLock;"
    hold += "lock = LifeLock(Path(sys.argv[1])); print(lock.name, flush=True); time.sleep(60)"
    crawler = subprocess.Popen([sys.executable, "-c", hold, str(locks)], stdout=subprocess.PIPE, text=True)
    assert crawler.stdout is not None
    visit = Visit.objects.create(source=source, crawler=crawler.stdout.readline().strip())
    Source.objects.update(next_visit_at=timezone.now() + timedelta(hours=1))
    LibraryDesk(locks=locks).close()
    visit.refresh_from_db()
    assert visit.finished_at is None, "its crawler lives"
    crawler.kill()
    crawler.wait()
    desk = LibraryDesk(locks=locks)
    visit.refresh_from_db()
    assert visit.error_code == "interrupted"
    assert [due.id for due in desk.due_sources()] == [source.pk]
    desk.close()


def test_one_source_alone_is_visited_at_once(tmp_path: Path) -> None:
    wanted = make_source(next_visit_at=timezone.now() + timedelta(hours=1))
    make_source()
    desk = LibraryDesk(only_source=wanted.pk, locks=tmp_path / "crawlers")
    assert [due.id for due in desk.due_sources()] == [wanted.pk]
    assert desk.due_sources() == []
    desk.close()

    assert fetch_settings().user_agent.startswith("Wellspring/")
    assert "library@example.org" in fetch_settings().user_agent


def test_a_visit_that_leaves_pages_to_the_next_is_no_failure(desk: LibraryDesk) -> None:
    source = make_source(interval_minutes=30)
    for _ in range(4):
        Source.objects.update(next_visit_at=timezone.now())
        (due,) = desk.due_sources()
        desk.end_visit(due.visit_id, found=50_000, error=MoreLeft(url=source.url, limit=1000))
    source.refresh_from_db()
    assert source.next_visit_at < timezone.now() + timedelta(minutes=31)
    (row,) = sources_with_health([source])
    assert row.health is Health.WELL
    assert row.last is not None
    assert row.last.error_code == "more_left"


@pytest.mark.parametrize(
    "start",
    [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM" + bytes(12) + b"\x28\0\0\0", b"\0\0\0\x20ftypavif", b"RIFF\0\0\0\0WEBP"],
)
def test_every_picture_that_the_crawler_keeps_is_one_that_is_shown(
    desk: LibraryDesk, client: Client, start: bytes
) -> None:
    picture = make_picture(make_snapshot(), position=1, fetched=False)
    sent = make_response(picture.url, start + bytes(50), headers="Content-Type: image/x")
    assert picture_problem(sent, sent.payload) is None
    desk.keep(
        sent,
        kind=CaptureKind.PICTURE,
        source_id=None,
        visit_id=None,
        requested_url=picture.url,
        verdict=None,
        picture_id=picture.pk,
    )
    shown = client.get(reverse("library:picture", args=[picture.snapshot_id, 1]))
    assert shown.status_code == 200
    assert shown["Content-Type"] == picture_type(start)


def test_an_unreadable_robots_txt_does_not_cost_the_site_a_day(desk: LibraryDesk) -> None:
    desk.refuse(URL, RobotsUnreachable(url=URL, detail="unreachable (503)"), source_id=None, visit_id=None)
    retry_at = Refusal.objects.get().retry_at
    assert retry_at is not None
    assert retry_at < timezone.now() + timedelta(hours=1)
