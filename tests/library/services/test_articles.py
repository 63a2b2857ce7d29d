"""An article on several pages is one snapshot of all of them, in whatever order they come and however often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.library.factories import make_source
from tests.library.responses import make_response
from wellspring.engine.errors import ConnectionFailed, StatusRefused
from wellspring.engine.extract import VERSION
from wellspring.engine.fetch.desk import Wanted
from wellspring.engine.records import CaptureKind, FoundPage
from wellspring.library.crawling import LibraryDesk
from wellspring.library.models import ArticlePage, Capture, Reading, Refusal, Snapshot
from wellspring.library.queries.crawling import pages_to_fetch, wanted_pages
from wellspring.library.services import readings
from wellspring.library.services.articles import TRIES, note_missing_page
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import read_capture
from wellspring.library.services.withdrawing import withdraw_reports

pytestmark = pytest.mark.django_db

SITE = "https://news.example.com/2025/0305/a"
ONE, TWO, THREE = f"{SITE}.html", f"{SITE}_2.html", f"{SITE}_3.html"
MORNING = datetime(2025, 3, 6, 8, 0, tzinfo=UTC)
TEXTS = {
    ONE: "清晨六点，老书记已经站在河埠头，等着第一班清淤船靠岸。这条河二十年前也清过一回，那时候全村出动，一人一把锹。",
    TWO: "到了中午，三段河道都清完了，村民们把淤泥装车运走。社工小陆记下每一段的负责人，谁家门口归谁管，写得清清楚楚。",
    THREE: "傍晚散会前，大家定下了每月一次的巡河，名单贴在祠堂门口。老书记把名字写在第一个，说带头的人不能光说不动。",
}
ORDER = [ONE, TWO, THREE]


def page(url: str, *, title: str = "一条河的二十年", text: str = "", pages: int = 3, editor: str = "陆敏") -> bytes:
    here, words = ORDER.index(url), text or TEXTS[url]
    links = "".join(
        f"<span>{number}</span>" if number == here + 1 else f'<a href="{ORDER[number - 1]}">{number}</a>'
        for number in range(1, pages + 1)
    )
    onward = f'<a href="{ORDER[here + 1]}">下一页</a>' if here + 1 < pages else ""
    credit = f"<p>责任编辑：{editor}</p>" if here + 1 == pages else ""
    return (
        f'<html><head><meta charset="utf-8"><title>{title}_东篱时报</title></head><body><h1>{title}</h1>'
        f"<div class=info>2025-03-05 10:20:00 来源：东篱时报</div>"
        f'<div class="article-content"><p>{words}</p><p>再说一遍：{words}</p>{credit}</div>'
        f'<div class="pages">{links} {onward}</div></body></html>'
    ).encode()


def kept(url: str, content: bytes | None = None, *, hours: float = 0, status: int = 200) -> Capture:
    payload = b"" if status == 304 else content or page(url)
    sent = make_response(url, payload, status=status, received_at=MORNING + timedelta(hours=hours))
    return record_capture(sent, kind=CaptureKind.PAGE, requested_url=url)


def captured(*urls: str, hours: float = 0) -> list[Capture]:
    """Captured one after another, and each read before the next comes."""
    captures = []
    for place, url in enumerate(urls):
        captures.append(kept(url, hours=hours + place / 100))
        read_capture(captures[-1].pk)
    return captures


def text_of(snapshot: Snapshot) -> list[str]:
    return [block["text"] for block in snapshot.body]


def due() -> list[str]:
    return [row.url for row in pages_to_fetch(10)]


def test_the_first_page_is_shown_while_the_next_is_still_to_be_fetched() -> None:
    read = read_capture(kept(ONE).pk)
    assert read.snapshot is not None
    assert text_of(read.snapshot)[0] == TEXTS[ONE]
    assert due() == [TWO]
    assert read.snapshot.evidence["next_page"]["rule"] == "next-page link"


def test_pages_are_joined_as_they_come_into_one_snapshot() -> None:
    first, second, third = captured(ONE, TWO, THREE)
    snapshot = Snapshot.objects.get()
    assert snapshot.capture == first
    assert text_of(snapshot)[::2] == [TEXTS[ONE], TEXTS[TWO], TEXTS[THREE]]
    assert (snapshot.title, snapshot.editor) == ("一条河的二十年", "陆敏")
    assert snapshot.evidence["editor"]["from"].startswith("page 3: ")
    assert due() == []
    assert [(row.number, row.capture) for row in first.following_pages.all()] == [(2, second), (3, third)]
    assert Reading.objects.filter(kind="article").count() == 3
    assert read_capture(third.pk).snapshot == snapshot


def test_a_page_that_leads_to_another_site_is_not_joined_and_leaves_that_sites_report_in_its_place() -> None:
    elsewhere = TWO.replace("news.example.com", "paper.example.org")
    own = read_capture(kept(elsewhere, page(TWO)).pk).snapshot
    first = kept(ONE, hours=1)
    read_capture(first.pk)
    sent = make_response(elsewhere, page(TWO), received_at=MORNING + timedelta(hours=2))
    read_capture(record_capture(sent, kind=CaptureKind.PAGE, requested_url=TWO).pk)
    read_capture(first.pk, again=True)
    assert TEXTS[TWO] not in text_of(Snapshot.objects.get(capture=first))
    assert first.following_pages.get().error_code == "other_article"
    assert own is not None
    assert list(Snapshot.objects.filter(original_url=elsewhere, is_latest=True)) == [own]


@pytest.mark.parametrize("order", [(THREE, TWO, ONE), (TWO, ONE, THREE), (ONE, THREE, TWO)])
def test_pages_are_joined_in_whatever_order_they_were_captured(order: tuple[str, ...]) -> None:
    captured(*order)
    shown = Snapshot.objects.get(is_latest=True)
    assert shown.original_url == ONE
    assert text_of(shown)[::2] == [TEXTS[ONE], TEXTS[TWO], TEXTS[THREE]]


def test_a_page_that_had_a_snapshot_of_its_own_leaves_the_lists_for_its_article() -> None:
    second, first = captured(TWO, ONE)
    own = Snapshot.objects.get(capture=second)
    assert not own.is_latest
    read_capture(second.pk, again=True)
    assert list(Snapshot.objects.filter(is_latest=True)) == [Snapshot.objects.get(capture=first)]


def test_a_page_of_an_article_is_not_wanted_when_a_list_names_it_too() -> None:
    captured(ONE)
    assert wanted_pages([FoundPage(TWO), FoundPage(THREE)]) == Wanted([FoundPage(THREE)], [])
    captured(TWO, THREE, hours=1)
    assert wanted_pages([FoundPage(TWO), FoundPage(THREE)]) == Wanted([], [])


def test_a_page_that_reads_like_another_article_keeps_a_snapshot_of_its_own() -> None:
    (first,) = captured(ONE)
    content = page(TWO, title="菜场改造了", pages=2).replace(b"2025-03-05 10:20:00", b"2025-02-01 09:00:00")
    other = kept(TWO, content, hours=1)
    read = read_capture(other.pk)
    assert read.snapshot is not None
    assert (read.snapshot.title, read.snapshot.is_latest) == ("菜场改造了", True)
    assert first.following_pages.get().error_code == "other_article"
    assert due() == []


def test_a_page_captured_again_brings_the_others_again_and_a_new_version_where_one_of_them_changed() -> None:
    captured(ONE, TWO, THREE)
    (again,) = captured(ONE, hours=5)
    assert Snapshot.objects.count() == 1, "the pages of before stand in, so nothing seems to have changed"
    assert due() == [TWO, THREE]
    changed = kept(TWO, page(TWO, text="下午的会改在三点开，" + TEXTS[TWO]), hours=6)
    read_capture(changed.pk)
    newest = Snapshot.objects.get(is_latest=True)
    assert newest.capture == again
    assert "改在三点" in text_of(newest)[2]
    assert Snapshot.objects.get(is_latest=False).body[2]["text"] == TEXTS[TWO]
    assert due() == [THREE]


def test_pages_that_are_not_modified_make_no_new_version() -> None:
    captured(ONE, TWO, THREE)
    for hours, url in enumerate(ORDER, start=5):
        read = read_capture(kept(url, status=304, hours=hours).pk)
        assert read.snapshot == Snapshot.objects.get()
    assert due() == []


def test_what_could_not_be_fetched_is_said_and_tried_again_but_not_for_ever() -> None:
    (first,) = captured(ONE)
    note_missing_page(TWO, ConnectionFailed(url=TWO, detail="refused"), times=1)
    row = first.following_pages.get()
    assert (row.error_code, row.due) == ("connection_failed", True)
    assert TWO in row.told_error
    note_missing_page(TWO, StatusRefused(url=TWO, status=404), times=TRIES)
    assert due() == []
    captured(TWO, hours=1)
    row.refresh_from_db()
    assert (row.error_code, row.told_error) == ("", "")
    assert due() == [THREE]


def test_a_page_missing_in_the_middle_gives_the_report_up_to_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = LibraryDesk(locks=tmp_path_factory.mktemp("crawlers"))
    source = make_source()
    captured(ONE)
    captured(THREE, hours=1)
    (page_due,) = desk.due_pages(10)
    desk.refuse(page_due.url, ConnectionFailed(url=TWO, detail="refused"), source_id=source.pk, visit_id=None)
    assert text_of(Snapshot.objects.get(original_url=ONE))[::2] == [TEXTS[ONE]]
    assert desk.due_pages(10) == [], "it rests"
    Refusal.objects.update(retry_at=datetime.now(UTC) - timedelta(seconds=1))
    assert [each.url for each in desk.due_pages(10)] == [TWO]
    desk.close()


def test_a_page_captured_meanwhile_is_not_sent_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = LibraryDesk(locks=tmp_path_factory.mktemp("crawlers"))
    captured(ONE)
    kept(TWO, hours=1)
    assert desk.due_pages(10) == []
    assert not ArticlePage.objects.get().due
    desk.close()


def test_a_crash_between_joining_and_the_pages_own_reading_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    captured(ONE)
    second = kept(TWO, hours=1)

    class Killed(BaseException):
        pass

    def killed(*arguments: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(readings, "write_pages", killed)
        with pytest.raises(Killed):
            read_capture(second.pk)
    assert not Reading.objects.filter(capture=second).exists(), "so the sweep finds it"
    read_capture(second.pk)
    assert len(text_of(Snapshot.objects.get())) == 4


def test_a_page_that_came_while_the_article_was_read_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = captured(ONE)
    came: list[Capture] = []
    read = readings.read_article

    def slowly(*arguments: object) -> object:
        article = read(*arguments)  # type: ignore[arg-type]  # passed through
        if not came:
            came.append(kept(TWO, hours=1))
        return article

    monkeypatch.setattr(readings, "read_article", slowly)
    read_capture(first.pk, again=True)
    assert len(text_of(Snapshot.objects.get())) == 4


def test_pages_that_lead_in_a_circle_end_where_it_closes() -> None:
    captured(ONE)
    back = page(TWO).replace(b"a_3.html", b"a.html")
    read_capture(kept(TWO, back, hours=1).pk)
    assert len(text_of(Snapshot.objects.get())) == 4
    assert due() == []


def test_a_page_that_repeats_the_first_one_ends_the_article_before_it() -> None:
    (first,) = captured(ONE)
    second = kept(TWO, page(TWO, text=TEXTS[ONE]), hours=1)
    assert read_capture(second.pk).snapshot == Snapshot.objects.get()
    assert len(text_of(Snapshot.objects.get())) == 2
    assert first.following_pages.get().error_code == "nothing_new"
    assert due() == []


def test_reading_again_reads_all_pages_and_keeps_one_snapshot() -> None:
    captures = captured(ONE, TWO, THREE)
    Reading.objects.update(extractor_version=VERSION - 1)
    for capture in captures:
        read_capture(capture.pk)
    assert text_of(Snapshot.objects.get())[::2] == [TEXTS[ONE], TEXTS[TWO], TEXTS[THREE]]
    assert not Reading.objects.filter(extractor_version__lt=VERSION).exists()


def test_a_withdrawn_article_leaves_no_page_to_be_fetched() -> None:
    captured(ONE, TWO)
    assert withdraw_reports(captured_from="https://news.example.com/") == 1
    assert (due(), ArticlePage.objects.count()) == ([], 0)
