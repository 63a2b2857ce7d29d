"""What an earlier version of the extractor read is kept, once, and what somebody set right outlives every version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.library.factories import make_channel, make_source, make_topic
from tests.library.services.test_corrections import DAY, READ, RIGHT, a_report, correct
from tests.library.services.test_readings import PARAGRAPHS, URL, kept, page
from tests.people.factories import make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import IndexChange
from wellspring.engine.errors import PageTooComplex, RecordDamaged
from wellspring.engine.extract import VERSION
from wellspring.engine.records import NewsRecord, PageKind
from wellspring.library.models import Correction, EarlierRecord, Reading, Snapshot
from wellspring.library.services import readings
from wellspring.library.services.corrections import corrections_version, withdraw_correction
from wellspring.library.services.readings import Read, read_capture
from wellspring.library.services.withdrawing import withdraw_reports

pytestmark = pytest.mark.django_db

Rules = Callable[..., None]


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Sets the version of the extractor, and what it reads otherwise than the real one."""
    real = readings.extract

    def set_rules(version: int, **otherwise: Any) -> None:
        def read(*given: Any, **named: Any) -> NewsRecord:
            return replace(real(*given, **named), **otherwise)

        monkeypatch.setattr(readings, "VERSION", version)
        monkeypatch.setattr(readings, "extract", read)

    return set_rules


def again(snapshot: Snapshot) -> Read:
    read = read_capture(snapshot.capture_id)
    snapshot.refresh_from_db()
    return read


def test_a_record_that_is_read_otherwise_is_kept_with_its_version_and_time(rules: Rules) -> None:
    snapshot = a_report()
    first = snapshot.read_at
    assert snapshot.extractor_version == VERSION
    rules(VERSION + 1, title="新规则读出的标题", editor="范青")
    assert again(snapshot).changed == ("title", "editor")
    earlier = EarlierRecord.objects.get()
    assert (earlier.snapshot, earlier.extractor_version, earlier.read_at) == (snapshot, VERSION, first)
    assert (earlier.record["title"], earlier.record["editor"], earlier.record["url"]) == (READ, None, URL)
    assert [block["text"] for block in earlier.record["body"]] == PARAGRAPHS
    assert earlier.record["evidence"]["title"]["rule"]
    assert (snapshot.title, snapshot.extractor_version) == ("新规则读出的标题", VERSION + 1)
    assert snapshot.read_at is not None
    assert first is not None
    assert first < snapshot.read_at


def test_what_is_read_the_same_leaves_nothing_but_the_new_version(rules: Rules) -> None:
    snapshot = a_report()
    IndexChange.objects.all().delete()
    rules(VERSION + 1)
    assert again(snapshot).changed == ()
    assert snapshot.extractor_version == Reading.objects.get().extractor_version == VERSION + 1
    assert not EarlierRecord.objects.exists()
    assert not IndexChange.objects.exists()


def test_the_index_is_told_of_a_change_only_once(rules: Rules) -> None:
    make_topic("parking", "停车治理")
    snapshot = a_report()
    IndexChange.objects.all().delete()
    rules(VERSION + 1, title="停车治理的新标题")
    again(snapshot)
    assert list(IndexChange.objects.values_list("object_id", flat=True)) == [snapshot.pk]


def test_the_index_is_told_where_only_the_topics_changed(rules: Rules) -> None:
    snapshot = a_report()
    IndexChange.objects.all().delete()
    make_topic("sorting", "垃圾分类")
    rules(VERSION + 1)
    again(snapshot)
    assert list(IndexChange.objects.values_list("object_id", flat=True)) == [snapshot.pk]


def test_the_same_version_again_piles_nothing_up(rules: Rules) -> None:
    snapshot = a_report()
    for title in ("甲", "乙", "丙"):
        rules(VERSION + 1, title=title)
        read_capture(snapshot.capture_id, again=True)
    assert [one.record["title"] for one in EarlierRecord.objects.all()] == [READ]


def test_every_version_that_read_otherwise_is_kept_and_none_that_did_not(rules: Rules) -> None:
    snapshot = a_report()
    rules(VERSION + 1, title="二")
    again(snapshot)
    rules(VERSION + 2, title="二")
    again(snapshot)
    rules(VERSION + 3, title="四")
    again(snapshot)
    kept_ones = list(EarlierRecord.objects.values_list("extractor_version", "record__title"))
    assert kept_ones == [(VERSION + 2, "二"), (VERSION, READ)]


def test_what_was_set_right_is_not_in_the_record_of_the_page(rules: Rules) -> None:
    snapshot = correct(a_report(), title=RIGHT, published_at=DAY, authors=["陆听荷"])
    rules(VERSION + 1, title="新规则读出的标题")
    assert again(snapshot).changed == ("title",)
    record = EarlierRecord.objects.get().record
    assert (record["title"], record["authors"], record["published_precision"]) == (READ, [], "second")
    assert record["published_at"].startswith("2025-03-05T02:20")


