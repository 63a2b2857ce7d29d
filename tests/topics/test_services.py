"""The vocabulary as the office changes it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.library.factories import make_topic
from tests.people.factories import make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics, topics_in
from wellspring.topics.services import (
    TopicRefused,
    TopicWords,
    add_topic,
    change_topic,
    merge_topics,
    move_topic,
    restore_topic,
    retire_topic,
)

pytestmark = pytest.mark.django_db


def words(name: str, *synonyms: str, parent: Topic | None = None) -> TopicWords:
    return TopicWords(name, "", synonyms, parent)


def names() -> list[str]:
    return [topic.name for topic in current_topics()]


def test_a_new_topic_finds_reports_by_its_name_and_synonyms() -> None:
    topic = add_topic(actor=make_viewer("archivist"), wanted=words("楼道堆物", "杂物堆放"))
    assert topic.slug == "lou-dao-dui-wu"
    assert [found.topic_id for found in topics_in("楼上的杂物堆放了三年")] == [topic.pk]
    assert AuditEntry.objects.get().action == "topics.topic_added"
    with pytest.raises(TopicRefused):
        add_topic(actor=make_viewer("archivist"), wanted=words("楼道堆物"))


def test_two_people_at_one_topic_are_told_of_each_other() -> None:
    topic = make_topic()
    archivist = make_viewer("archivist")
    _, otherwise = change_topic(actor=archivist, topic_id=topic.pk, version=0, wanted=words("垃圾分类", "撤桶"))
    assert otherwise
    with pytest.raises(ChangedMeanwhile) as told:
        change_topic(actor=archivist, topic_id=topic.pk, version=0, wanted=words("垃圾分类", "厨余"))
    assert any((one.now, one.wanted) == ("撤桶", "厨余") for one in told.value.differences)
    topic.refresh_from_db()
    assert topic.synonyms == ["撤桶"]


def test_a_topic_never_stands_below_itself() -> None:
    above = make_topic("a", "甲")
    below = make_topic("b", "乙", parent=above)
    with pytest.raises(TopicRefused):
        change_topic(actor=make_viewer("leader"), topic_id=above.pk, version=0, wanted=words("甲", parent=below))


def test_the_order_is_changed_one_place_at_a_time() -> None:
    for place, name in enumerate("甲乙丙"):
        make_topic(f"t{place}", name, position=place)
    leader = make_viewer("leader")
    move_topic(actor=leader, topic=Topic.objects.get(name="丙"), up=True)
    assert names() == ["甲", "丙", "乙"]
    move_topic(actor=leader, topic=Topic.objects.get(name="甲"), up=True)
    move_topic(actor=leader, topic=Topic.objects.get(name="甲"), up=False)
    assert names() == ["丙", "甲", "乙"]


def test_a_retired_topic_is_looked_for_no_more_until_it_is_back() -> None:
    topic, leader = make_topic(), make_viewer("leader")
    retire_topic(actor=leader, topic=topic)
    assert not topics_in("垃圾分类")
    restore_topic(actor=leader, topic=topic)
    assert topics_in("垃圾分类")


def test_of_two_merged_topics_one_is_found_by_the_words_of_both() -> None:
    old = make_topic("bins", "撤桶", synonyms=["撤桶并点"])
    kept = make_topic()
    child = make_topic("child", "桶边督导", parent=old)
    merge_topics(actor=make_viewer("archivist"), topic=old, into=kept)
    assert [found.topic_id for found in topics_in("撤桶并点以后")] == [kept.pk]
    child.refresh_from_db()
    assert child.parent == kept
    for topic, into in ((old, kept), (kept, old), (kept, kept)):
        with pytest.raises(TopicRefused):
            merge_topics(actor=make_viewer("archivist"), topic=topic, into=into)


def test_only_who_manages_topics_may_change_them() -> None:
    topic, worker = make_topic(), make_viewer("worker")
    with pytest.raises(PermissionDenied):
        add_topic(actor=worker, wanted=words("新的"))
    with pytest.raises(PermissionDenied):
        change_topic(actor=worker, topic_id=topic.pk, version=0, wanted=words("改的"))
    with pytest.raises(PermissionDenied):
        retire_topic(actor=worker, topic=topic)
