"""What readers find in the library, and how much of it they are shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.engine.index.shelves import filled
from tests.library.factories import NOON, SHANGHAI, make_channel, make_snapshot, make_source, make_topic
from tests.people.factories import make_viewer
from wellspring.core.registry import search_kinds
from wellspring.engine.index import Marked
from wellspring.library.models import Reuse, Snapshot
from wellspring.library.queries.search import related_snapshots, search_snapshots
from wellspring.library.search import KIND
from wellspring.people.viewer import GUEST

pytestmark = pytest.mark.django_db
Fill = Callable[[], None]


@pytest.fixture
def fill(tmp_path: Path, settings: Settings) -> Fill:
    """Puts into this test's index what the database holds."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data=tmp_path)

    def put() -> None:
        kind = search_kinds()[KIND]
        filled(tmp_path / "index", kind.documents(list(kind.all_ids())))

    return put


def body(*texts: str) -> list[dict[str, str]]:
    return [{"type": "p", "text": text} for text in texts]


def marks(marked: Marked) -> list[str]:
    return [text for text, matched in marked if matched]


def titles(items: Iterable[Snapshot]) -> list[str]:
    return [item.title for item in items]


def test_a_report_is_found_by_its_text_with_the_place_marked(fill: Fill) -> None:
    make_snapshot("议事亭里话停车", body=body("社工小陆请来老书记。", "大家商定：电动车停进新车棚。"))
    make_snapshot("合唱团招新", body=body("团长欢迎大家。"))
    fill()
    results = search_snapshots(viewer=GUEST, q="电动车")
    assert results.total == 1
    assert not results.unavailable
    (item,) = results.items
    assert item.snapshot.title == "议事亭里话停车"
    assert marks(item.excerpt) == ["电动车"]
    assert marks(search_snapshots(viewer=GUEST, q="停车").items[0].title) == ["停车"]


def test_authors_find_their_reports(fill: Fill) -> None:
    make_snapshot("节水日记", authors=["柳如烟"])
    fill()
    assert search_snapshots(viewer=GUEST, q="柳如烟").total == 1


def test_a_superseded_snapshot_is_not_found(fill: Fill) -> None:
    make_snapshot("旧文", is_latest=False, body=body("河道清淤"))
    new = make_snapshot("新文", body=body("河道清淤"))
    fill()
    assert [item.snapshot for item in search_snapshots(viewer=GUEST, q="清淤").items] == [new]


def test_of_an_excerpt_source_only_the_excerpt_is_shown(fill: Fill) -> None:
    make_snapshot("河长", reuse=Reuse.EXCERPT, body=body("开头几句。" * 40, "秘密的结尾。"), excerpt="开头几句。")
    fill()
    (item,) = search_snapshots(viewer=GUEST, q="秘密").items
    assert item.excerpt == (("开头几句。", False),)


def test_of_a_link_only_source_no_text_is_shown(fill: Fill) -> None:
    make_snapshot("河长", reuse=Reuse.LINK_ONLY, body=body("秘密的结尾。"))
    fill()
    (item,) = search_snapshots(viewer=GUEST, q="秘密").items
    assert item.excerpt == ()


def test_filters_hold_with_and_without_words(fill: Fill) -> None:
    wanted = make_snapshot(
        "巡河", channel=make_channel("local", "地方"), source_name="江南时报", topics=[make_topic("water", "节水护水")]
    )
    make_snapshot("巡河", published_at=NOON - timedelta(days=1))
    fill()
    for q in ("巡河", ""):
        for filters in ({"channel": "local"}, {"topic": "water"}, {"source": "江南时报"}):
            results = search_snapshots(viewer=GUEST, q=q, **filters)
            assert ([item.snapshot for item in results.items], results.total) == ([wanted], 1), (q, filters)


def test_both_days_of_a_span_belong_to_it(fill: Fill) -> None:
    for hour, day in ((0, 5), (23, 5), (23, 4), (0, 6)):
        make_snapshot(f"巡河 {day} 日 {hour} 时", published_at=datetime(2025, 3, day, hour, tzinfo=SHANGHAI))
    fill()
    for q in ("巡河", ""):
        day = date(2025, 3, 5)
        results = search_snapshots(viewer=GUEST, q=q, date_from=day, date_to=day)
        assert sorted(titles(item.snapshot for item in results.items)) == ["巡河 5 日 0 时", "巡河 5 日 23 时"]
        assert search_snapshots(viewer=GUEST, q=q, date_from=day).total == 3
        assert search_snapshots(viewer=GUEST, q=q, date_to=date.max, date_from=date.min).total == 4


def test_without_words_the_newest_come_first(fill: Fill) -> None:
    for days in (2, 0, 1):
        make_snapshot(f"{days} 天前", published_at=NOON - timedelta(days=days))
    results = search_snapshots(viewer=GUEST, q=" ", limit=2, offset=1)
    assert titles(item.snapshot for item in results.items) == ["1 天前", "2 天前"]
    assert results.total == 3


def test_without_an_index_titles_are_searched_and_it_is_said(fill: Fill) -> None:
    make_snapshot("巡河日记")
    make_snapshot("别的", body=body("巡河"))
    results = search_snapshots(viewer=GUEST, q="巡河")
    assert results.unavailable
    assert titles(item.snapshot for item in results.items) == ["巡河日记"]
    assert results.total == 1


def test_a_closed_house_tells_guests_nothing(fill: Fill, settings: Settings) -> None:
    make_snapshot("巡河")
    fill()
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)
    guest = search_snapshots(viewer=GUEST, q="巡河")
    assert (guest.items, guest.total) == ([], 0)
    assert search_snapshots(viewer=make_viewer("observer"), q="巡河").total == 1