def test_every_field_set_right_stays_so_and_knows_what_the_new_rules_read(rules: Rules) -> None:
    make_topic("sorting", "垃圾分类")
    chosen = make_topic("parking", "停车治理")
    right: dict[str, Any] = {
        "title": RIGHT,
        "published_at": DAY,
        "source_name": "江畔晚报",
        "authors": ["陆听荷", "范青"],
        "editor": "沈拾",
        "reprinted_from": "江畔日报",
        "channel": make_channel("safety", "平安法治").pk,
        "topics": [chosen.pk],
    }
    snapshot = correct(a_report(), **right)
    rules(
        VERSION + 1,
        title="新规则读出的标题",
        published_at=timezone.now() - timedelta(days=900),
        source_name="北渡热线",
        authors=("王甲",),
        editor="李乙",
        reprinted_from="北渡日报",
        column_name="safety",
    )
    again(snapshot)
    assert {
        name: getattr(snapshot, name) for name in ("title", "source_name", "authors", "editor", "reprinted_from")
    } == {name: right[name] for name in ("title", "source_name", "authors", "editor", "reprinted_from")}
    assert (snapshot.published_precision, snapshot.channel_id) == ("day", right["channel"])
    assert snapshot.dated_at == snapshot.published_at
    assert [topic.pk for topic in snapshot.topics.all()] == [chosen.pk]
    was = {one.field: one.was for one in Correction.objects.filter(withdrawn_at=None)}
    assert len(was) == len(right)
    assert (was["title"], was["source_name"], was["authors"]) == ("新规则读出的标题", "北渡热线", ["王甲"])
    withdraw_correction(actor=make_viewer("archivist"), correction_id=Correction.objects.get(field="title").pk)
    snapshot.refresh_from_db()
    assert snapshot.title == "新规则读出的标题"


def test_a_correction_that_the_new_rules_agree_with_stays_one(rules: Rules) -> None:
    snapshot = correct(a_report(), title=RIGHT)
    rules(VERSION + 1, title=RIGHT)
    again(snapshot)
    standing = Correction.objects.get(withdrawn_at=None)
    assert (snapshot.title, standing.value, standing.was) == (RIGHT, RIGHT, RIGHT)
    rules(VERSION + 2, title="又读错了")
    again(snapshot)
    assert snapshot.title == RIGHT


def test_a_report_that_somebody_corrected_stays_one_whatever_the_rules_take_it_for(rules: Rules) -> None:
    corrected, plain = correct(a_report(), title=RIGHT), read_capture(kept(page("另一篇"), url=URL + "?2").pk).snapshot
    assert plain is not None
    rules(VERSION + 1, kind=PageKind.LIST)
    assert again(corrected).changed == ("kind",)
    again(plain)
    assert (corrected.title, corrected.is_latest, plain.is_latest) == (RIGHT, True, False)
    # A later capture of the address that is read, and read again, sees it as a report too.
    rules(VERSION + 2, kind=PageKind.LIST)
    read_capture(kept(page("一页列表")).pk)
    corrected.refresh_from_db()
    assert corrected.is_latest
    rules(VERSION + 3)
    again(corrected)
    again(plain)
    assert (corrected.title, corrected.is_latest, plain.is_latest) == (RIGHT, True, True)


@pytest.mark.parametrize("refusal", [PageTooComplex(limit=1), RecordDamaged(path="a", offset=1, detail="x")])
def test_a_page_that_cannot_be_read_any_more_keeps_what_was_read(
    rules: Rules, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    snapshot = a_report()

    def refuse(*_: object, **__: object) -> None:
        raise refusal

    rules(VERSION + 1)
    with monkeypatch.context() as patch:
        patch.setattr(readings, "extract", refuse)
        assert again(snapshot).reading.error_code
    assert (snapshot.title, snapshot.is_latest, snapshot.extractor_version) == (READ, True, VERSION)
    rules(VERSION + 2, title="新规则读出的标题")
    again(snapshot)
    assert EarlierRecord.objects.get().extractor_version == VERSION


def test_a_form_opened_before_the_page_was_read_anew_is_told(rules: Rules) -> None:
    snapshot = a_report()
    version = corrections_version(snapshot)
    rules(VERSION + 1, authors=("王甲",))
    again(snapshot)
    with pytest.raises(ChangedMeanwhile):
        correct(snapshot, version=version, title=RIGHT, authors=[])


def test_a_withdrawn_report_leaves_no_earlier_record(rules: Rules) -> None:
    snapshot = a_report(url=URL)
    make_source()
    rules(VERSION + 1, title="新规则读出的标题")
    again(snapshot)
    withdraw_reports(captured_from=URL)
    assert not EarlierRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("otherwise", [{}, {"title": "新规则读出的标题"}])
def test_a_correction_in_the_middle_of_a_new_reading_is_not_lost(
    rules: Rules, monkeypatch: pytest.MonkeyPatch, otherwise: dict[str, str]
) -> None:
    snapshot = a_report()
    rules(VERSION + 1, **otherwise)
    real, failures = readings.settle_latest, []

    def correcting() -> None:
        try:
            correct(snapshot, title=RIGHT)
        except BaseException as failure:  # noqa: BLE001  # told below, in the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    archivist = threading.Thread(target=correcting)

    def settle(*given: Any, **named: Any) -> None:
        # The corrections that stand were looked up; the snapshot is not saved yet.
        archivist.start()
        archivist.join(0.5)
        real(*given, **named)

    monkeypatch.setattr(readings, "settle_latest", settle)
    read_capture(snapshot.capture_id)
    archivist.join()
    assert [type(failure) for failure in failures] in ([], [ChangedMeanwhile])
    if failures:
        monkeypatch.setattr(readings, "settle_latest", real)
        correct(snapshot, title=RIGHT)
    snapshot.refresh_from_db()
    assert (snapshot.title, snapshot.extractor_version) == (RIGHT, VERSION + 1)
    assert Correction.objects.get(withdrawn_at=None).was == otherwise.get("title", READ)
