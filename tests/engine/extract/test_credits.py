"""Time, outlet, authors and editor from the ways in which pages write them."""

from __future__ import annotations

import pytest

from tests.engine.extract.pages import PARAGRAPHS, page, read, texts

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "time", "source"),
    [
        ("2024-03-05 09:30:10　来源：清河晚报", "2024-03-05T09:30:10+08:00", "清河晚报"),
        ("来源：清河晚报 发布时间：2024年03月05日 09:30 浏览次数：12", "2024-03-05T09:30:00+08:00", "清河晚报"),
        (
            "<span>2024/03/05 09:30</span><span>来源：<a href='/x'>清河晚报</a></span><a>举报</a>",
            "2024-03-05T09:30:00+08:00",
            "清河晚报",
        ),
        ("<span>稿源：</span><span>清河晚报</span><span>2024.03.05</span>", "2024-03-05T00:00:00+08:00", "清河晚报"),
        ("2024年3月5日09:30 | 来源：清河网－清河日报", "2024-03-05T09:30:00+08:00", "清河网－清河日报"),
        (
            "日期：2024-03-05 信息来源： 清河街道办事处 字体：【大 中 小】",
            "2024-03-05T00:00:00+08:00",
            "清河街道办事处",
        ),
        (
            "发表于2024-03-05 09:30| 1164次阅读| 来源清河之声| 0 条评论| 作者王小河",
            "2024-03-05T09:30:00+08:00",
            "清河之声",
        ),
        ("【字号：大 中 小】 时间：2024-03-05 来源：清河网 作者：王小河", "2024-03-05T00:00:00+08:00", "清河网"),
        ("清河晚报 2024-03-05 09:30", "2024-03-05T09:30:00+08:00", "清河晚报"),
        (
            "<span class='original'>原创</span> <span>清河观察</span> <span>2024-03-05 09:30:10</span>",
            "2024-03-05T09:30:10+08:00",
            "清河观察",
        ),
        ("最后更新：2024-03-06 10:00 发布：2024-03-05 09:30 来源:清河晚报", "2024-03-05T09:30:00+08:00", "清河晚报"),
        ("2024年3月5日 星期二 上午9:30 文章来源：清河晚报　责编：李桥", "2024-03-05T09:30:00+08:00", "清河晚报"),
        ("2024-03-05 下午3:07 来源：新华社", "2024-03-05T15:07:00+08:00", "新华社"),
        ("2024-03-05T01:30:00Z 来源：清河晚报", "2024-03-05T09:30:00+08:00", "清河晚报"),
        ("来源： | 发布时间：2024-03-05 09:30 | 点击：", "2024-03-05T09:30:00+08:00", None),
        ("来源：网络 时间：2024-03-05", "2024-03-05T00:00:00+08:00", None),
        ("更新时间：2024-03-05 09:30", None, None),
        ("图片来源：视觉清河", None, None),
        ("阅读：2024 评论：30", None, None),
    ],
)
def test_the_line_under_the_headline_gives_time_and_outlet(line: str, time: str | None, source: str | None) -> None:
    record = read(page(below_title=line))
    assert (record.published_at.isoformat() if record.published_at else None) == time
    assert record.source_name == source
    assert texts(record) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("below_title", "opening", "ending", "authors", "editor"),
    [
        ("作者：王小河", "", "", ("王小河",), None),
        ("作者：王小河 李桥 责任编辑：周长根", "", "", ("王小河", "李桥"), "周长根"),
        ("<span>记者</span> <span>王小河</span>", "", "", ("王小河",), None),
        ("文/本报记者 王小河 图/李桥", "", "", ("王小河",), None),
        ("本报记者 王 河　李小桥", "", "", ("王河", "李小桥"), None),
        ("", "清河网讯(郭向阳)三月五日，", "", ("郭向阳",), None),
        ("", "本报讯（记者 王小河 通讯员 李桥）", "", ("王小河", "李桥"), None),
        ("", "清河晚报记者 王小河 报道：", "", ("王小河",), None),
        ("", "", "<p>（袁怡文）</p>", ("袁怡文",), None),
        ("", "", "<p>(记者 王小河)</p>", ("王小河",), None),
        ("", "", "<p>采写：清河晚报记者 王小河</p>", ("王小河",), None),
        ("", "", "<p>清河晚报记者 王小河 李桥</p><p>编辑 周长根 校对 吴一鸣</p>", ("王小河", "李桥"), "周长根"),
        ("", "", "<p>[责任编辑：周长根]</p>", (), "周长根"),
        ("", "", "<p>责编：周长根、李桥　审核：吴一鸣</p>", (), "周长根"),
        ("", "", "<p>责任编辑：周长根_QH1234</p>", (), "周长根"),
        ("", "", "<p>编辑：周长根</p>", (), "周长根"),
        ("", "", "<p>【责任编辑:周长根】</p>", (), "周长根"),
        ("作者：管理员", "", "", (), None),
        ("作者：本站编辑部", "", "", (), None),
        ("作者： 来源：清河晚报", "", "", (), None),
        ("", "", "<p>图为清河夜景。王小河 摄</p>", (), None),
        ("", "", "<p>责任编辑：</p>", (), None),
    ],
)
def test_people_are_named_and_roles_are_not(
    below_title: str, opening: str, ending: str, authors: tuple[str, ...], editor: str | None
) -> None:
    record = read(
        page(
            f"<p>{opening}{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>{ending}",
            below_title=below_title,
        )
    )
    assert record.authors == authors
    assert record.editor == editor