def test_a_report_that_left_the_library_since_is_not_counted(fill: Fill) -> None:
    make_snapshot("巡河一")
    gone = make_snapshot("巡河二")
    fill()
    gone.delete()
    results = search_snapshots(viewer=GUEST, q="巡河")
    assert (len(results.items), results.total) == (1, 1)


def test_a_page_of_results_takes_few_queries(fill: Fill) -> None:
    for number in range(12):
        make_snapshot(f"巡河 {number}")
    fill()
    for q in ("巡河", ""):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(search_snapshots(viewer=GUEST, q=q).items) == 12
        assert len(queries) <= 3


@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "\ud800", "'\"%_\\", "x" * 20_000])
def test_odd_input_never_fails(fill: Fill, odd: str) -> None:
    make_snapshot("巡河")
    for _ in range(2):
        search_snapshots(viewer=GUEST, q=odd, channel=odd, topic=odd, source=odd, offset=10**9)
        search_snapshots(viewer=GUEST, q="", channel=odd, topic=odd, source=odd, limit=-1)
        fill()


def test_without_an_index_nothing_is_related(fill: Fill) -> None:
    related = related_snapshots(viewer=GUEST, snapshot=make_snapshot())
    assert (related.related, related.copies) == ([], [])


def test_related_reports_come_without_copies_and_copies_apart(fill: Fill) -> None:
    text = "老书记周德明请楼上楼下两家坐下来，商定楼上换管、楼下补墙，漏水纠纷就此了结。"
    asked = make_snapshot("桂花亭里话漏水", body=body(text))
    late = make_snapshot("桂花亭里话漏水", body=body(text), published_at=NOON + timedelta(days=2))
    early = make_snapshot("桂花亭里话漏水", body=body(text), published_at=NOON + timedelta(days=1))
    event = make_snapshot("老书记化解漏水纠纷", body=body("周德明请两家坐下来，楼上换管，楼下补墙。"))
    make_snapshot("童谣唱响湖边", body=body("团员们唱了七首童谣。"))
    fill()
    with CaptureQueriesContext(connection) as queries:
        reports = related_snapshots(viewer=GUEST, snapshot=asked)
    assert reports.copies == [early, late]
    assert reports.related == [event]
    assert len(queries) == 1


def test_of_related_copies_the_one_that_can_be_read_here_is_shown(fill: Fill) -> None:
    asked = make_snapshot("老书记化解漏水纠纷", body=body("周德明请两家坐下来，楼上换管，楼下补墙。"))
    text = body("老书记周德明请楼上楼下两家坐下来，商定楼上换管、楼下补墙，漏水纠纷就此了结。")
    make_snapshot("桂花亭里话漏水", body=text, reuse=Reuse.LINK_ONLY)
    make_snapshot("桂花亭里话漏水", body=text, source=make_source("南风网"), source_name="江南时报")
    own = make_snapshot("桂花亭里话漏水", body=text, source=make_source("江南时报"), source_name="江南时报")
    make_snapshot("桂花亭里话漏水", body=text, reuse=Reuse.EXCERPT)
    make_snapshot("童谣唱响湖边", body=body("团员们唱了七首童谣。"))
    fill()
    assert related_snapshots(viewer=GUEST, snapshot=asked).related == [own]


def test_where_little_is_related_the_newest_on_the_same_topics_follow(fill: Fill) -> None:
    fraud, elderly = make_topic("fraud", "反诈"), make_topic("elderly", "居家养老")
    asked = make_snapshot("一通电话追回的八万元", body=body("社区民警拨通了陌生号码。"), topics=[fraud, elderly])
    near = make_snapshot("社区民警的电话", body=body("陌生号码打来，社区民警拨通回去。"))
    both = make_snapshot("敲门日里的防骗课", body=body("老人记下三句口诀。"), topics=[fraud, elderly])
    old = make_snapshot(
        "夜巡队的一盏灯", body=body("灯照亮归家的路。"), topics=[fraud], published_at=NOON - timedelta(1)
    )
    new = make_snapshot("反诈小剧场开锣", body=body("台上演的是昨天的事。"), topics=[fraud])
    make_snapshot("反诈小剧场开锣了又开", body=body("河边的水草清理了三公里。"))
    fill()
    with CaptureQueriesContext(connection) as queries:
        reports = related_snapshots(viewer=GUEST, snapshot=asked, topics=[fraud, elderly])
    assert reports.related == [near, both, new, old]
    assert len(queries) == 2


def test_a_version_of_the_same_page_is_not_related(fill: Fill) -> None:
    topic = make_topic()
    old = make_snapshot(
        "楼道里的电动车往哪儿停", url="https://news.example.com/a.html", is_latest=False, topics=[topic]
    )
    make_snapshot("楼道里的电动车有了去处", url="https://news.example.com/a.html", topics=[topic])
    other = make_snapshot("新车棚今日启用", body=body("车棚有四十个车位。"), topics=[topic])
    fill()
    assert related_snapshots(viewer=GUEST, snapshot=old, topics=[topic]).related == [other]


def test_related_reports_that_the_viewer_may_not_see_are_not_shown(fill: Fill, settings: Settings) -> None:
    text = body("老书记周德明请楼上楼下两家坐下来，商定楼上换管、楼下补墙，漏水纠纷就此了结。")
    asked, _copy = make_snapshot("漏水", body=text), make_snapshot("漏水", body=text)
    fill()
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)
    assert related_snapshots(viewer=GUEST, snapshot=asked).copies == []
