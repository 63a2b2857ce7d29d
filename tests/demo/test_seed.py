"""Channels, topics and sources that a demo begins with."""

import pytest

from wellspring.config.environment import read_environment
from wellspring.demo.seed import demo_guard_exceptions, demo_sources, load_demo
from wellspring.demo.site.outlets import OUTLETS
from wellspring.demo.site.reports import Report
from wellspring.library.models import Channel, Reuse, Source
from wellspring.library.services.defaults import load_default_channels
from wellspring.topics.models import Topic
from wellspring.topics.services import load_default_topics

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_source_for_every_sample_site() -> None:
    load_demo(base_port=9000)
    assert demo_sources().count() == len(OUTLETS) == Source.objects.count()
    assert {source.kind for source in demo_sources()} == {"feed", "sitemap", "list"}
    assert {source.reuse for source in demo_sources()} == {Reuse.FULL_TEXT, Reuse.EXCERPT, Reuse.LINK_ONLY}
    assert Source.objects.get(name="菱湖新区政务网").url.startswith("http://127.0.0.1:9000/")


def test_loading_twice_changes_nothing_and_another_port_moves_the_sources() -> None:
    load_demo(base_port=9000)
    Source.objects.update(active=False)
    load_demo(base_port=9000)
    load_demo(base_port=9100)
    assert Source.objects.count() == len(OUTLETS)
    assert not Source.objects.filter(active=True).exists(), "a paused source stays paused"
    assert Source.objects.filter(url__startswith="http://127.0.0.1:91").count() == len(OUTLETS)


def test_a_source_of_ones_own_is_not_the_demos() -> None:
    load_demo(base_port=9000)
    channel = Channel.objects.get(slug="domestic")
    own = Source.objects.create(name="本地日报", url="https://news.example.org/rss", kind="feed", channel=channel)
    assert not demo_sources().filter(pk=own.pk).exists()


def test_the_exceptions_for_the_address_guard_are_exact_and_readable_by_the_settings() -> None:
    given = demo_guard_exceptions(9000)
    pairs = read_environment({"WELLSPRING_GUARD_EXCEPTIONS": given, "WELLSPRING_SECRET_KEY": "x" * 60}).guard_exceptions
    assert pairs == {("127.0.0.1", 9000 + place) for place in range(len(OUTLETS))}


def test_defaults_leave_alone_what_the_office_changed() -> None:
    load_default_channels()
    load_default_topics()
    Channel.objects.filter(slug="culture").update(name="文化体育", column_names=["文体"])
    Topic.objects.filter(slug="water").update(synonyms=["河"])
    load_default_channels()
    load_default_topics()
    assert Channel.objects.get(slug="culture").column_names == ["文体"]
    assert Topic.objects.get(slug="water").synonyms == ["河"]


def test_a_channel_that_the_office_made_itself_is_no_obstacle() -> None:
    Channel.objects.create(slug="guonei", name="国内")
    load_default_channels()
    assert Channel.objects.filter(name="国内").count() == 1


def test_every_channel_gets_reports_of_the_demo(reports: tuple[Report, ...]) -> None:
    load_demo(base_port=9000)
    by_column = {column: channel.slug for channel in Channel.objects.all() for column in channel.column_names}
    of_outlet = {outlet.slug: outlet.channel for outlet in OUTLETS}
    filled = {by_column.get(report.column, of_outlet[report.outlet]) for report in reports if not report.arrives_at}
    assert filled == set(Channel.objects.values_list("slug", flat=True))


def test_every_topic_is_spoken_of_in_the_demo(reports: tuple[Report, ...]) -> None:
    load_default_topics()
    texts = [report.title + "".join(report.paragraphs) for report in reports]
    for topic in Topic.objects.all():
        assert any(word in text for word in topic.words for text in texts), topic.name


def test_every_default_has_an_english_name_and_no_word_finds_two_topics() -> None:
    load_default_channels()
    load_default_topics()
    assert not Channel.objects.filter(name_en="").exists()
    assert not Topic.objects.filter(name_en="").exists()
    words = [word for topic in Topic.objects.all() for word in topic.words]
    assert len(words) == len(set(words))
    columns = [column for channel in Channel.objects.all() for column in channel.column_names]
    assert len(columns) == len(set(columns))
