"""The page on which an article goes on is found; the next article, the pages of lists and of comments are not."""

from __future__ import annotations

import time

import pytest

from tests.engine.extract.pages import PARAGRAPHS, page, read, texts
from wellspring.engine.extract.page_addresses import number_after

HERE = "https://news.example.com/2025/0305/t20250305_4711.html"
TWO = "https://news.example.com/2025/0305/t20250305_4711_2.html"


def bar(*links: str) -> str:
    return f'<div class="page-bar">{" ".join(links)}</div>'


class TestANextPageIsFound:
    @pytest.mark.parametrize(
        "markup",
        [
            bar(
                "<span>1</span>", '<a href="t20250305_4711_2.html">2</a>', '<a href="t20250305_4711_2.html">下一页</a>'
            ),
            bar('<a href="/2025/0305/t20250305_4711_2.html">下一页 &gt;</a>'),
            bar('<a href="t20250305_4711_2.html">下页</a>', "共3页"),
            bar('<a href="t20250305_4711_2.html">点击下一页继续阅读</a>'),
            bar("[1]", '<a href="t20250305_4711_2.html">[2]</a>', '<a href="t20250305_4711_3.html">[3]</a>'),
            bar("<b>1</b>", '<a href="t20250305_4711_2.html">›</a>'),
            '<p><span>1</span><a href="t20250305_4711_2.html">2</a><a href="t20250305_4711_3.html">3</a></p>',
            '<ul class="fenye"><li>1</li><li><a href="t20250305_4711_2.html">2</a></li><li>末页</li></ul>',
            bar("<a href='#'>第1页：起因</a>", '<a href="t20250305_4711_2.html">第2页：经过</a>'),
            bar("""<a class="next" onclick="javascript:location.href='t20250305_4711_2.html';">下一页</a>"""),
        ],
        ids=["bar", "word", "short word", "long word", "brackets", "arrow", "tight", "list", "contents", "click"],
    )
    def test_from_the_bar_below_the_report(self, markup: str) -> None:
        record = read(page(after=markup), url=HERE)
        assert (record.next_page, record.page_number) == (TWO, 1)
        assert record.evidence["next_page"].rule in ("next-page link", "page bar")

    def test_from_a_bar_inside_the_report(self) -> None:
        inside = page().replace(
            '</div><div class="footer">',
            bar('<a href="t20250305_4711_2.html">下一页</a>') + '</div><div class="footer">',
        )
        assert read(inside, url=HERE).next_page == TWO

    @pytest.mark.parametrize(
        "markup",
        [
            '<div><a href="t20250305_4711.html">1</a><a href="t20250305_4711_2.html">2</a><b>3</b></div>',
            '<ul><li><a href="t20250305_4711.html">1</a></li><li>2</li><li><a href="a_3.html">3</a></li></ul>',
            '<p><a href="t20250305_4711_2.html">上一页</a> 第3页 共3页</p>',
        ],
    )
    def test_and_the_bar_is_no_paragraph(self, markup: str) -> None:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        assert texts(read(page(body + markup), url=HERE)) == list(PARAGRAPHS)

    def test_from_the_head(self) -> None:
        record = read(page(head='<link rel="next" href="/2025/0305/t20250305_4711_2.html">'), url=HERE)
        assert record.next_page == TWO
        assert record.evidence["next_page"].rule == "rel=next"

    def test_from_the_script_that_writes_the_bar(self) -> None:
        script = '<script>createPageHTML(3, 0, "t20250305_4711", "html");</script>'
        assert read(page(after=script), url=HERE).next_page == HERE.replace(".html", "_1.html")
        last = '<script>createPageHTML(3, 2, "t20250305_4711", "html");</script>'
        assert read(page(after=last), url=HERE.replace(".html", "_2.html")).next_page is None

    @pytest.mark.parametrize(
        ("here", "there"),
        [
            ("https://n.example/a/123.html", "https://n.example/a/123_2.html"),
            ("https://n.example/a/123_2.html", "https://n.example/a/123_3.html"),
            ("https://n.example/n1/c1004-4013-2.html", "https://n.example/n1/c1004-4013-3.html"),
            ("https://n.example/a/index.shtml", "https://n.example/a/index_1.shtml"),
            ("https://n.example/a/", "https://n.example/a/index_2.html"),
            ("https://n.example/a/123", "https://n.example/a/123/2"),
            ("https://n.example/a/123/", "https://n.example/a/123/2/"),
            ("https://n.example/a/123.html", "https://n.example/a/123/2.html"),
            ("https://n.example/a/?id=9", "https://n.example/a/?id=9&page=2"),
            ("https://n.example/a/?id=9&page=2", "https://n.example/a/?id=9&page=3"),
            ("https://n.example/a/123p2.html", "https://n.example/a/123p3.html"),
            ("https://n.example/a/123.html", "https://n.example/a/123-page-2.html"),
        ],
    )
    def test_by_its_address_in_the_forms_that_sites_share(self, here: str, there: str) -> None:
        assert read(page(after=bar(f'<a href="{there}">下一页</a>')), url=here).next_page == there

    def test_knows_which_page_it_is_itself(self) -> None:
        links = '<a href="t20250305_4711.html">1</a>', "<span>2</span>", '<a href="t20250305_4711_3.html">3</a>'
        middle = read(page(after=bar(*links)), url=TWO)
        assert (middle.page_number, middle.next_page) == (2, TWO.replace("_2", "_3"))
        links = '<a href="t20250305_4711.html">1</a>', '<a href="t20250305_4711_2.html">2</a>', "<span>3</span>"
        last = read(page(after=bar(*links)), url=TWO.replace("_2", "_3"))
        assert (last.page_number, last.next_page) == (3, None)

    def test_prefers_the_whole_article_on_one_page(self) -> None:
        links = '<a href="t20250305_4711_2.html">下一页</a>', '<a href="t20250305_4711_all.html">单页阅读</a>'
        record = read(page(after=bar(*links)), url=HERE)
        assert record.next_page == HERE.replace(".html", "_all.html")
        assert read(page(after=bar(*links)), url=record.next_page).next_page is None

    def test_is_in_the_record_as_json(self) -> None:
        told = read(page(after=bar('<a href="t20250305_4711_2.html">下一页</a>')), url=HERE).as_json()
        assert (told["next_page"], told["page_number"]) == (TWO, 1)


