"""Corrections survive every reading of the page, follow its versions with care, and can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.library.factories import make_channel, make_source, make_topic
from tests.library.services.test_readings import PARAGRAPHS, kept, page
from tests.people.factories import make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry, IndexChange
from wellspring.library.models import Correction, Field, Snapshot
from wellspring.library.services.corrections import (
    NothingCorrected,
    ReasonMissing,
    correct_snapshot,
    corrections_version,
    withdraw_correction,
)
from wellspring.library.services.readings import read_capture

pytestmark = pytest.mark.django_db

READ = "柳湾社区：楼道里的事坐下来商量"
RIGHT = "楼道里的事，坐下来商量"
DAY = {"at": "2025-03-01T16:00:00+00:00", "precision": "day"}


def a_report(**more: Any) -> Snapshot:
    snapshot = read_capture(kept(page(), source_id=make_source().pk, **more).pk).snapshot
    assert snapshot is not None
    return snapshot


def correct(
    snapshot: Snapshot, version: int | None = None, reason: str = "版面上是这样写的", **fields: Any
) -> Snapshot:
    correct_snapshot(
        actor=make_viewer("archivist"),
        snapshot_id=snapshot.pk,
        version=corrections_version(snapshot) if version is None else version,
        wanted={Field(name): value for name, value in fields.items()},
        reason=reason,
    )
    return Snapshot.objects.get(pk=snapshot.pk)


def test_a_correction_keeps_what_was_read_and_tells_index_and_audit() -> None:
    snapshot = a_report()
    IndexChange.objects.all().delete()
    corrected = correct(snapshot, title=RIGHT, source_name="江畔晚报", authors=["陆听荷", "范青"], published_at=DAY)
    assert (corrected.title, corrected.source_name, corrected.authors) == (RIGHT, "江畔晚报", ["陆听荷", "范青"])
    assert corrected.published_precision == "day"
    assert corrected.dated_at == corrected.published_at == datetime.fromisoformat(str(DAY["at"]))
    assert Correction.objects.get(field="title").was == READ
    assert IndexChange.objects.get().object_id == snapshot.pk
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id) == ("library.snapshot_corrected", snapshot.pk)
    assert "陆听荷" not in str(entry.data)


def test_channel_and_topics_are_filed_by_hand() -> None:
    found = make_topic("sorting", "垃圾分类")
    chosen = make_topic("parking", "停车治理")
    snapshot = a_report()
    other = make_channel("safety", "平安法治")
    corrected = correct(snapshot, channel=other.pk, topics=[chosen.pk])
    assert corrected.channel == other
    assert list(corrected.topics.all()) == [chosen]
    read_capture(corrected.capture_id, again=True)
    corrected.refresh_from_db()
    assert corrected.channel == other
    assert list(corrected.topics.all()) == [chosen]
    withdraw_correction(actor=make_viewer("archivist"), correction_id=Correction.objects.get(field="topics").pk)
    assert list(corrected.topics.all()) == [found]


def test_a_correction_survives_reading_the_page_again() -> None:
    snapshot = correct(a_report(), title=RIGHT, published_at=DAY)
    read_capture(snapshot.capture_id, again=True)
    snapshot.refresh_from_db()
    assert (snapshot.title, snapshot.published_precision) == (RIGHT, "day")
    assert snapshot.dated_at == datetime.fromisoformat(str(DAY["at"]))


def test_a_new_capture_of_the_same_text_makes_no_new_version() -> None:
    snapshot = correct(a_report(), title=RIGHT, published_at=DAY, authors=["陆听荷"])
    again = read_capture(kept(page(extra="<!-- advertisement -->"), source_id=snapshot.source_id).pk)
    assert again.snapshot == snapshot
    assert Snapshot.objects.get().title == RIGHT


def test_a_page_whose_text_changed_keeps_the_corrections_of_what_it_still_says() -> None:
    make_topic("sorting", "垃圾分类")
    snapshot = correct(a_report(), title=RIGHT, source_name="江畔晚报", topics=[])
    updated = page(paragraphs=[*PARAGRAPHS, "记者后来又补写了一段话，说清楚了充电棚什么时候建好，由谁来管。"])
    newer = read_capture(kept(updated, source_id=snapshot.source_id).pk).snapshot
    assert newer is not None
    assert newer != snapshot
    newer.refresh_from_db()
    assert (newer.title, newer.source_name) == (RIGHT, "江畔晚报")
    assert not newer.topics.exists()
    carried = newer.corrections.get(field="title")
    assert carried.carried_from is not None
    assert carried.carried_from.snapshot == snapshot


def test_a_field_that_the_page_itself_says_otherwise_now_is_left_to_the_page() -> None:
    snapshot = correct(a_report(), title=RIGHT, source_name="江畔晚报")
    newer = read_capture(kept(page("楼道里的事大家坐下来商量"), source_id=snapshot.source_id).pk).snapshot
    assert newer is not None
    newer.refresh_from_db()
    assert (newer.title, newer.source_name) == ("楼道里的事大家坐下来商量", "江畔晚报")
    assert list(newer.corrections.values_list("field", flat=True)) == ["source_name"]


def test_a_withdrawn_correction_gives_back_what_was_read() -> None:
    snapshot = correct(a_report(), title=RIGHT)
    withdraw_correction(actor=make_viewer("leader"), correction_id=Correction.objects.get().pk)
    withdraw_correction(actor=make_viewer("leader"), correction_id=Correction.objects.get().pk)
    snapshot.refresh_from_db()
    assert snapshot.title == READ
    read_capture(snapshot.capture_id, again=True)
    snapshot.refresh_from_db()
    assert snapshot.title == READ
    assert AuditEntry.objects.filter(action="library.correction_withdrawn").count() == 1


def test_a_second_correction_replaces_the_first_and_still_knows_the_page() -> None:
    snapshot = correct(correct(a_report(), title="写错的"), title=RIGHT)
    standing = Correction.objects.get(withdrawn_at=None)
    assert (standing.value, standing.was) == (RIGHT, READ)
    corrected = correct(snapshot, title=READ)
    assert corrected.title == READ
    assert not Correction.objects.filter(withdrawn_at=None).exists()


def test_two_archivists_at_one_snapshot_are_told_of_each_other() -> None:
    snapshot = a_report()
    version = corrections_version(snapshot)
    correct(snapshot, title="先改的", version=version)
    with pytest.raises(ChangedMeanwhile) as told:
        correct(snapshot, title="后改的", version=version)
    assert [(one.now, one.wanted) for one in told.value.differences] == [("先改的", "后改的")]
    assert correct(snapshot, title="后改的", version=told.value.version).title == "后改的"


def test_a_correction_needs_a_reason_a_change_and_the_right_to_make_it() -> None:
    snapshot = a_report()
    with pytest.raises(ReasonMissing):
        correct(snapshot, title=RIGHT, reason=" ")
    with pytest.raises(NothingCorrected):
        correct(snapshot, title=READ)
    for role in ("worker", "mentor", "observer"):
        with pytest.raises(PermissionDenied):
            correct_snapshot(
                actor=make_viewer(role), snapshot_id=snapshot.pk, version=0, wanted={Field.TITLE: RIGHT}, reason="理由"
            )
    assert not Correction.objects.exists()
