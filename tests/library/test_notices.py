"""What the library tells people: a source that has failed for a day, and what became of an address they handed in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from tests.library.factories import make_source
from tests.library.views.desk.desk_ground import news_site
from tests.people.factories import make_member
from wellspring.core.models import Notification
from wellspring.core.notices.queries import sentence
from wellspring.engine.errors import ConnectionFailed, EngineError
from wellspring.library.crawling import fetch_settings
from wellspring.library.models import Source, Visit
from wellspring.library.notices import HANDED_IN_FAILED, HANDED_IN_READY, SOURCE_FAILING
from wellspring.library.services.handing_in import hand_in
from wellspring.library.services.handing_in_runs import run_hand_in
from wellspring.library.services.visits import close_visit
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db
DOWN = ConnectionFailed(url="https://news.example.com/", detail="down")


def visit(source: Source, at: datetime, error: EngineError | None = DOWN) -> int:
    """A visit that ended; how many notices about failing sources there are now."""
    made = Visit.objects.create(source=source, started_at=at)
    close_visit(made.pk, found=0, error=error)
    return sum(notice.count for notice in Notification.objects.filter(kind=SOURCE_FAILING))


def test_a_source_that_fails_is_told_once_after_a_day_to_those_who_manage_sources() -> None:
    archivist, _worker, source = make_member("archivist"), make_member("worker"), make_source()
    begun = timezone.now() - timedelta(days=10)
    hours = (0, 5, 12, 23.9, 24.1, 30, 60, 100)
    assert [visit(source, begun + timedelta(hours=each)) for each in hours] == [0, 0, 0, 0, 1, 1, 1, 1]
    notice = Notification.objects.get()
    assert notice.user == archivist.user
    assert notice.url == f"/library/sources/{source.pk}/"
    with translation.override("zh-hans"):
        assert source.name in sentence(notice)


def test_a_source_that_recovered_begins_anew() -> None:
    make_member("archivist")
    source, begun = make_source(), timezone.now() - timedelta(days=10)
    assert visit(source, begun) == 0
    assert visit(source, begun + timedelta(hours=20), None) == 0
    assert visit(source, begun + timedelta(hours=21)) == 0
    assert visit(source, begun + timedelta(hours=30)) == 0
    assert visit(source, begun + timedelta(hours=46)) == 1


def test_a_source_visited_once_a_day_is_told_by_its_second_failure() -> None:
    make_member("archivist")
    source, begun = make_source(), timezone.now() - timedelta(days=10)
    assert [visit(source, begun + timedelta(days=day)) for day in range(4)] == [0, 1, 1, 1]


def test_whoever_handed_an_address_in_is_told_what_became_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    he, other = make_member("worker"), make_member("worker")
    with news_site(monkeypatch) as site:
        good, bad = f"{site.url}/dt/1.html", f"{site.url}/no-such-page.html"
        rows = [hand_in(actor=viewer_of(he.user), url=url) for url in (good, bad)]
        for row in rows:
            run_hand_in(row.pk, settings=fetch_settings())
            run_hand_in(row.pk, settings=fetch_settings())
    assert not Notification.objects.filter(user=other.user).exists()
    ready, failed = Notification.objects.filter(user=he.user).order_by("pk")
    assert (ready.kind, failed.kind) == (HANDED_IN_READY, HANDED_IN_FAILED)
    assert (ready.url, failed.url) == tuple(f"/hand-in/{row.token}/" for row in rows)
    with translation.override("zh-hans"):
        assert "柳湾社区第1次恳谈侧记" in sentence(ready)
        assert "127.0.0.1" in sentence(failed)
