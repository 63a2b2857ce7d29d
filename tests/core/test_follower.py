"""The follower brings the index to where the database is, whatever happened before."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from tests.engine.index.shelves import document, found
from wellspring.core import registry
from wellspring.core.follower import FORGOTTEN_AFTER, follow
from wellspring.core.models import Follower, IndexChange
from wellspring.core.outbox import record_index_changes
from wellspring.core.rebuild import follower_name, rebuild_index
from wellspring.core.registry import SearchKind
from wellspring.engine.errors import SearchIndexBusy
from wellspring.engine.index import SearchIndex, folders
from wellspring.engine.records import SearchDocument

pytestmark = pytest.mark.django_db
KIND = "test.note"


class Rounds(threading.Event):
    """A stop that sets itself after so many waits."""

    def __init__(self, rounds: int = 3) -> None:
        super().__init__()
        self.left = rounds

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if self.left <= 0:
            self.set()
        return self.is_set()


class Notes:
    """Things to search for, kept in a dictionary; changes go through the real outbox."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.broken: set[int] = set()

    def write(self, pk: int, text: str | None) -> None:
        with transaction.atomic():
            if text is None:
                self.texts.pop(pk, None)
            else:
                self.texts[pk] = text
            record_index_changes(KIND, [pk])

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        for pk in ids:
            if pk in self.broken:
                raise KeyError("a defect")
            if pk in self.texts:
                yield document(pk, "", self.texts[pk], kind=KIND)

    def all_ids(self) -> Iterator[int]:
        return iter(sorted(self.texts))


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    notes = Notes()
    monkeypatch.setattr(registry, "_search_kinds", {KIND: SearchKind(KIND, notes.documents, notes.all_ids)})
    return notes


def agrees(folder: Path, notes: Notes) -> bool:
    index = SearchIndex(folder)
    return index.count() == len(notes.texts) and all(
        pk in found(index, f'"{text}"') for pk, text in notes.texts.items()
    )


def test_a_new_index_is_built_from_all_there_is(tmp_path: Path, notes: Notes) -> None:
    notes.texts = {pk: f"旧事{pk}号" for pk in range(1, 1203)}
    follow(tmp_path, Rounds())
    assert SearchIndex(tmp_path).count() == 1202
    assert found(SearchIndex(tmp_path), "旧事1202号") == [1202]


def test_changes_are_followed(tmp_path: Path, notes: Notes) -> None:
    notes.write(1, "桂花")
    follow(tmp_path, Rounds())
    notes.write(1, "荷花")
    notes.write(2, "梅花")
    notes.write(3, "兰花")
    notes.write(3, None)
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)
    assert found(SearchIndex(tmp_path), "桂花") == []


def test_readers_see_a_commit_without_opening_again(tmp_path: Path, notes: Notes) -> None:
    follow(tmp_path, Rounds())
    index = SearchIndex(tmp_path)
    assert index.count() == 0
    notes.write(1, "桂花")
    follow(tmp_path, Rounds())
    assert found(index, "桂花") == [1]


def test_the_outbox_is_pruned_when_every_follower_is_past(tmp_path: Path, notes: Notes) -> None:
    for pk in range(5):
        notes.write(pk, f"花{pk}")
    follow(tmp_path, Rounds())
    other = Follower.objects.create(name="elsewhere", position=IndexChange.objects.latest("id").pk)
    for pk in range(5):
        notes.write(pk, f"草{pk}")
    follow(tmp_path, Rounds())
    assert IndexChange.objects.order_by("id").values_list("id", flat=True)[0] == other.position
    Follower.objects.filter(pk=other.pk).update(seen_at=timezone.now() - FORGOTTEN_AFTER - timedelta(minutes=1))
    follow(tmp_path, Rounds())
    assert IndexChange.objects.count() == 1
    assert agrees(tmp_path, notes)


def test_a_follower_that_missed_changes_builds_anew(
    tmp_path: Path, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    follow(tmp_path, Rounds())
    for pk in range(5):
        notes.write(pk, f"花{pk}")
    IndexChange.objects.filter(object_id__lt=4).delete()
    with caplog.at_level(logging.INFO, "wellspring.follower"):
        follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)
    assert "no longer holds all changes" in caplog.text


