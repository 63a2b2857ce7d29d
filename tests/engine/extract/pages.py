"""Small pages that the tests of the extractor are about."""

from __future__ import annotations

from wellspring.engine.extract import extract
from wellspring.engine.records import NewsRecord

PARAGRAPHS = (
    "昨天上午，社区的议事长廊里坐满了人，十二位居民代表和三名社工围着一张长桌，讨论楼道里越堆越多的旧家具应该怎么办。",
    "老书记翻开自己的笔记本，说二十年前村里清河道，也是先开会、再分段、后比一比，大家心里有数了，事情就好办了一半。",
    "散会以前，居民们商定每月第一个星期六为清理日，社区出车，楼长敲门，谁家搬不动，志愿者上门帮忙，费用由公益金承担。",
)


def page(
    body: str | None = None,
    *,
    title: str = "楼道里的旧家具有了去处",
    head: str = "",
    below_title: str = "",
    after: str = "",
) -> str:
    """A plain news page; `body` is the markup of the report."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) if body is None else body
    return (
        f"<!DOCTYPE html><html><head><title>{title}_清河网</title>{head}</head><body>"
        '<div class="nav"><a href="/">首页</a> <a href="/news/">新闻</a> <a href="/life/">生活</a></div>'
        f'<h1>{title}</h1><div class="info">{below_title}</div><div class="article">{text}</div>{after}'
        '<div class="footer">版权所有 清河网 联系我们</div></body></html>'
    )


def read(markup: str, **options: str) -> NewsRecord:
    """The record of a page given as text."""
    return extract(markup.encode(), **options)


def texts(record: NewsRecord) -> list[str]:
    return [block.text for block in record.body if block.text]
