"""Topics are found in a text by name and synonyms."""

from __future__ import annotations

import pytest

from tests.library.factories import make_topic
from wellspring.topics.models import Topic
from wellspring.topics.queries import topics_in

pytestmark = pytest.mark.django_db


def found(text: str) -> dict[str, tuple[str, ...]]:
    slugs = dict(Topic.objects.values_list("pk", "slug"))
    return {slugs[topic.topic_id]: topic.words for topic in topics_in(text)}


def test_a_topic_is_found_by_its_name_and_by_its_synonyms() -> None:
    make_topic("sorting", "垃圾分类", synonyms=["厨余", "可回收物"])
    assert found("社区讲垃圾分类，厨余进绿桶，厨余不落地。") == {"sorting": ("垃圾分类", "厨余")}
    assert found("今天天气不错。") == {}


def test_where_words_overlap_the_longer_one_counts() -> None:
    make_topic("care", "养老")
    make_topic("home-care", "居家养老", synonyms=["居家养老服务"])
    assert found("居家养老服务进了小区") == {"home-care": ("居家养老服务",)}
    assert found("居家养老服务和养老院") == {"care": ("养老",), "home-care": ("居家养老服务",)}


def test_a_word_may_tell_of_two_topics() -> None:
    make_topic("a", "甲", synonyms=["议事"])
    make_topic("b", "乙", synonyms=["议事"])
    assert set(found("议事亭")) == {"a", "b"}


def test_width_and_case_do_not_matter_and_latin_words_count_as_a_whole() -> None:
    make_topic("ai", "人工智能", synonyms=["AI", "ＥＶ"])
    assert found("社区用上了ai助手") == {"ai": ("ai",)}
    assert found("ＡＩ助手与 ev 充电") == {"ai": ("ai", "ev")}
    assert found("the maid said") == {}


def test_a_changed_vocabulary_counts_at_once() -> None:
    topic = make_topic("sorting", "垃圾分类")
    assert found("厨余进绿桶") == {}
    topic.synonyms = ["厨余", "", "  "]
    topic.save()
    assert found("厨余进绿桶") == {"sorting": ("厨余",)}


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert found("垃圾分类") == {}