class TestNoNextPageIsTaken:
    @pytest.mark.parametrize(
        "markup",
        [
            '<p>下一篇：<a href="t20250305_4712.html">河道清理</a></p>',
            '<p><a href="t20250305_4712.html">下一篇</a></p>',
            bar('<a href="t20250305_4712.html">下一页</a>'),
            bar('<a href="https://other.example.com/2025/0305/t20250305_4711_2.html">下一页</a>'),
            '<div class="comment-list"><p>说得好。</p><a href="t20250305_4711_2.html">下一页</a></div>',
            "<h3>网友评论</h3><p>说得好。</p>" + bar('<a href="?page=2">下一页</a>'),
            '<h3>相关新闻</h3><ul><li><a href="a.html">甲</a></li></ul>' + bar('<a href="?page=2">2</a>'),
            bar('<a href="javascript:;">下一页</a>', '<a href="#">2</a>'),
            bar('<a href="t20250305_4711_3.html">3</a>'),
            bar('<a href="t20250305_4711_2.html#comments">下一页</a>'),
        ],
    )
    def test_from_what_is_beside_the_report(self, markup: str) -> None:
        assert read(page(after=markup), url=HERE).next_page is None

    def test_from_a_head_that_names_the_next_article(self) -> None:
        head = '<link rel="next" href="https://news.example.com/2025/0306/t20250306_4801.html">'
        assert read(page(head=head), url=HERE).next_page is None

    def test_from_a_list_of_reports(self) -> None:
        items = "".join(f'<li><a href="a{n}.html">社区里的第{n}件新鲜事：居民坐下来商量</a></li>' for n in range(30))
        pager = bar("<a href=index_2.html>2</a>", "<a href=index_2.html>下一页</a>")
        markup = f"<html><body><ul>{items}</ul>{pager}</body></html>"
        record = read(markup, url="https://news.example.com/life/index.html")
        assert (record.next_page, record.page_number) == (None, None)

    def test_from_a_page_of_one(self) -> None:
        record = read(page(), url=HERE)
        assert (record.next_page, record.page_number) == (None, None)

    @pytest.mark.parametrize("text", ["1" * 159, "1 " * 79, "第1页：" * 40, "<" * 159, "page" * 39 + "x"])
    def test_from_a_bar_without_end_and_in_no_time(self, text: str) -> None:
        began = time.process_time()
        record = read(page(after=f'<div><a href="/x">{text}</a>' * 50), url=HERE)
        assert record.next_page is None
        assert time.process_time() - began < 1.0

    def test_from_an_address_that_is_none(self) -> None:
        assert number_after("https://[broken/a.html", "https://[broken/a_2.html") is None
        assert number_after("https://n.example/a.html", "ftp://n.example/a_2.html") is None
