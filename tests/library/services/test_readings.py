"""A captured page becomes a snapshot once, however often and however many read it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from tests.engine.archive.responses import response
from tests.library.factories import make_channel, make_source, make_topic
from wellspring.core.models import IndexChange
from wellspring.engine.extract import VERSION
from wellspring.engine.records import CaptureKind, FetchedResponse
from wellspring.library.models import Capture, Picture, Reading, Snapshot
from wellspring.library.services import readings
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import read_capture
from wellspring.library.services.rereading import Choice, waiting

URL = "https://news.example.com/2025/0305/a.html"

PARAGRAPHS = [
    "柳湾社区的议事亭里，居民们围坐一圈，商量楼道里的电动车往哪儿停，社工小陆把大家的意见一条一条记了下来。",
    "垃圾分类刚开始的时候，很多老人分不清厨余和其他垃圾，志愿者就守在桶边，一户一户地讲，一袋一袋地看。",
    "三个月过去，社区的投放点干净了，楼道也空了出来，大家说这才像个家的样子，往后的事情还要坐下来慢慢商量。",
]


def page(
    title: str = "柳湾社区：楼道里的事坐下来商量",
    *,
    paragraphs: list[str] = PARAGRAPHS,
    time: str = "2025-03-05 10:20:00",
    column: str = "",
    extra: str = "",
) -> bytes:
    meta = f'<meta name="ColumnName" content="{column}">' if column else ""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}_东篱时报</title>{meta}</head><body>'
        f"<h1>{title}</h1><div class=info>{time} 来源：东篱时报</div>"
        f'<div class="article-content">{body}{extra}</div></body></html>'
    ).encode()


def kept(content: bytes | FetchedResponse, *, url: str = URL, **more: Any) -> Capture:
    sent = content if isinstance(content, FetchedResponse) else response(content, url=url)
    return record_capture(sent, kind=CaptureKind.PAGE, requested_url=url, **more)


@pytest.mark.django_db
class TestAPage:
    def test_becomes_a_snapshot_with_what_it_says(self) -> None:
        make_topic("sorting", "垃圾分类")
        source = make_source(channel=make_channel("local", "本地"))
        capture = kept(page(extra='<p><img src="/img/a.jpg" width=600 height=400></p>'), source_id=source.pk)
        read = read_capture(capture.pk)
        assert read.is_new
        snapshot = Snapshot.objects.get()
        assert snapshot.title == "柳湾社区：楼道里的事坐下来商量"
        assert snapshot.source_name == "东篱时报"
        assert snapshot.published_at is not None
        assert snapshot.published_at.isoformat() == "2025-03-05T02:20:00+00:00"
        assert snapshot.dated_at == snapshot.published_at
        assert snapshot.captured_at == capture.captured_at
        assert (snapshot.original_url, snapshot.is_latest) == (URL, True)
        assert (snapshot.source, snapshot.channel) == (source, source.channel)
        assert 60 < len(snapshot.excerpt) <= 90
        assert snapshot.excerpt.startswith("柳湾社区的议事亭里")
        assert [(link.topic.slug, link.words) for link in snapshot.topic_links.all()] == [("sorting", ["垃圾分类"])]
        assert [(p.position, p.url) for p in Picture.objects.all()] == [(1, "https://news.example.com/img/a.jpg")]
        assert list(IndexChange.objects.values_list("kind", "object_id")) == [("library.snapshot", snapshot.pk)]
        reading = Reading.objects.get()
        assert (reading.extractor_version, reading.kind, reading.error_code) == (VERSION, "article", "")

    def test_that_is_packed_and_chunked_is_read_like_any_other(self) -> None:
        read = read_capture(kept(response(page(), url=URL, packed=True, chunked=True)).pk)
        assert read.snapshot is not None
        assert read.snapshot.body[0]["text"] == PARAGRAPHS[0]

    def test_is_read_once_however_often_it_is_asked(self) -> None:
        capture = kept(page())
        first = read_capture(capture.pk)
        second = read_capture(capture.pk)
        third = read_capture(capture.pk, again=True)
        assert first.snapshot == second.snapshot == third.snapshot
        assert not second.is_new
        assert Snapshot.objects.count() == Reading.objects.count() == 1

    def test_is_filed_where_its_own_column_belongs(self) -> None:
        claimed = make_channel("culture", "文化", column_names=["文化 生活"])
        source = make_source(channel=make_channel("local", "本地"))
        by_list = kept(page(column="文化生活"), source_id=source.pk)
        by_name = kept(page(column="文化"), url=URL + "?2", source_id=source.pk)
        unclaimed = kept(page(column="天气"), url=URL + "?3", source_id=source.pk)
        channels = [read_capture(capture.pk).snapshot.channel for capture in (by_list, by_name, unclaimed)]  # type: ignore[union-attr]  # each is a report
        assert channels == [claimed, claimed, source.channel]

    def test_without_a_source_is_filed_in_the_general_channel(self) -> None:
        read = read_capture(kept(page()).pk)
        assert read.snapshot is not None
        assert read.snapshot.channel.slug == "general"
        assert not read.snapshot.shows_full_text

    def test_that_claims_to_be_from_the_future_is_dated_by_its_capture(self) -> None:
        capture = kept(page(time="2031-01-01 10:00"))
        snapshot = read_capture(capture.pk).snapshot
        assert snapshot is not None
        assert snapshot.dated_at == capture.captured_at

    def test_with_over_long_fields_is_cut_and_keeps_the_whole_as_evidence(self) -> None:
        title = "长" * 295 + "标题到头" * 3
        snapshot = read_capture(kept(page(title)).pk).snapshot
        assert snapshot is not None
        snapshot.refresh_from_db()
        assert len(snapshot.title) <= 300
        if snapshot.title.endswith("…"):
            assert snapshot.evidence["title"]["whole"].startswith(snapshot.title[:-1])

    def test_with_nul_characters_is_stored(self) -> None:
        content = page().replace("议事亭".encode(), "议\x00事&#0;&#xD800;亭".encode())
        read = read_capture(kept(content).pk)
        assert read.reading.error_code == ""
        Snapshot.objects.get()

    def test_with_very_many_pictures_keeps_thirty(self) -> None:
        pictures = "".join(
            f'<p><img src="/img/{n}.jpg" width=600 height=400></p><p>图{n}说明文字</p>' for n in range(50)
        )
        read_capture(kept(page(extra=pictures)).pk)
        assert Picture.objects.count() == 30


@pytest.mark.django_db
class TestAPageThatIsNoReport:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"%PDF-1.7 binary", "not_html"),
            (b"   ", "status_refused"),
            (b"\x1f\x8b broken gzip", "not_html"),
        ],
    )
    def test_is_kept_with_the_reason_why_it_is_not_read(self, content: bytes, code: str) -> None:
        read = read_capture(kept(content).pk)
        assert read.reading.error_code == code
        assert read.reading.told_error
        assert "%(" not in read.reading.told_error
        assert not Snapshot.objects.exists()

    def test_an_undecodable_coding_is_a_reason_too(self) -> None:
        read = read_capture(kept(response(b"no gzip", url=URL, headers=b"Content-Encoding: gzip\r\n")).pk)
        assert read.reading.error_code == "bad_response"

    def test_a_status_that_is_no_page_is_a_reason(self) -> None:
        assert read_capture(kept(response(page(), url=URL, status=410)).pk).reading.error_code == "status_refused"

    def test_a_list_page_gets_a_reading_and_no_snapshot(self) -> None:
        links = "".join(
            f'<li><a href="/{n}.html">柳湾社区议事新闻标题第{n}条</a> 2025-03-0{n}</li>' for n in range(1, 9)
        )
        read = read_capture(kept(f"<html><title>新闻列表</title><body><ul>{links * 4}</ul></body></html>".encode()).pk)
        assert read.snapshot is None
        assert read.reading.kind in ("list", "other")

    def test_a_picture_is_not_read(self) -> None:
        capture = record_capture(response(b"\x89PNG"), kind=CaptureKind.PICTURE, requested_url=URL)
        with pytest.raises(ValueError, match="no"):
            read_capture(capture.pk)

    def test_a_fault_of_the_reader_is_kept_as_a_reason_and_comes_back_with_reextract(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RecursionError

        capture = kept(page())
        with monkeypatch.context() as patch:
            patch.setattr(readings, "extract", broken)
            assert read_capture(capture.pk).reading.error_code == "reader_failed"
        assert [pk for pk, _again in waiting(Choice())] == [capture.pk]
        assert read_capture(capture.pk, again=True).snapshot is not None
        assert not list(waiting(Choice()))


@pytest.mark.django_db
class TestALaterCapture:
    def test_with_another_text_becomes_the_latest(self) -> None:
        first = read_capture(kept(page()).pk).snapshot
        second = read_capture(kept(page("改过的标题：坐下来慢慢商量")).pk).snapshot
        assert first is not None
        assert second is not None
        assert list(Snapshot.objects.filter(is_latest=True)) == [second]
        assert set(IndexChange.objects.values_list("object_id", flat=True)) == {first.pk, second.pk}

    def test_read_first_still_is_the_latest(self) -> None:
        older, newer = kept(page()), kept(page("改过的标题：坐下来慢慢商量"))
        read_capture(newer.pk)
        read_capture(older.pk)
        assert Snapshot.objects.get(is_latest=True).capture == newer

    @pytest.mark.parametrize(
        "again", [page(), page(extra="<script>var seen=2</script>"), response(b"", url=URL, status=304)]
    )
    def test_that_tells_the_same_makes_no_second_snapshot(self, again: bytes | FetchedResponse) -> None:
        first = read_capture(kept(page()).pk)
        second = read_capture(kept(again).pk)
        assert second.snapshot == first.snapshot
        assert not second.is_new
        assert second.reading.kind == "article"
        assert Snapshot.objects.count() == 1

    def test_that_goes_back_to_the_first_text_is_a_version_of_its_own(self) -> None:
        for content in (page(), page("改过的标题：坐下来慢慢商量"), page()):
            read_capture(kept(content).pk)
        assert Snapshot.objects.count() == 3
        assert Snapshot.objects.get(is_latest=True).title == "柳湾社区：楼道里的事坐下来商量"


@pytest.mark.django_db
class TestANewerExtractor:
    def newer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(readings, "VERSION", VERSION + 1)

    def test_reads_again_into_the_same_snapshot(self, monkeypatch: pytest.MonkeyPatch) -> None:
        capture = kept(page(extra='<p><img src="/img/a.jpg" width=600 height=400></p>'))
        first = read_capture(capture.pk).snapshot
        picture = Picture.objects.get()
        Picture.objects.update(capture=record_capture(response(b"GIF89a"), kind=CaptureKind.PICTURE, requested_url=URL))
        Snapshot.objects.update(title="old")
        self.newer(monkeypatch)
        assert [pk for pk, _again in waiting(Choice())] == [capture.pk]
        again = read_capture(capture.pk)
        assert again.snapshot == first
        assert again.snapshot is not None
        assert again.snapshot.title.startswith("柳湾")
        assert Picture.objects.get() == picture
        assert Picture.objects.get().capture is not None
        assert not list(waiting(Choice()))

    def test_compares_only_with_earlier_captures_that_it_read_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = kept(page()), kept(page(extra="<script>1</script>"))
        read_capture(first.pk)
        read_capture(second.pk)
        Snapshot.objects.update(title="what an older extractor made of it")
        self.newer(monkeypatch)
        assert read_capture(second.pk).snapshot == Snapshot.objects.get()

    def test_that_sees_no_report_takes_the_snapshot_out_of_the_lists(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = read_capture(kept(page("第一版的标题：坐下来商量")).pk).snapshot
        capture = kept(page())
        read_capture(capture.pk)
        Reading.objects.filter(capture=capture).update(extractor_version=0)
        real = readings.extract

        def stricter(*given: Any, **named: Any) -> Any:
            from dataclasses import replace

            from wellspring.engine.records import PageKind

            return replace(real(*given, **named), kind=PageKind.LIST)

        monkeypatch.setattr(readings, "extract", stricter)
        read_capture(capture.pk)
        assert Snapshot.objects.get(is_latest=True) == first
        assert Snapshot.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_reading_the_same_address_at_once_agree() -> None:
    captures = [kept(page(f"第{n}版的标题：坐下来慢慢商量")) for n in range(4)]
    failures: list[BaseException] = []

    def work(offset: int) -> None:
        try:
            for n in range(4):
                read_capture(captures[(n + offset) % 4].pk)
        except BaseException as failure:  # noqa: BLE001  # told below, in the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(Reading.objects.values_list("kind", "error_code", "error_message")) == [("article", "", "")] * 4
    assert Snapshot.objects.count() == 4
    assert Snapshot.objects.get(is_latest=True).capture == captures[-1]
