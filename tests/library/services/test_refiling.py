"""Snapshots are filed again after the vocabulary changed: newest first, resumable, begun anew by a second change."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from tests.library.factories import make_channel, make_snapshot, make_source, make_topic
from tests.people.factories import make_viewer
from wellspring.core.models import IndexChange
from wellspring.library.desk_tasks import sweep_asked
from wellspring.library.models import Correction, Refiling, Snapshot
from wellspring.library.services.channels import merge_channels
from wellspring.library.services.refiling import begin_channel_refiling, refile_batch, run_refiling
from wellspring.library.services.vocabulary import merge_topics, retire_topic, save_topic
from wellspring.topics.services import TopicWords

pytestmark = pytest.mark.django_db


def reports(count: int) -> list[Snapshot]:
    source = make_source()
    return [make_snapshot(f"楼道堆物第{number}回", source=source) for number in range(count)]


def new_words(*synonyms: str) -> Refiling:
    topic = make_topic()
    wanted = TopicWords("垃圾分类", "", synonyms, None)
    _, refiling = save_topic(actor=make_viewer("archivist"), topic=topic, version=topic.version, wanted=wanted)
    assert refiling is not None
    return refiling


def test_a_new_synonym_reaches_every_snapshot_and_the_index() -> None:
    make_topic()
    every = reports(7)
    IndexChange.objects.all().delete()
    refiling = new_words("楼道堆物")
    assert run_refiling(refiling.pk) is False
    assert all([link.words for link in one.topic_links.all()] == [["楼道堆物"]] for one in every)
    refiling.refresh_from_db()
    assert (refiling.done, refiling.changed, refiling.percent) == (7, 7, 100)
    assert sorted(IndexChange.objects.values_list("object_id", flat=True)) == [one.pk for one in every]


def test_it_begins_with_the_newest_and_a_kill_between_batches_costs_nothing() -> None:
    every = reports(7)
    refiling = new_words("楼道堆物")
    assert refile_batch(refiling.pk, size=3)
    assert [one.topics.exists() for one in every] == [False] * 4 + [True] * 3
    DBTaskResult.objects.all().delete()  # the worker is gone, and its task with it
    assert sweep_asked() == 1
    while refile_batch(refiling.pk, size=3):
        pass
    assert all(one.topics.exists() for one in every)
    assert Refiling.objects.get().done == 7


def test_a_second_change_meanwhile_begins_anew_with_all_words() -> None:
    every = reports(4)
    first = new_words("楼道堆物")
    refile_batch(first.pk, size=2)
    second = new_words("议事亭里")
    first.refresh_from_db()
    assert first.superseded
    assert refile_batch(first.pk, size=2) is False
    run_refiling(second.pk)
    assert all([link.words for link in one.topic_links.all()] == [["议事亭里"]] for one in every)


def test_a_report_that_came_in_meanwhile_is_not_missed() -> None:
    reports(3)
    refiling = new_words("楼道堆物")
    refile_batch(refiling.pk, size=2)
    late = make_snapshot("楼道堆物又一回")
    while refile_batch(refiling.pk, size=2):
        pass
    assert late.topics.exists()


def test_topics_chosen_by_an_archivist_stay_and_follow_a_merger() -> None:
    chosen, kept = make_topic("parking", "停车治理"), make_topic("renewal", "旧改")
    (snapshot,) = reports(1)
    Correction.objects.create(snapshot=snapshot, field="topics", value=[chosen.pk], was=[], reason="讲的是停车")
    run_refiling(new_words("楼道堆物").pk)
    assert list(snapshot.topics.all()) == [chosen]
    run_refiling(merge_topics(actor=make_viewer("archivist"), topic=chosen, into=kept).pk)
    assert list(snapshot.topics.all()) == [kept]


def test_a_retired_topic_leaves_its_reports() -> None:
    topic = make_topic()
    snapshot = make_snapshot("垃圾分类这一年", topics=[topic])
    run_refiling(retire_topic(actor=make_viewer("leader"), topic=topic).pk)
    assert not snapshot.topics.exists()


def test_a_change_that_finds_nothing_else_files_nothing_again() -> None:
    topic = make_topic()
    wanted = TopicWords("垃圾分类", "Sorting of waste", (), None)
    assert save_topic(actor=make_viewer("archivist"), topic=topic, version=0, wanted=wanted)[1] is None


def test_a_channel_goes_into_another_in_batches_and_its_address_leads_there() -> None:
    old, kept = make_channel("old", "旧栏"), make_channel("kept", "新栏")
    source = make_source(channel=old)
    every = [make_snapshot(source=source) for _ in range(5)]
    old.merged_into = kept
    old.save()
    refiling = begin_channel_refiling(old)
    assert refile_batch(refiling.pk, size=2)
    assert Snapshot.objects.filter(channel=kept).count() == 2
    while refile_batch(refiling.pk, size=2):
        pass
    assert Snapshot.objects.filter(channel=kept).count() == len(every)


def test_a_small_channel_is_merged_at_once_with_sources_and_columns() -> None:
    old, kept = make_channel("old", "旧栏", column_names=["旧闻"]), make_channel("kept", "新栏")
    snapshot = make_snapshot(source=make_source(channel=old))
    merge_channels(actor=make_viewer("archivist"), channel=old, into=kept)
    snapshot.refresh_from_db()
    assert snapshot.channel == kept
    assert snapshot.source is not None
    snapshot.source.refresh_from_db()
    kept.refresh_from_db()
    assert (snapshot.source.channel, kept.column_names) == (kept, ["旧栏", "旧闻"])