def test_lines_of_credits_are_not_part_of_the_text() -> None:
    ending = "<p>清河晚报记者 王小河</p><p>编辑 周长根 校对 吴一鸣</p><p>责任编辑：李桥</p><p>（袁怡文）</p>"
    assert texts(read(page(TEXT + ending))) == list(PARAGRAPHS)


def test_what_is_said_in_an_interview_is_no_credit() -> None:
    said = ["记者：楼道里的旧家具去哪儿了？", "作者：先问了邻居，再问了社区，后来大家一起抬走。"]
    asked = "".join(f"<p>{line}</p>" for line in said)
    assert texts(read(page(TEXT + asked + f"<p>{PARAGRAPHS[0]}又说。</p>")))[3:5] == said


def test_a_reprint_names_where_it_comes_from() -> None:
    record = read(page(TEXT + "<p>本文转自：清河晚报</p>", below_title="2024-03-05 来源：荷塘社区"))
    assert record.reprinted_from == "清河晚报"
    assert record.source_name == "荷塘社区"


@pytest.mark.parametrize(
    ("head", "time", "precision"),
    [
        ('<meta name="PubDate" content="2024-03-05 09:30">', "2024-03-05T09:30:00+08:00", "minute"),
        ('<meta name="publishdate" content="2024-03-05">', "2024-03-05T00:00:00+08:00", "day"),
        (
            '<meta property="article:published_time" content="2024-03-05T01:30:10Z">',
            "2024-03-05T09:30:10+08:00",
            "second",
        ),
        (
            '<script type="application/ld+json">'
            '{"@type":"NewsArticle","datePublished":"2024-03-05T09:30:00+08:00"}</script>',
            "2024-03-05T09:30:00+08:00",
            "second",
        ),
        ('<script>var publishTime = "2024-03-05 09:30:10";</script>', "2024-03-05T09:30:10+08:00", "second"),
        ('<meta name="PubDate" content="soon">', None, None),
    ],
)
def test_a_time_stated_in_the_head_is_read(head: str, time: str | None, precision: str | None) -> None:
    record = read(page(head=head))
    assert (record.published_at.isoformat() if record.published_at else None) == time
    assert record.published_precision == precision


def test_what_readers_see_goes_before_what_the_head_states() -> None:
    head = '<meta name="PubDate" content="2024-03-07 08:00"><meta name="ContentSource" content="别家">'
    record = read(page(head=head, below_title="2024-03-05 09:30 来源：清河晚报"))
    assert record.published_at is not None
    assert record.published_at.isoformat() == "2024-03-05T09:30:00+08:00"
    assert record.source_name == "清河晚报"


def test_seconds_come_from_the_head_when_the_minute_is_the_same() -> None:
    head = '<meta property="article:published_time" content="2024-03-05T09:30:44+08:00">'
    record = read(page(head=head, below_title="2024年03月05日 09:30"))
    assert record.published_at is not None
    assert record.published_at.isoformat() == "2024-03-05T09:30:44+08:00"
    assert record.published_precision == "second"
