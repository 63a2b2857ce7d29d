"""robots.txt as RFC 9309 reads it: groups by product token, the longest matching rule, allow before disallow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_PARSED = 1024 * 1024
"""Bytes of a robots.txt that are read; the RFC asks for at least 500 KiB."""
MAX_DELAY = 60.0
"""Seconds; a longer Crawl-delay is obeyed as this much."""

# The misspellings that other large crawlers obey too.
_DISALLOW = {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}
_USER_AGENT = {"user-agent", "useragent", "user agent"}
_SITEMAP = {"sitemap", "site-map"}
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# In a query these mean the same written out or encoded; in a path an encoded slash is no slash.
_SAME_IN_QUERY = _UNRESERVED | frozenset(":/?@!'(),;")


@dataclass(frozen=True, slots=True)
class Rule:
    """One allow or disallow line."""

    allow: bool
    pieces: tuple[str, ...]
    """The path pattern, cut at its wildcards."""
    anchored: bool
    """The pattern ends with `$`."""
    length: int

    def matches(self, path: str) -> bool:
        if not path.startswith(self.pieces[0]):
            return False
        if len(self.pieces) == 1:
            return not self.anchored or path == self.pieces[0]
        at = len(self.pieces[0])
        for piece in self.pieces[1:-1]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        last = self.pieces[-1]
        if self.anchored:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at) >= 0


@dataclass(slots=True)
class RobotsRules:
    """The rules of one robots.txt that concern one crawler."""

    rules: list[Rule] = field(default_factory=list)
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be visited. Without a matching rule it may."""
        if path == "/robots.txt":
            return True
        normal = _normal(path.replace("*", "%2A").replace("$", "%24"))
        best = max(
            ((rule.length, rule.allow) for rule in self.rules if rule.matches(normal)),
            default=(0, True),
        )
        return best[1]


def parse_robots(content: bytes, product: str) -> RobotsRules:
    """The rules for the crawler whose product token is `product`; those for `*` where no group names it.

    Never fails: what is not understood is skipped, and a file that is HTML holds no rules.
    """
    if len(content) > MAX_PARSED:
        content = content[: content.rfind(b"\n", 0, MAX_PARSED) + 1]  # half a rule would forbid more than it says
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        return RobotsRules()
    # Only these two count. A rule is kept once for each group that it stands in: for all of thousands of groups,
    # a file of a megabyte would fill the memory.
    groups: dict[str, RobotsRules] = {}
    ours = {product.lower(), "*"}
    sitemaps: list[str] = []
    current: dict[str, RobotsRules] = {}
    in_agents = False
    for line in re.split(r"\r\n|\r|\n", text):
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name in _USER_AGENT:
            if not in_agents:
                current = {}
            in_agents = True
            if (token := _product_token(value)) in ours:
                current[token] = groups.setdefault(token, RobotsRules())
        elif name == "allow" or name in _DISALLOW:
            in_agents = False
            if value and (rule := _rule(name == "allow", value)):
                for group in current.values():
                    group.rules.append(rule)
        elif name == "crawl-delay":
            delay = _seconds(value)
            for group in current.values():
                group.crawl_delay = max(delay, group.crawl_delay or 0.0) if delay is not None else group.crawl_delay
        elif name in _SITEMAP and value:
            sitemaps.append(value)
    chosen = groups.get(product.lower()) or groups.get("*") or RobotsRules()
    chosen.sitemaps = tuple(dict.fromkeys(sitemaps))[:100]
    return chosen


def _product_token(value: str) -> str:
    if value.startswith("*"):
        return "*"
    match = re.match(r"[A-Za-z_-]+", value)
    return match[0].lower() if match else ""


def _rule(allow: bool, value: str) -> Rule | None:
    if not value.startswith(("/", "*")):
        return None
    anchored = value.endswith("$")
    pattern = value.removesuffix("$").replace("$", "%24")
    pieces, query = [], False
    for piece in re.sub(r"\*+", "*", pattern).split("*"):
        pieces.append(_normal(piece, in_query=query))
        query = query or "?" in piece
    return Rule(allow, tuple(pieces), anchored, sum(map(len, pieces)) + len(pieces) - 1 + anchored)


def _normal(text: str, *, in_query: bool = False) -> str:
    """Percent-encoding in one form: needless escapes decoded, the rest upper-case, other than ASCII encoded."""
    path, question, query = ("", "", text) if in_query else text.partition("?")
    return _escapes(path, _UNRESERVED) + question + _escapes(query, _SAME_IN_QUERY)


def _escapes(text: str, decoded: frozenset[str]) -> str:
    def one(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in decoded else match[0].upper()

    plain = _ESCAPE.sub(one, text)
    return plain if plain.isascii() else "".join(c if c.isascii() else _encoded(c) for c in plain)


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _seconds(value: str) -> float | None:
    match = re.match(r"[0-9]+(\.[0-9]+)?", value)
    return min(float(match[0]), MAX_DELAY) if match else None