def test_an_index_of_another_database_is_built_anew(tmp_path: Path, notes: Notes) -> None:
    notes.write(1, "花")
    follow(tmp_path, Rounds())
    Follower.objects.all().delete()
    notes.texts = {7: "另一个库"}
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)


def test_an_index_ahead_of_its_database_is_built_anew(tmp_path: Path, notes: Notes) -> None:
    notes.write(1, "花")
    follow(tmp_path, Rounds())
    folders.write_position(folders.current_generation(tmp_path), 10**9)
    notes.texts = {7: "恢复的库"}
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)


@pytest.mark.parametrize("harm", ["pointer", "format", "meta", "lost"])
def test_a_useless_index_is_built_anew(tmp_path: Path, notes: Notes, harm: str) -> None:
    notes.write(1, "花")
    follow(tmp_path, Rounds())
    generation = folders.current_generation(tmp_path)
    if harm == "pointer":
        (tmp_path / "CURRENT").write_text("../../elsewhere")
    elif harm == "format":
        (generation / "format.json").write_text('{"format": 0}')
    elif harm == "meta":
        (generation / "meta.json").write_text("not json")
    else:
        (generation / "position.json").unlink()
    notes.write(2, "草")
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)


def test_a_rebuild_beside_a_follower_is_taken_over_by_it(tmp_path: Path, notes: Notes) -> None:
    notes.write(1, "花")

    class RebuildBetween(Rounds):
        def wait(self, timeout: float | None = None) -> bool:
            if self.left == 6:
                rebuild_index(tmp_path)
                notes.write(2, "草")
            return super().wait(timeout)

    follow(tmp_path, RebuildBetween(8))
    assert agrees(tmp_path, notes)
    assert len(list(tmp_path.glob("gen-*"))) == 1


def test_changes_during_a_rebuild_are_not_lost(tmp_path: Path, notes: Notes) -> None:
    notes.texts = {pk: f"花{pk}朵" for pk in range(1, 1001)}

    def meanwhile(done: int, total: int) -> None:
        if done == 500:
            notes.write(1, "早已读过")

    rebuild_index(tmp_path, progress=meanwhile)
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)


def test_only_one_process_follows_or_builds(tmp_path: Path, notes: Notes) -> None:
    with folders.held(tmp_path, "follow"), pytest.raises(SearchIndexBusy, match="Another process"):
        follow(tmp_path, Rounds())
    with folders.held(tmp_path, "build"), pytest.raises(SearchIndexBusy, match="Another process"):
        rebuild_index(tmp_path)


def test_a_broken_row_does_not_stop_the_others(tmp_path: Path, notes: Notes, caplog: pytest.LogCaptureFixture) -> None:
    follow(tmp_path, Rounds())
    notes.broken = {2}
    for pk in (1, 2, 3):
        notes.write(pk, f"花{pk}朵")
    follow(tmp_path, Rounds())
    assert set(found(SearchIndex(tmp_path), "花")) == {1, 3}
    assert f"{KIND} 2 cannot be indexed" in caplog.text
    rebuild_index(tmp_path)
    assert set(found(SearchIndex(tmp_path), "花")) == {1, 3}


def test_a_change_of_an_unknown_kind_is_passed_over(tmp_path: Path, notes: Notes) -> None:
    follow(tmp_path, Rounds())
    with transaction.atomic():
        record_index_changes("gone.app", [1])
    notes.write(1, "花")
    follow(tmp_path, Rounds())
    assert agrees(tmp_path, notes)


def test_a_failed_commit_is_tried_again(
    tmp_path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    follow(tmp_path, Rounds())
    notes.write(1, "花")
    real = folders.write_position
    failures = iter([OSError(28, "No space left on device")])

    def full_once(generation: Path, position: int) -> None:
        for failure in failures:
            raise failure
        real(generation, position)

    monkeypatch.setattr(folders, "write_position", full_once)
    follow(tmp_path, Rounds(6))
    assert "No space left" in caplog.text
    assert agrees(tmp_path, notes)
    assert Follower.objects.get(name=follower_name(tmp_path)).position == IndexChange.objects.latest("id").pk
