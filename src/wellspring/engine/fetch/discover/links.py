"""The links of a web page, each with what tells a report from a menu entry: address, text, place, date beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import Document, plain, web_address

MAX_LINKS = 5000
"""Links looked at on one page."""

MAX_LEFT_OPEN = 3000
"""Open elements at once. Lexbor takes the square of it: 9 s for 40,000; sloppy pages leave some hundreds open."""

_NESTING = re.compile(
    r"<(/?)(?:div|span|a|b|i|u|em|font|strong|small|big|section|article|ul|ol|dl|table|tbody|tr|td|center|form|blockquote|"
    r"nobr|code|s|tt|strike)\b",
    re.I,
)
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navi|navbar|menu|submenu|head|header|top|topbar|foot|footer|bottom|copyright|crumbs?|breadcrumbs?|"
    r"position|location|pages?|pager|paging|pagination|pagebar|friend|friendlinks?|links?|login|search|share|lang|"
    r"tags?|tabs?|sitenav|dibu|daohang|weizhi|fenye)(?:$|[-_\s\d])",
    re.I,
)
_ASIDE = re.compile(
    r"(?:^|[-_\s])(?:aside|side|sidebar|right|hot|rank|ranking|top10|recommend|related|tuijian|remen|paihang|ad|ads|"
    r"banner|slider|swiper|widget)(?:$|[-_\s\d])",
    re.I,
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*[01]?\d\s*[-/.月]\s*[0-3]?\d|(?<!\d)[01]?\d[-/月][0-3]?\d日?(?!\d)|"
    r"(?<!\d)[0-2]?\d:[0-5]\d(?!\d)|\d+\s*(?:分钟|小时|天)前|昨天|今天|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|"
    r"jul|aug|sep|oct|nov|dec)",
    re.I,
)
_DATE_AROUND = re.compile(
    r"^\W*(?:19|20)\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?(?:\s*[0-2]?\d:[0-5]\d(?::[0-5]\d)?)?[\s\])】]*|"
    r"[\s\[(【]*(?:19|20)\d\d[-/.年][01]?\d[-/.月][0-3]?\d日?(?:\s*[0-2]?\d:[0-5]\d(?::[0-5]\d)?)?\W*$"
)
_DATE_IN_URL = re.compile(r"(?:19|20)\d\d[-/_]?(?:0[1-9]|1[0-2])(?:[-/_]?(?:0[1-9]|[12]\d|3[01]))?(?:\D|$)")
_FILE = re.compile(r"\.(?:s?html?|aspx?|jsp|php)$", re.I)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|css|js|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|apk|exe|xml|rss)$", re.I
)
_INDEX = re.compile(
    r"(?:^|/)(?:(?:index|default|list|home|main|more)(?:[-_]\d+)?(?:\.\w+)?|tags?|category|channel|column|about|contact|"
    r"login|register|search|page/\d+|topics?|authors?|users?)/?$",
    re.I,
)
_MORE = re.compile(r"^(?:更多|more|详细|全文|查看|阅读全文|read more|首页|上一页|下一页|尾页|返回.*|\W*|\d+)\W*$", re.I)
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    place: str
    """Shape of the way from the root to the link: tags with their first class, without counts."""
    shape: str
    """The address with runs of digits and its last part taken away."""
    dated: bool
    aside: bool
    score: float
    """Likeness to a report, about -4 … 6."""


@dataclass(frozen=True, slots=True)
class Page:
    tree: LexborHTMLParser
    url: str
    base: str
    title: str | None
    feeds: tuple[str, ...]


def read_page(document: Document) -> Page:
    """The parsed page with its base address, title and the feeds it advertises.

    Raises DiscoveryError for a page so deeply nested that parsing it would take minutes.
    """
    if _left_open(document.text) > MAX_LEFT_OPEN:
        raise DiscoveryError(marked("%(url)s leaves thousands of elements open; it is not read."), url=document.url)
    tree = LexborHTMLParser(document.text)
    base_tag = tree.css_first("base[href]")
    base = (web_address(base_tag.attributes.get("href"), document.url) if base_tag else None) or document.url
    title = tree.css_first("title")
    feeds = []
    for tag in tree.css("link[rel][href], a[type][href]"):
        kind = (tag.attributes.get("type") or "").lower()
        if kind in {"application/rss+xml", "application/atom+xml", "application/feed+json"}:
            address = web_address(tag.attributes.get("href"), base)
            if address and address not in feeds and address != document.url:
                feeds.append(address)
    text = plain(title.text()) if title else ""
    return Page(tree, document.url, base, text or None, tuple(feeds[:20]))


def _left_open(text: str) -> int:
    """The most elements that are open at once, as far as start and end tags tell."""
    most = now = 0
    for end in _NESTING.findall(text):
        now += -1 if end else 1
        most = max(most, now)
    return most


def read_links(page: Page) -> list[Link]:
    """Every link to another page of the web, in page order, with its score."""
    links = []
    beside: dict[int, bool] = {}
    for tree in (page.tree, *_datastores(page.tree)):
        for tag in tree.css("a[href]")[:MAX_LINKS]:
            url = web_address(tag.attributes.get("href"), page.base)
            if url and url != page.url:
                links.append(_link(tag, url, page.url, beside))
    return links


def _datastores(tree: LexborHTMLParser) -> list[LexborHTMLParser]:
    """Lists that a common government system puts into `<script type="text/xml">`, each row a CDATA section of HTML."""
    found = []
    for script in tree.css('script[type="text/xml"]')[:5]:
        rows = [part.partition("]]>")[0] for part in script.text().split("<![CDATA[")[1:]]
        if rows:
            found.append(LexborHTMLParser(f'<div class="datastore">{"".join(rows)}</div>'))
    return found


def _link(tag: LexborNode, url: str, page_url: str, beside: dict[int, bool]) -> Link:
    ancestors = _ancestors(tag)
    text = plain((_text(tag, most=2000) or "").strip())
    title = plain(tag.attributes.get("title") or "")
    if len(title) > len(text) or (text.endswith(("…", "...")) and title):
        text = re.sub(r"<[^<>]*>", " ", title)
    text = _DATE_AROUND.sub("", text) or text
    if not text and (picture := tag.css_first("img[alt]")):
        text = plain(picture.attributes.get("alt") or "")
    steps = [_step(node) for node in ancestors]
    named = [_names(node) for node in ancestors]
    furniture = any(
        node.tag in {"nav", "footer", "header", "form"} and not _in_article(ancestors) for node in ancestors
    ) or any(_FURNITURE.search(name) for name in named[:4])
    aside = any(node.tag == "aside" for node in ancestors) or any(_ASIDE.search(name) for name in named)
    dated = _dated(ancestors, beside)
    score = (
        _address_score(url, page_url)
        + _text_score(text)
        + (1.0 if dated else 0.0)
        + (0.3 if any(node.tag in {"li", "h2", "h3", "h4", "article", "dd", "tr"} for node in ancestors[:3]) else 0.0)
        - (3.0 if furniture else 0.0)
    )
    return Link(url, text, " ".join(reversed(steps[:8])), _shape(url), dated, aside, score)


def _ancestors(tag: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    node = tag.parent
    while node is not None and node.tag not in {"body", "html", "-undef"} and len(found) < 30:
        found.append(node)
        node = node.parent
    return found


def _in_article(ancestors: list[LexborNode]) -> bool:
    """A `<header>` inside an item of the list is no page head."""
    return any(node.tag in {"article", "li"} for node in ancestors)


def _names(node: LexborNode) -> str:
    return f"{(node.attributes.get('class') or '')[:200]} {(node.attributes.get('id') or '')[:200]}"


def _step(node: LexborNode) -> str:
    # Rows are told apart by odd/even or numbered classes; only the rest of the way says which list it is.
    if node.tag in {"li", "tr", "td", "dd", "dt", "p", "h2", "h3", "h4", "article", "span"}:
        return str(node.tag)
    names = re.sub(r"\d+", "", (node.attributes.get("class") or "")[:200]).split()
    return f"{node.tag}.{names[0]}" if names else str(node.tag)


def _dated(ancestors: list[LexborNode], beside: dict[int, bool]) -> bool:
    """A date stands in the link's own row: the nearest ancestor that has no other row beside it."""
    for node in ancestors[:4]:
        known = beside.get(node.mem_id)
        if known is None:
            text = _text(node, most=600)
            known = text is not None and bool(_DATE.search(text)) and len(node.css("a[href]")) <= 4
            beside[node.mem_id] = known
        if known:
            return True
        if node.tag in {"li", "tr", "article", "ul", "ol", "table"}:
            return False
    return False


