"""Small list pages in the layouts that Chinese news sites use, each with the furniture around the list."""

from __future__ import annotations

from datetime import UTC, datetime

from wellspring.engine.records import FetchedResponse

BASE = "https://news.example.cn/dt/"

TITLES = (
    "园东社区开展垃圾分类入户宣传活动",
    "老书记工作坊走进胜浦街道",
    "居家养老服务驿站本周正式启用",
    "社工分享会聚焦文明城市创建难点",
    "小区楼道堆物整治进入第二阶段",
    "志愿者雨中护学获居民点赞",
)


def response(body: bytes, *, url: str = BASE, content_type: str = "text/html") -> FetchedResponse:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode()
    return FetchedResponse(
        url=url, status=200, head=head, body=body, payload=body, received_at=datetime.now(UTC), ip="192.0.2.1"
    )


NAVIGATION = """<div class="header"><a href="/">首页</a><div class="nav"><ul>
<li><a href="/zw/">政务公开</a></li><li><a href="/fw/">办事服务</a></li><li><a href="/hd/">互动交流平台</a></li>
<li><a href="/special/2024zt/index.html">学习贯彻重要会议精神专题</a></li></ul></div></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/dt/">工作动态</a></div>"""
FOOT = """<div class="pagination"><a href="index_1.html">1</a><a href="index_2.html">下一页</a>
<a href="index_9.html">尾页</a></div>
<div class="friendlinks"><a href="http://www.example.gov.cn/">某某市人民政府门户网站</a>
<a href="http://www.example2.gov.cn/">某某区人民政府门户网站</a><a href="http://www.example3.cn/">某某新闻网站首页链接</a></div>
<footer><a href="/about.html">关于我们网站的说明</a><a href="/privacy.html">网站隐私与安全声明</a></footer>"""


def government() -> bytes:
    rows = "".join(
        f'<li><span>2024-05-{12 - n:02}</span><a href="./202405/t202405{12 - n:02}_10{n}.html" title="{title}">'
        f"{title[:9]}...</a></li>"
        for n, title in enumerate(TITLES)
    )
    return _page(f'<div class="main"><div class="list_con"><ul class="news_list">{rows}</ul></div></div>')


def table_gb2312() -> bytes:
    rows = "".join(
        f'<tr class="r{n}"><td>·</td><td><a href="show.asp?id={300 + n}" target=_blank>{title}</a></td>'
        f"<td>5月{n + 1}日</td></tr>"
        for n, title in enumerate(TITLES)
    )
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>社区动态</title></head>'
        '<body><table class="menu"><tr><td><a href="index.asp">首页</a></td>'
        '<td><a href="list.asp?c=1">社区动态</a></td>'
        f"</tr></table><table width=760><tr><td><table>{rows}</table></td></tr></table>{FOOT}</body></html>"
    )
    return page.encode("gb18030")


def cards() -> bytes:
    """Picture, title and “more” point to the same report; hot reports stand at the side."""
    items = "".join(
        f'<article class="card c{n}"><a href="/news/{880000 + n}"><img src="/p/{n}.jpg"></a>'
        f'<h3><a href="/news/{880000 + n}">{title}</a></h3><p>摘要文字。</p><time>{n + 1}小时前</time>'
        f'<a class="more" href="/news/{880000 + n}">阅读全文</a></article>'
        for n, title in enumerate(TITLES)
    )
    hot = "".join(f'<li><a href="/news/{770000 + n}">全网热议的第{n}个热门话题内容</a></li>' for n in range(10))
    return _page(f'<main>{items}</main><div class="sidebar"><ul class="hot">{hot}</ul></div>')


def portal() -> bytes:
    """A lead story and two columns of headlines; channel names are links as well."""
    lead = '<div class="lead"><h2><a href="/c/2024-05-12/doc-100000.shtml">头条：社区治理经验在全市推广</a></h2></div>'
    columns = "".join(
        f'<div class="col"><h3><a href="/c{c}/">社会</a></h3><ul>'
        + "".join(
            f'<li><a href="/c/2024-05-1{n}/doc-20{c}{n}.shtml">{t}</a></li>' for n, t in enumerate(TITLES[c * 3 :][:3])
        )
        + "</ul></div>"
        for c in range(2)
    )
    return _page(f"{lead}<div class='cols'>{columns}</div>")


def datastore() -> bytes:
    """As a widespread government system sends it: rows in CDATA sections, shown by a script."""
    rows = "".join(
        f"<record><![CDATA[<li><a href='/art/2024/5/{n + 1}/art_1021_{n}.html' title='{title}'>{title}</a>"
        f"<span>2024-05-0{n + 1}</span></li>]]></record>"
        for n, title in enumerate(TITLES)
    )
    return _page(
        f'<div id="1021"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>{rows}</recordset>'
        "</datastore></script></div>"
    )


def dated_links() -> bytes:
    rows = "".join(
        f'<a class="item" href="/s/{500_000 + n}xQ"><span>{title}<em>2024-05-1{n}</em></span></a>'
        for n, title in enumerate(TITLES)
    )
    return _page(f'<div class="album">{rows}</div>')


def article() -> bytes:
    return _page(
        "<h1>一篇报道的标题</h1><p>2024-05-12 10:00 来源：江南时报</p><p>正文第一段，写得不长。</p>"
        '<p>相关：<a href="/c/2024-05-11/doc-1.shtml">前一天的一篇相关报道</a></p>'
    )


def _page(main: str) -> bytes:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作动态</title></head><body>{NAVIGATION}{main}{FOOT}'
        "</body></html>"
    ).encode()
