"""Pages that nobody would write, one for each seed: noise, damage, bombs, wrong encodings, near-misses of the rules."""

from __future__ import annotations

import encodings.aliases
import gzip
import json
import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.fuzz.patterns import almost, patterns

OWN = Path(__file__).parents[1] / "quality" / "pages"
_PIECES = json.loads(Path(__file__).with_name("pieces.json").read_text("utf-8"))
LABELS = sorted({*encodings.aliases.aliases, *encodings.aliases.aliases.values(), *_PIECES["labels"]})
"""Every name of an encoding that Python or the web knows, and some that are none."""
WRITTEN, WORDS, TAGS = _PIECES["written"], _PIECES["words"], _PIECES["tags"]


@dataclass(frozen=True, slots=True)
class Case:
    """What the extractor is given."""

    kind: str
    content: bytes
    content_type: str | None = None
    url: str | None = None


def case_of(seed: int, largest: int = 4_000_000) -> Case:
    """The page of a seed: always the same. `largest`: its size in bytes, about, at most."""
    rng = random.Random(seed)
    make = rng.choices([make for make, _ in _MAKERS], [weight for _, weight in _MAKERS])[0]
    case = make(rng, largest)
    url = rng.choice(
        [None, None, "https://news.example.org/2024/a_1.html", "http://[", "x" * 3000, "javascript:1", "\ud800"]
    )
    return Case(f"{make.__name__.strip('_')}: {case.kind}", case.content, case.content_type, url)


@lru_cache(maxsize=1)
def real_pages() -> list[bytes]:
    """The project's own pages, and those of WELLSPRING_GOLD where that is set."""
    folders = [OWN]
    if gold := os.environ.get("WELLSPRING_GOLD"):
        folders.append(Path(gold) / "gold-zh" / "html")
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for folder in folders
        for path in sorted(folder.glob("*.html*"))
    ]


def _size(rng: random.Random, largest: int) -> int:
    """Mostly small, now and then the largest."""
    return int(largest ** rng.choice([rng.uniform(0.1, 0.7), rng.uniform(0.1, 0.7), rng.uniform(0.5, 1.0)]))


def _noise(rng: random.Random, largest: int) -> Case:
    head = rng.choice(
        [
            b"",
            b"<html>",
            b"<p>",
            b"\xef\xbb\xbf<p>",
            b"\xff\xfe",
            b"\xff\xfe\x00\x00",
            b"\xfe\xff<",
            b"%PDF",
            b"\x00<p>\x00",
        ]
    )
    return Case("bytes", head + rng.randbytes(_size(rng, min(largest, 300_000))))


def _damaged(rng: random.Random, largest: int) -> Case:
    content = rng.choice(real_pages())
    done: list[str] = []
    for _ in range(rng.randint(1, 4)):
        how = rng.choice(["cut", "bytes", "shuffled", "doubled", "piece", "zeros", "other"])
        done.append(how)
        at = rng.randint(0, len(content))
        if how == "cut":
            content = content[:at]
        elif how == "bytes":
            broken = bytearray(content)
            for _ in range(min(len(broken), rng.choice([1, 10, 1000, 20_000]))):
                broken[rng.randrange(len(broken))] = rng.choice([0, 0x3C, 0x3E, 0x22, 0xFF, rng.randrange(256)])
            content = bytes(broken)
        elif how == "shuffled":
            tags = re.split(rb"(?=<)", content)
            rng.shuffle(tags)
            content = b"".join(tags)
        elif how == "doubled" and len(content) * 4 < largest:
            tag = rng.choice(re.findall(rb"<[^>]{1,200}>", content) or [b"<b>"])
            content = content.replace(tag, tag * rng.choice([2, 30]), 200)
        elif how == "piece":
            content = content[:at] + rng.randbytes(rng.randint(0, 50)) + content[at:]
        elif how == "zeros":
            content = content[:at] + b"\x00" * rng.choice([1, 7, 5000]) + content[at:]
        elif how == "other":
            other = rng.choice(real_pages())
            content = content[:at] + other[rng.randint(0, len(other)) :]
    return Case("+".join(done), content[:largest])