def _text(node: LexborNode, *, most: int) -> str | None:
    """The node's text with spaces between its parts; None where there are more than `most` characters or 200 nodes.

    Walked with a bound: asked for one after the other, the texts of nested elements would cost the square of the page.
    """
    parts: list[str] = []
    length = 0
    for number, part in enumerate(node.traverse(include_text=True)):
        if part.is_text_node and (text := part.text_content):
            parts.append(text)
            length += len(text)
        if number >= 200 or length > most:
            return None
    return " ".join(parts)


def _address_score(url: str, page_url: str) -> float:
    parts = urlsplit(url)
    path = parts.path
    if _NO_PAGE.search(path):
        return -4.0
    score = 0.0
    if _DATE_IN_URL.search(path):
        score += 1.5
    elif re.search(r"\d{4,}", path) or re.search(r"(?:^|&)\w*id=\d+", parts.query, re.I):
        score += 1.0
    if _FILE.search(path) and not _INDEX.search(path):
        score += 0.7
    if path in ("", "/") and not parts.query:
        score -= 3.0
    elif _INDEX.search(path):
        score -= 2.0
    elif path.endswith("/") and not re.search(r"\d{3,}", path):
        score -= 0.7
    elif len(path.rstrip("/").rsplit("/", 1)[-1]) >= 15 or re.search(r"/[0-9a-f]{8,}", path):
        score += 0.7  # a slug of words, or a hash
    if _site(parts.hostname or "") != _site(urlsplit(page_url).hostname or ""):
        score -= 2.0
    return score


def _site(host: str) -> str:
    """The last two labels; three where the second to last is a general one (gov.cn, com.cn, org.uk)."""
    labels = host.split(".")
    if host.replace(".", "").isdigit():
        return host
    keep = 3 if len(labels) > 2 and labels[-2] in {"com", "gov", "org", "net", "edu", "ac", "co"} else 2
    return ".".join(labels[-keep:])


def _text_score(text: str) -> float:
    if _MORE.match(text):
        return -2.0
    cjk = len(_CJK.findall(text))
    if cjk:
        if cjk >= 8:
            return 2.0 if cjk <= 60 else 1.0
        return 0.5 if cjk >= 6 else -1.5
    words = len(text.split())
    return 2.0 if 4 <= words <= 25 else -1.0


def _shape(url: str) -> str:
    parts = urlsplit(url)
    folder, _slash, last = parts.path.rpartition("/")
    ending = _FILE.search(last)
    query = re.sub(r"=[^&]*", "=", parts.query)
    return f"{parts.netloc}{re.sub(r'[0-9]+', '0', folder)}/{ending.group(0) if ending else ''}?{query}"
