"""Which links of a web page are its reports."""

from __future__ import annotations

import pytest

from tests.engine.fetch.discover import pages
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import discover
from wellspring.engine.records import SourceKind


def found(body: bytes) -> list[tuple[str, str | None]]:
    discovery = discover(pages.response(body), body)
    assert discovery.kind is SourceKind.LIST
    return [(page.url, page.title) for page in discovery.pages]


def test_a_government_list_gives_its_reports_and_nothing_of_the_furniture() -> None:
    reports = found(pages.government())
    assert [title for _url, title in reports] == list(pages.TITLES)
    assert reports[0][0] == "https://news.example.cn/dt/202405/t20240512_100.html"


def test_a_table_layout_in_gb2312_gives_its_reports_with_readable_titles() -> None:
    reports = found(pages.table_gb2312())
    assert [title for _url, title in reports] == list(pages.TITLES)
    assert reports[-1][0] == "https://news.example.cn/dt/show.asp?id=305"


def test_picture_title_and_more_links_are_one_report_and_hot_lists_are_left_out() -> None:
    assert [title for _url, title in found(pages.cards())] == list(pages.TITLES)


def test_a_list_kept_in_a_data_island_is_found() -> None:
    assert [title for _url, title in found(pages.datastore())] == list(pages.TITLES)


def test_a_date_inside_the_link_is_no_part_of_its_title() -> None:
    assert [title for _url, title in found(pages.dated_links())] == list(pages.TITLES)


def test_a_portal_gives_lead_and_columns_without_channel_names() -> None:
    titles = [title for _url, title in found(pages.portal())]
    assert titles == ["头条：社区治理经验在全市推广", *pages.TITLES]


def test_a_page_without_a_list_is_refused_with_what_to_give_instead() -> None:
    with pytest.raises(DiscoveryError, match="without a list of reports") as refused:
        found(pages.article())
    assert "column page" in str(refused.value)


def test_advertised_feeds_are_named() -> None:
    body = pages.government().replace(
        b"</title>", b'</title><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    )
    discovery = discover(pages.response(body), body)
    assert discovery.feeds == ("https://news.example.cn/rss.xml",)
    assert discovery.name == "工作动态"


def test_the_base_address_of_the_page_is_obeyed() -> None:
    body = pages.government().replace(b"<head>", b'<head><base href="https://news.example.cn/other/">')
    assert found(body)[0][0].startswith("https://news.example.cn/other/202405/")


def test_other_schemes_are_never_reports() -> None:
    rows = "".join(f'<li><a href="javascript:go({n})">{t}</a> 2024-05-1{n}</li>' for n, t in enumerate(pages.TITLES))
    with pytest.raises(DiscoveryError):
        found(f"<html><body><ul>{rows}</ul></body></html>".encode())
