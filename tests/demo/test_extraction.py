"""Every report of the sample sites, as served in its outlet's style, is read back right by the extractor."""

from __future__ import annotations

import httpx
import pytest

from wellspring.demo.site.outlets import OUTLETS
from wellspring.demo.site.reports import Report
from wellspring.demo.site.server import SampleSites
from wellspring.engine.extract import extract, join_pages
from wellspring.engine.records import BlockType, NewsRecord, PageKind, Precision

_UNSIGNED = {"digest"}
"""Outlets whose pages name no 来源 for reports of their own."""
_KINDS = {BlockType.P: "paragraph", BlockType.H2: "heading", BlockType.H3: "heading", BlockType.IMAGE: "picture"}


def read(sites: SampleSites, reader: httpx.Client, slug: str) -> list[tuple[Report, NewsRecord]]:
    site = sites.sites[slug]
    pairs = []
    for report in site.reports:
        records: list[NewsRecord] = []
        address: str | None = site.origin + site.path_of(report)
        while address:
            page = reader.get(address)
            records.append(extract(page.content, url=str(page.url), content_type=page.headers.get("content-type")))
            address = records[-1].next_page
        assert len(records) == report.page_count, report.key
        pairs.append((report, join_pages(records)))
    return pairs


@pytest.mark.parametrize("slug", [outlet.slug for outlet in OUTLETS])
def test_every_style_is_read_right(sample_sites: SampleSites, reader: httpx.Client, slug: str) -> None:
    outlet = sample_sites.sites[slug].outlet
    for report, record in read(sample_sites, reader, slug):
        assert record.kind is PageKind.ARTICLE, report.key
        assert record.title == report.title
        shown = report.published_at
        if record.published_precision is Precision.MINUTE:
            shown = shown.replace(second=0)
        assert record.published_at == shown, report.key
        source = report.source or (None if slug in _UNSIGNED else outlet.name)
        assert record.source_name == source, report.key
        assert record.authors == report.authors, report.key
        assert (record.editor or "") == report.editor, report.key
        assert record.encoding == outlet.encoding, report.key


@pytest.mark.parametrize("slug", [outlet.slug for outlet in OUTLETS])
def test_the_body_is_whole_and_in_order(sample_sites: SampleSites, reader: httpx.Client, slug: str) -> None:
    site = sample_sites.sites[slug]
    for report, record in read(sample_sites, reader, slug):
        signature = f"（{' '.join(report.authors)}）"
        found = [
            (
                _KINDS.get(block.type, block.type.value),
                (block.caption or "").removeprefix("▲ ")
                if block.type is BlockType.IMAGE
                else block.text.removesuffix(signature),
            )
            for block in record.body
        ]
        assert found == [(part.kind, part.text) for part in report.parts], report.key
        pictures = [block.src for block in record.body if block.type is BlockType.IMAGE]
        assert pictures == [site.origin + site.outlet.picture_folder + picture for picture in report.pictures]


@pytest.mark.parametrize("slug", ["gov", "daily", "county", "portal", "neighbour", "digest"])
def test_the_column_is_found_where_the_page_states_it(
    sample_sites: SampleSites, reader: httpx.Client, slug: str
) -> None:
    assert all(record.column_name == report.column for report, record in read(sample_sites, reader, slug))


def test_a_reprint_names_where_it_was_taken_from(sample_sites: SampleSites, reader: httpx.Client) -> None:
    marked = [pair for pair in read(sample_sites, reader, "county") if pair[0].mark]
    assert [record.reprinted_from for _, record in marked] == ["清渚日报"]
