"""The texts of the sample sites: enough of them, all different but the reprints, all well-formed."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations

from wellspring.demo.site.clock import DemoClock
from wellspring.demo.site.outlets import OUTLETS
from wellspring.demo.site.pictures import draw_picture, is_picture
from wellspring.demo.site.reports import Report, read_reports


def own(reports: tuple[Report, ...]) -> list[Report]:
    return [report for report in reports if not report.reprint_of]


def test_there_are_enough_reports_and_every_outlet_has_some(reports: tuple[Report, ...]) -> None:
    assert len(own(reports)) >= LEAST_REPORTS
    assert {report.outlet for report in own(reports)} == {outlet.slug for outlet in OUTLETS}


def test_no_two_reports_share_a_title_or_a_paragraph(reports: tuple[Report, ...]) -> None:
    for one, other in combinations(own(reports), 2):
        assert one.title != other.title
        assert not set(one.paragraphs) & set(other.paragraphs), f"{one.key} and {other.key}"


def test_one_report_is_reprinted_word_for_word_by_three_sites(reports: tuple[Report, ...]) -> None:
    by_key = {report.key: report for report in reports}
    reprints = [report for report in reports if report.reprint_of]
    most, count = Counter(report.reprint_of for report in reprints).most_common(1)[0]
    assert count == 3
    assert len({report.outlet for report in reprints if report.reprint_of == most}) == 3
    for report in reprints:
        original = by_key[report.reprint_of]
        assert report.parts == original.parts
        assert report.title == original.title
        assert report.published_at > original.published_at
    assert any(report.mark.startswith("本文转自") for report in reprints)


def test_every_report_has_the_length_and_shape_of_a_news_report(reports: tuple[Report, ...]) -> None:
    for report in own(reports):
        length = sum(map(len, report.paragraphs))
        assert 330 <= length <= 950, f"{report.key}: {length}"
        assert len(report.paragraphs) >= 4, report.key
        assert report.authors, report.key
        assert 8 <= len(report.title) <= 40, report.key


def test_every_column_stands_in_the_navigation_of_its_outlet(reports: tuple[Report, ...]) -> None:
    columns = {outlet.slug: outlet.columns for outlet in OUTLETS}
    assert not [report.key for report in reports if report.column not in columns[report.outlet]]


def test_numbers_are_given_once(reports: tuple[Report, ...]) -> None:
    assert len({report.number for report in reports}) == len(reports)


def test_every_picture_has_a_scene_and_all_three_formats_occur(reports: tuple[Report, ...]) -> None:
    pictures = {picture for report in reports for picture in report.pictures}
    assert not [picture for picture in pictures if not is_picture(picture)]
    assert {picture.rpartition(".")[2] for picture in pictures} == {"jpg", "png", "webp"}


def test_a_picture_is_drawn_the_same_every_time() -> None:
    first = draw_picture("bins.webp")
    draw_picture.cache_clear()
    assert draw_picture("bins.webp") == first
    assert draw_picture("bins-2.webp") != first


def test_some_reports_arrive_while_one_looks(reports: tuple[Report, ...]) -> None:
    started = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    late = sorted(report.arrives_at for report in reports if report.arrives_at)
    assert len(late) >= LEAST_ARRIVALS
    gaps = [after - before for before, after in zip([started, *late], late, strict=False)]
    assert all(timedelta(seconds=15) <= gap <= timedelta(seconds=60) for gap in gaps)
    assert not any(report.is_out(started) for report in reports if report.arrives_at)
    assert all(report.is_out(late[-1]) for report in reports)


def test_reports_are_recent_whenever_the_demo_starts() -> None:
    for started in (datetime(2026, 1, 1, 0, 5, tzinfo=UTC), datetime(2028, 2, 29, 15, 59, tzinfo=UTC)):
        times = [report.published_at for report in read_reports(DemoClock(started)) if not report.arrives_at]
        assert max(times) < started
        assert started - max(times) < timedelta(days=3)
        assert started - min(times) < timedelta(days=40)


LEAST_REPORTS = 44
LEAST_ARRIVALS = 10