def _soup(rng: random.Random, largest: int) -> Case:
    pieces = rng.sample(TAGS, rng.randint(1, 20)) + rng.sample(WORDS, rng.randint(1, 12))
    count = min(_size(rng, largest), largest // 8)
    text = "".join(rng.choices(pieces, k=count))
    return Case("tags and words", _written(rng, text))


def _bomb(rng: random.Random, largest: int) -> Case:
    size = _size(rng, largest)
    name, one = rng.choice(list(_REPEATED.items()))
    piece = one(rng)
    count = max(1, size // (len(piece) + 1))
    head = rng.choice(["", "<!DOCTYPE html><title>t</title><h1>t</h1>", "<p>", "<table><tr><td>", "<div><span>"])
    body = "".join(piece.replace("%d", str(number)) for number in range(count)) if "%d" in piece else piece * count
    tail = rng.choice(
        [
            "",
            "<p>x" * min(count, largest // 8),
            "</div>" * min(count, largest // 8),
            "</x>" * min(count, largest // 8),
            WORDS[-1],
        ]
    )
    return Case(name, (head + body + tail).encode("utf-8", "replace")[: 2 * largest])


_REPEATED: dict[str, Callable[[random.Random], str]] = {
    "nested": lambda rng: rng.choice(
        ["<div>", "<span>", "<b id=%d>", "<a href=%d><div>", "<table><tr><td>", "<ul><li>", "<b><p>", "<svg>"]
    ),
    "nested, mixed": lambda rng: "".join(rng.choices(TAGS, k=4)),
    "siblings": lambda rng: rng.choice(
        ["<p>x", "<br>", "<li></li>", "<h1>t t</h1>", "<p>来源：（记者 2024年</p>", "<img src=a%d.jpg>", "<option>"]
    ),
    "attribute": lambda rng: rng.choice(["x", "display:none;", "a ", "来源", "&amp;", "<b ", "font-weight:"]) * 5_000,
    "tags of many attributes": lambda rng: (
        "<p " + " ".join(f"a{n}" + rng.choice(["", "=1", '=">"']) for n in range(rng.choice([30, 300, 3000]))) + ">"
    ),
    "open tag": lambda rng: rng.choice(
        ["<a b", "<a b='", '<a b="', "<a b=\"'", '<p x"y=">" ', "<!-- ", "<script>", "<b<", '<a ="x ']
    ),
    "one character": lambda rng: rng.choice(
        ["<", ">", "&", '"', "（", "，", "来", "-", "2", "\x00", " ", "\n", "\u3000", "_", "<!", "</"]
    ),
    "entities": lambda rng: rng.choice(
        ["&amp;", "&#x4e00;", "&notit;", "&#99999999999;", "&CounterClockwiseContourIntegral;"]
    ),
    "words": lambda rng: "".join(rng.choices(WORDS, k=rng.randint(1, 5))),
    "words in lines": lambda rng: f"<p>{''.join(rng.choices(WORDS, k=rng.randint(1, 3)))}</p>",
    "links": lambda rng: (
        f"<a href='a_%d.html'>{rng.choice(['下一页', '%d', '[%d]', '标题很长的一条新闻报道', 'next'])}</a> "
    ),
    "pictures and captions": lambda rng: "<figure><img src=/%d.jpg><p style='text-align:center'>图为清河</p></figure>",
    "named": lambda rng: "<div class='source author time'><i class=nick id=n%d>",
    "table": lambda rng: "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "pre": lambda rng: "<pre>x\n<br>y</pre>" if rng.random() < 0.3 else "x<br>",
    "styles": lambda rng: "<style>" + "a>b{c:d}" * 500 + "</style>",
}


def _data(rng: random.Random, largest: int) -> Case:
    """Scripts and JSON."""
    size = _size(rng, min(largest, 3_000_000))
    texts = [
        *WORDS,
        "<p>" + WORDS[-1] * 3 + "</p>",
        "\\ud800",
        "\\u0000",
        "<div " + " ".join(f"a{n}" for n in range(60_000)) + ">" + WORDS[-1] * 9,
    ]
    text = rng.choice(texts)
    name = rng.choice(["articleBody", "content", "headline", "datePublished", "author", "body", "@graph", "text"])
    shape = rng.choice(
        [
            "deep",
            "deep objects",
            "wide",
            "numbers",
            "text",
            "strange",
            "assigned",
            "parsed",
            "strings in strings",
            "open",
        ]
    )
    if shape == "deep":
        value = "[" * size + "]" * rng.choice([0, size])
    elif shape == "deep objects":
        value = '{"@graph":' * (size // 10)
    elif shape == "wide":
        value = "[" + ",".join(['{"@type":"NewsArticle","author":[[]],"headline":7}'] * (size // 50)) + "]"
    elif shape == "numbers":
        value = rng.choice(["9" * size, "1e" + "9" * size, "NaN", "-Infinity", "[" + "1," * size, "[NaN,1e999]"])
    elif shape == "text":
        value = json.dumps({"@type": "NewsArticle", name: text * max(1, size // len(text))})
    elif shape == "strange":
        body = f'"articleBody":"{WORDS[-1] * 9}\\udfff{" " * size}"'
        value = f'{{"@type":"NewsArticle","headline":"\\ud800来源","datePublished":"²²²²²²²²²²",{body}}}'
    elif shape == "strings in strings":
        value = WORDS[-1] * 5
        for _ in range(12):
            value = json.dumps({"content": value})
            if len(value) > size:
                break
    elif shape == "open":
        value = rng.choice(
            ['content="', "content='\\", "= [", "=  {", "JSON.parse('", "publish_time ", "source :", "\\u00"]
        ) * (size // 8)
    else:
        value = json.dumps([{name: [text] * 20}] * max(1, size // (20 * len(text) + 50)))
    start = {"assigned": "window.x = ", "parsed": "JSON.parse("}.get(shape, "")
    kind = rng.choice(["application/ld+json", "application/json", "text/javascript", ""])
    page = f"<title>t</title><script type='{kind}'>{start}{value}</script>"
    return Case(
        shape, (page * rng.choice([1, 1, 3]) + rng.choice(["", "<p>x</p>", "<div id=app>"])).encode("utf-8", "replace")
    )


def _encodings(rng: random.Random, largest: int) -> Case:
    label = rng.choice(LABELS)
    page = rng.choice(real_pages())[: rng.choice([300, 3000, 60_000])].decode("utf-8", "replace")
    declared = f"<meta charset='{label}'>" if rng.random() < 0.7 else f"<?xml version='1.0' encoding='{label}'?>"
    text = declared + page
    kinds = rng.sample(WRITTEN, rng.choice([1, 1, 2, 3]))
    size = len(text) // len(kinds) + 1
    content = b"".join(text[n * size : (n + 1) * size].encode(kind, "ignore") for n, kind in enumerate(kinds))
    content = content[rng.choice([0, 0, 1, 2, 3]) : len(content) - rng.choice([0, 0, 1, 2, 3])]
    return Case(
        f"{label} {'+'.join(kinds)}",
        content,
        f"text/html; charset={rng.choice(LABELS)}" if rng.random() < 0.5 else None,
    )


def _near_miss(rng: random.Random, largest: int) -> Case:
    """Text that some rule's expression almost matches, in a place where the rule looks."""
    name, pattern = rng.choice(list(patterns()))
    text = almost(rng, pattern, rng.choice([20, 80, 150, 290, 2_000, 30_000, min(largest, 300_000)]))
    line = text[:4000].replace("<", "&lt;") if rng.random() < 0.5 else text
    body = WORDS[-1] * 3
    frame = rng.choice(
        [
            "<title>{0}</title><h1>{0}</h1><p>{1}</p>",
            "<h1>t</h1><div>{0}</div><p>{1}</p>",
            "<h1>t</h1><p>{1}</p><p>{1}</p><div>{0}</div>",
            "<h1>t</h1><p>{0}{1}</p><p>{1}</p>",
            "<meta name=author content='{0}'><meta name=source content='{0}'><meta name=title content='{0}'><p>{1}",
            "<h1>t</h1><div class='{0}' id='{0}'><p>{1}</p></div>",
            "<script>{0}</script><h1>t</h1><p>{1}</p>",
            "<textarea>{0}</textarea><script>var x = '{0}';</script>",
            "<!--<title>{0}</title><date>{0}</date><author>{0}</author>--><p>{1}</p>",
            "<h1>t</h1><p style='{0}'><b style='{0}'>{1}</b></p><img src='{0}' class='{0}'><p>{0}</p>",
            "<h1>t</h1><p>{1}</p><div><a href='{0}'>{0}</a> <a href='a_2.html'>下一页</a></div>",
            "{0}",
        ]
    )
    return Case(name, frame.format(line, body).encode("utf-8", "replace"))


def _written(rng: random.Random, text: str) -> bytes:
    return text.encode(rng.choice(["utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "big5hkscs"]), "ignore")


_MAKERS: list[tuple[Callable[[random.Random, int], Case], int]] = [
    (_noise, 1),
    (_damaged, 4),
    (_soup, 4),
    (_bomb, 4),
    (_data, 3),
    (_encodings, 3),
    (_near_miss, 5),
]
