"""Handing an address in: what is captured, what is pointed to, what is refused, and that nobody is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from tests.library.factories import make_channel, make_snapshot
from tests.library.views.desk.desk_ground import news_site
from tests.people.factories import make_viewer
from wellspring.core.models import AuditEntry
from wellspring.engine.errors import AddressRefused
from wellspring.library.crawling import fetch_settings
from wellspring.library.desk_tasks import sweep_asked
from wellspring.library.models import Capture, HandIn, Snapshot
from wellspring.library.services.handing_in import MOST_AN_HOUR, TooManyHandedIn, hand_in, picked_address
from wellspring.library.services.handing_in_runs import run_hand_in
from wellspring.library.services.readings import read_capture
from wellspring.people.viewer import INSTALLATION, Viewer

pytestmark = pytest.mark.django_db


def handed(url: str, actor: Viewer | None = None, **more: object) -> HandIn:
    row = hand_in(actor=actor or make_viewer("worker"), url=url, **more)  # type: ignore[arg-type]  # a channel
    run_hand_in(row.pk, settings=fetch_settings())
    return HandIn.objects.select_related("snapshot", "capture").get(pk=row.pk)


@pytest.mark.parametrize(
    ("texts", "address"),
    [
        (("https://mp.weixin.qq.com/s/abc_D-1",), "https://mp.weixin.qq.com/s/abc_D-1"),
        (("", "议事亭里的长桌 https://news.example.com/1.html。大家看看"), "https://news.example.com/1.html"),
        (("《长桌》：https://news.example.com/1.html?a=1&b=2，转给大家",), "https://news.example.com/1.html?a=1&b=2"),
        (("see (https://news.example.com/a).",), "https://news.example.com/a"),
        (("news.example.com/1.html",), "https://news.example.com/1.html"),
        (("没有网址的一句话", ""), ""),
        (("javascript:alert(1)",), ""),
    ],
)
def test_the_address_is_picked_out_of_what_was_shared(texts: tuple[str, ...], address: str) -> None:
    assert picked_address(*texts) == address


def test_a_report_is_captured_filed_as_chosen_and_shown_as_excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    safety = make_channel("safety", "平安法治")
    with news_site(monkeypatch) as site:
        row = handed(f"{site.url}/dt/1.html", channel=safety)
    snapshot = row.snapshot
    assert snapshot is not None
    assert not row.was_known
    assert (snapshot.title, snapshot.channel, snapshot.source) == ("柳湾社区第1次恳谈侧记", safety, None)
    assert not snapshot.shows_full_text
    read_capture(snapshot.capture_id, again=True)
    snapshot.refresh_from_db()
    assert snapshot.channel == safety


def test_who_handed_in_stands_in_the_audit_trail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = make_viewer("worker")
    with news_site(monkeypatch) as site:
        row = handed(f"{site.url}/dt/1.html", worker)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.object_id, entry.data) == (worker.user, "library.handed_in", row.pk, {})
    assert not any(field.is_relation and field.related_model is type(worker.user) for field in HandIn._meta.fields)


def test_what_the_library_has_is_pointed_to_without_asking_the_site() -> None:
    snapshot = make_snapshot(url="https://news.example.com/1.html")
    row = hand_in(actor=make_viewer("worker"), url="https://NEWS.example.com/1.html#comments")
    assert (row.snapshot, row.was_known) == (snapshot, True)
    assert row.finished_at is not None
    assert not DBTaskResult.objects.exists()


def test_the_same_text_under_the_same_address_makes_no_second_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        first = handed(f"{site.url}/dt/1.html")
        again = handed(f"{site.url}/dt/1.html")
    assert again.snapshot == first.snapshot
    assert Snapshot.objects.count() == 1


def test_an_address_on_its_way_is_not_asked_for_twice() -> None:
    one = hand_in(actor=make_viewer("worker"), url="https://news.example.com/1.html")
    assert hand_in(actor=make_viewer("mentor"), url="https://news.example.com/1.html") == one
    assert DBTaskResult.objects.count() == 1


def test_each_reason_for_not_capturing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        codes = [handed(f"{site.url}{path}").error_code for path in ("/secret/1.html", "/dt/99.html", "/")]
    assert codes == ["robots_disallowed", "status_refused", "not_a_report"]
    assert handed("http://127.0.0.1/").error_code == "address_refused"
    with pytest.raises(AddressRefused):
        hand_in(actor=make_viewer("worker"), url="ftp://news.example.com/1.html")


def test_a_crash_between_capture_and_reading_asks_the_site_no_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        row = handed(f"{site.url}/dt/1.html")
        HandIn.objects.filter(pk=row.pk).update(finished_at=None, snapshot=None)
        captures = Capture.objects.count()
        run_hand_in(row.pk, settings=fetch_settings())
        assert site.asked["/dt/1.html"] == 1
    row.refresh_from_db()
    assert row.snapshot is not None
    assert Capture.objects.count() == captures


def test_what_lost_its_task_is_taken_up_again() -> None:
    hand_in(actor=make_viewer("worker"), url="https://news.example.com/1.html")
    DBTaskResult.objects.all().delete()
    assert sweep_asked() == 1


def test_thirty_addresses_an_hour_are_enough_for_one_person() -> None:
    worker = make_viewer("worker")
    for number in range(MOST_AN_HOUR):
        hand_in(actor=worker, url=f"https://news.example.com/{number}.html")
    with pytest.raises(TooManyHandedIn):
        hand_in(actor=worker, url="https://news.example.com/more.html")
    hand_in(actor=make_viewer("worker"), url="https://news.example.com/more.html")
    hand_in(actor=INSTALLATION, url="https://news.example.com/again.html")


def test_observers_do_not_hand_in() -> None:
    with pytest.raises(PermissionDenied):
        hand_in(actor=make_viewer("observer"), url="https://news.example.com/1.html")
