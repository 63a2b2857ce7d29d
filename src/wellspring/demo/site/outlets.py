"""The invented outlets: what each site is called, how it is built, and how a library would take it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

BASE_PORT = 8711
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Outlet:
    slug: str
    name: str
    """Site name, which is also the outlet's name in 来源."""
    slogan: str
    columns: tuple[str, ...]
    """Navigation, and the columns its reports stand in."""
    article_path: str
    """Address of a report; {date:%Y} … are its publish date, {number} its number."""
    picture_folder: str
    entry: str
    """The path a library visits: feed, sitemap or list page."""
    kind: str
    """feed, sitemap or list."""
    channel: str
    """Slug of the channel its reports go to where their column does not say."""
    reuse: str
    encoding: str = "utf-8"
    charset: str = "utf-8"
    """What header and page say the encoding is."""
    page_size: int = 12
    """Reports on one page of its list."""
    sends: str = "plain"
    """plain, gzip or chunked."""
    feeds: tuple[tuple[str, str], ...] = ()
    """Addresses of feeds and sitemaps, each with its template."""
    crawl_delay: int | None = None
    """Seconds that robots.txt asks for."""

    def path_of(self, number: int, published: datetime) -> str:
        return self.article_path.format(number=number, date=published)


OUTLETS = (
    Outlet(
        slug="gov",
        name="菱湖新区政务网",
        slogan="清渚市菱湖新区管理委员会主办",
        columns=("要闻动态", "基层治理", "民生服务", "平安建设", "生态环境"),
        article_path="/art/{date:%Y}/{date:%-m}/{date:%-d}/art_1021_{number:05d}.html",
        picture_folder="/picture/0/",
        entry="/col/col1021/index.html",
        kind="list",
        channel="governance",
        reuse="full_text",
    ),
    Outlet(
        slug="daily",
        name="清渚日报",
        slogan="每日清晨，与一座城同行",
        columns=("要闻", "民生", "社会", "法治", "文化"),
        article_path="/content/{date:%Y-%m}/{date:%d}/content_{number:06d}.htm",
        picture_folder="/content/pic/",
        entry="/rss.xml",
        kind="feed",
        channel="domestic",
        reuse="full_text",
        page_size=6,
        sends="gzip",
        feeds=(("/rss.xml", "rss.xml"),),
    ),
    Outlet(
        slug="county",
        name="柳桥热线",
        slogan="柳桥人的网上家园",
        columns=("社区新闻", "百姓生活", "平安法治", "文明创建"),
        article_path="/news/{date:%Y%m}/{number}.shtml",
        picture_folder="/upload/",
        entry="/news/index.shtml",
        kind="list",
        channel="civility",
        reuse="full_text",
        encoding="gb18030",
        charset="gb2312",
        sends="chunked",
    ),
    Outlet(
        slug="portal",
        name="南风新闻网",
        slogan="南风知我意",
        columns=("国内", "社会", "民生", "环保", "法治", "文体"),
        article_path="/a/{date:%Y%m%d}/NF{number:06d}A.html",
        picture_folder="/cms/photo/",
        entry="/sitemap.xml",
        kind="sitemap",
        channel="domestic",
        reuse="full_text",
        page_size=6,
        feeds=(("/sitemap.xml", "sitemap_index.xml"), ("/sitemap-news.xml", "news_sitemap.xml")),
        crawl_delay=1,
    ),
    Outlet(
        slug="account",
        name="菱湖社工",
        slogan="记录菱湖新区社会工作者的每一天",
        columns=("社工日记", "社区活动", "学习园地"),
        article_path="/s/{number:04d}{date:%m%d}xQ",
        picture_folder="/mmbiz/",
        entry="/atom.xml",
        kind="feed",
        channel="social-work",
        reuse="full_text",
        page_size=6,
        feeds=(("/atom.xml", "atom.xml"),),
    ),
    Outlet(
        slug="neighbour",
        name="邻里观察",
        slogan="看见街坊，看见办法",
        columns=("深读", "邻里", "养老", "治理"),
        article_path="/stories/{date:%Y}/{number}/",
        picture_folder="/media/",
        entry="/stories/",
        kind="list",
        channel="culture",
        reuse="excerpt",
        feeds=(("/feed.atom", "atom.xml"),),
    ),
    Outlet(
        slug="digest",
        name="社区治理文摘",
        slogan="一周一读",
        columns=("文摘", "评论", "案例"),
        article_path="/p/{number}.html",
        picture_folder="/static/img/",
        entry="/feed/",
        kind="feed",
        channel="social-work",
        reuse="link_only",
        feeds=(("/feed/", "rss.xml"),),
    ),
)


def origins_from(base_port: int) -> dict[str, str]:
    """Each outlet's origin, by slug, when the sites stand on consecutive ports from this one."""
    return {outlet.slug: f"http://{HOST}:{base_port + place}" for place, outlet in enumerate(OUTLETS)}
