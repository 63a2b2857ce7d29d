"""Bylines, datelines and credits in the wordings of many sites, and what tempts to invent."""

from __future__ import annotations

import pytest

from tests.engine.extract.pages import PARAGRAPHS, page, read, texts

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
AT = "2024-05-06T07:08"


@pytest.mark.parametrize(
    ("line", "time", "source", "authors", "editor"),
    [
        ("2024年05月06日07:08 来源：<a>人民清河</a> 手机看新闻", AT, "人民清河", (), None),
        ("2024-05-06 07:08 来源： 清河晚报 [我要评论]", AT, "清河晚报", (), None),
        ("2024-05-06 07:08:00来源：清河日报作者：王小河", AT, "清河日报", ("王小河",), None),
        ("2024年5月6日  07:08  清河晚报  王小河", AT, "清河晚报", (), None),
        ("2024-05-06 07:08 社会 王小河", AT, None, (), None),
        ("来源：新华网 编辑：李桥 时间：2024-05-06 07:08", AT, "新华网", (), "李桥"),
        ("<dl><dt>来源</dt><dd>清河晚报</dd><dt>作者</dt><dd>王小河</dd></dl>", None, "清河晚报", ("王小河",), None),
        ("時間：2024-05-06 07:08　來源：清河日報　記者：王小河　責任編輯：李橋", AT, "清河日報", ("王小河",), "李橋"),
        ("記者王小河／台北報導 2024/05/06 07:08", AT, None, ("王小河",), None),
        ("文／王小河 2024/05/06 07:08", AT, None, ("王小河",), None),
        ('<time datetime="2024-05-06T07:08:00+08:00">2024年5月6日</time>', AT, None, (), None),
        ("更新时间：2024-05-07 09:00 发布时间：2024-05-06 07:08", AT, None, (), None),
        ("2024-05-06 07:08（2024-05-07 10:00更新）", AT, None, (), None),
        ("2024-05-06 07:08 更新", None, None, (), None),
        ("2024年5月6日 上午 7:08 清河发布", AT, "清河发布", (), None),
        ("2024年5月6日 凌晨12:08", "2024-05-06T00:08", None, (), None),
        ("2024年5月6日 中午1:08", "2024-05-06T13:08", None, (), None),
        ("2024年5月6日 傍晚 6:08", "2024-05-06T18:08", None, (), None),
        (
            "<span>2024/05/06 07:08</span> <span>清河時報 記者王小河／南灣報導</span>",
            AT,
            "清河時報",
            ("王小河",),
            None,
        ),
        ("2024-05-06 07:08 编辑：李桥 作者：王小河 通讯员 周长根", AT, None, ("王小河", "周长根"), "李桥"),
        ("来源：清河日报 | 作者：本报记者 王小河 文/图 | 2024-05-06 07:08", AT, "清河日报", ("王小河",), None),
        ("发布人：王小河 发布时间：2024-05-06 07:08", AT, None, (), None),
        ("由 王小河 发布于 2024-05-06 07:08", AT, None, ("王小河",), None),
        ("今天 07:08", None, None, (), None),
        ("3小时前", None, None, (), None),
        ("作者：admin 2024-05-06 07:08", AT, None, (), None),
        ("作者：清河日报社 2024-05-06 07:08", AT, None, (), None),
        ("作者：佚名　来源：本站原创　审核：骆小文", None, None, (), None),
        ("作者：电子系 王小河", None, None, ("王小河",), None),
        ("作者：远航", None, None, ("远航",), None),
    ],
)
def test_a_byline_says_no_more_and_no_less(
    line: str, time: str | None, source: str | None, authors: tuple[str, ...], editor: str | None
) -> None:
    record = read(page(below_title=line))
    assert (record.published_at.isoformat()[:16] if record.published_at else None) == time
    assert (record.source_name, record.authors, record.editor) == (source, authors, editor)
    assert texts(record) == list(PARAGRAPHS)


def test_who_took_part_in_reporting_stands_behind_who_the_dateline_names() -> None:
    text = f"<p>清河网5月6日电（记者王小河）{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>参与采写：李桥、周长根</p>"
    assert read(page(text)).authors == ("王小河",)


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("清河网5月6日电（记者王小河）", ("王小河",)),
        ("本报清河5月6日电 记者王小河报道：", ("王小河",)),
        ("本报讯 记者王小河报道 ", ("王小河",)),
        ("[清河网 记者王小河]", ("王小河",)),
        ("清河日报·清河新闻客户端记者 王小河 ", ("王小河",)),
        ("〔記者王小河／南灣報導〕", ("王小河",)),
        ("（海島社記者王小河南灣16日電）", ("王小河",)),
        ("新清河社北京5月6日电 题：", ()),
    ],
)
def test_a_dateline_names_its_reporters_and_stays_in_the_text(opening: str, authors: tuple[str, ...]) -> None:
    record = read(page(f"<p>{opening}{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"))
    assert record.authors == authors
    assert texts(record)[0] == opening + PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("ending", "source", "authors", "editor"),
    [
        ("<p>（记者 王小河 通讯员 李桥 文/图）</p>", None, ("王小河", "李桥"), None),
        ("<p>（作者：王小河，系清河大学教授）</p>", None, ("王小河",), None),
        ("<p>（作者单位：清河大学）</p>", None, (), None),
        ("<p>（本报记者 王小河 摄）</p>", None, (), None),
        ("<p>文丨王小河　图丨李桥　编辑丨周长根　校对丨吴一鸣</p>", None, ("王小河",), "周长根"),
        ("<p>编辑：李桥</p><p>一审：王小河 二审：赵一 三审：钱二</p>", None, (), "李桥"),
        ("<p>审核：吴一鸣</p><p>监制：赵一</p>", None, (), None),
        ("<p>（本文转自《清河日报》2024年5月6日第3版，作者：王小河）</p>", "清河日报", ("王小河",), None),
        ("<p>(来源：清河日报)</p>", "清河日报", (), None),
        ("<p>责任编辑：李桥 (QN0012)</p>", None, (), "李桥"),
        ("<p>主编：赵一　责任编辑：李桥　审核：周长根</p>", None, (), "李桥"),
        ("<p>图片编辑：李桥</p>", None, (), None),
        ("<p>扫码下载清河新闻客户端</p><p>更多精彩内容请关注清河发布</p>", None, (), None),
        ("<p>本作品为“清河号”作者原创，未经授权不得转载</p>", None, (), None),
    ],
)
def test_credits_under_the_report_are_read_and_left_out(
    ending: str, source: str | None, authors: tuple[str, ...], editor: str | None
) -> None:
    record = read(page(TEXT + ending))
    assert (record.source_name, record.authors, record.editor) == (source, authors, editor)
    assert texts(record) == list(PARAGRAPHS)
