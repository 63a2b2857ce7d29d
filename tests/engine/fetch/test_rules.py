"""robots.txt by RFC 9309: its own examples, and what real files do to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellspring.engine.fetch.rules import MAX_PARSED, parse_robots


def allows(text: str | bytes, path: str) -> bool:
    content = text.encode() if isinstance(text, str) else text
    return parse_robots(content, "Wellspring").allows(path)


def for_all(*rules: str) -> str:
    return "\n".join(["User-agent: *", *rules])


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ((), "/any", True),
        (("Disallow:",), "/any", True),
        (("Disallow: /",), "/any", False),
        (("Disallow: /",), "/robots.txt", True),
        (("Disallow: /private",), "/private.html", False),
        (("Disallow: /private/",), "/private", True),
        # the longest match wins, in whatever order, and allow wins a tie (RFC 9309, 2.2.2 and 5.2)
        (("Allow: /example/page/", "Disallow: /example/page/disallowed.gif"), "/example/page/", True),
        (("Allow: /example/page/", "Disallow: /example/page/disallowed.gif"), "/example/page/disallowed.gif", False),
        (("Disallow: /a", "Allow: /a/b"), "/a/b/c", True),
        (("Allow: /a/b", "Disallow: /a"), "/a/c", False),
        (("Disallow: /same", "Allow: /same"), "/same", True),
        # special characters (2.2.3)
        (("Disallow: *.gif$",), "/x/y.gif", False),
        (("Disallow: *.gif$",), "/x/y.gif?z=1", True),
        (("Disallow: /path/file-with-a-%2A.html",), "/path/file-with-a-*.html", False),
        (("Disallow: /path/file-with-a-%2A.html",), "/path/file-with-a-b.html", True),
        (("Disallow: /path/foo-%24",), "/path/foo-$", False),
        (("Disallow: /a$b",), "/a$b", False),
        (("Allow: /this/*/exactly", "Disallow: /"), "/this/and/exactly/more", True),
        (("Disallow: /*/*/print",), "/a/print", True),
        (("Disallow: /*/*/print",), "/a/b/print", False),
        (("Disallow: /x*x$",), "/x", True),
        (("Disallow: /x*x$",), "/xax", False),
        (("Disallow: /a***b",), "/axb", False),
        # percent-encoding (2.2.2)
        (("Disallow: /foo/bar?baz=quz",), "/foo/bar?baz=quz", False),
        (("Disallow: /foo/bar?baz=http://foo.bar",), "/foo/bar?baz=http%3A%2F%2Ffoo.bar", False),
        (("Disallow: /foo/bar/ツ",), "/foo/bar/%E3%83%84", False),
        (("Disallow: /foo/bar/%E3%83%84",), "/foo/bar/%e3%83%84", False),
        (("Disallow: /foo/bar/%62%61%7A",), "/foo/bar/baz", False),
        (("Disallow: /a%2Fb",), "/a/b", True),
        (("Disallow: /news # not yet",), "/news/1", False),
        (("disallow :/news",), "/news/1", False),
        (("Dissallow: /news",), "/news/1", False),
        (("Disallow: news",), "/news", True),
        (("Disallow: /index.html",), "/", True),
        (("Allow: /index.html", "Disallow: /"), "/", False),
    ],
)  # fmt: skip
def test_rules_match_as_the_standard_says(rules: tuple[str, ...], path: str, allowed: bool) -> None:
    assert allows(for_all(*rules), path) is allowed


EXAMPLE = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot


EOF
"""


@pytest.mark.parametrize(
    ("product", "path", "allowed"),
    [
        ("foobot", "/example/page.html", True),
        ("foobot", "/publications/", False),
        ("BarBot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/example/other.html", True),
        ("quxbot", "/example/page.html", True),
        ("anybot", "/example/page.html", False),
        ("anybot", "/publications/x.gif", True),
        ("anybot", "/x.gif", False),
    ],
)
def test_the_standards_own_example(product: str, path: str, allowed: bool) -> None:
    assert parse_robots(EXAMPLE.encode(), product).allows(path) is allowed


def test_a_group_is_ours_only_by_our_whole_name() -> None:
    for other in ("Well", "spring", "Wellspring-Images", "NotWellspring"):
        assert allows(f"User-agent: {other}\nDisallow: /", "/")
    for ours in ("wellspring", "WELLSPRING", "Wellspring/1.0", "Wellspring *"):
        assert not allows(f"User-agent: {ours}\nDisallow: /", "/")


def test_groups_of_one_name_are_one_group_and_ours_replaces_the_general_one() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\nUser-agent: wellspring\nDisallow: /a\n\nUser-agent: wellspring\nDisallow: /b\n"
    )
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_other_lines_do_not_end_a_group() -> None:
    text = "User-agent: other\nCrawl-delay: 3\nSitemap: http://a.example/s.xml\n\nUser-agent: wellspring\nDisallow: /\n"
    assert not parse_robots(text.encode(), "other").allows("/x")
    assert not allows(text, "/x")


@pytest.mark.parametrize(("line", "delay"), [("7", 7.0), ("0.5", 0.5), ("9999", 60.0), ("soon", None), ("", None)])
def test_the_delay_asked_for_is_read_within_reason(line: str, delay: float | None) -> None:
    assert parse_robots(for_all(f"Crawl-delay: {line}", "Disallow: /x").encode(), "Wellspring").crawl_delay == delay


def test_sitemaps_are_listed_wherever_they_stand() -> None:
    text = "Sitemap: http://a.example/1.xml\nUser-agent: x\nDisallow: /\nSitemap: http://a.example/2.xml"
    assert parse_robots(text.encode(), "Wellspring").sitemaps == ("http://a.example/1.xml", "http://a.example/2.xml")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end_and_a_byte_order_mark_are_understood(end: str) -> None:
    assert not allows(b"\xef\xbb\xbf" + f"User-agent: *{end}Disallow: /a{end}".encode(), "/a")


def test_html_holds_no_rules() -> None:
    assert allows("<!DOCTYPE html><pre>\nUser-agent: *\nDisallow: /\n</pre>", "/")


def test_rules_within_the_first_500_kibibytes_count_and_half_a_rule_does_not() -> None:
    filler = "# " + "x" * 97 + "\n"
    late = "User-agent: *\n" + filler * 5121 + "Disallow: /late\n"
    assert 500 * 1024 < len(late) < MAX_PARSED
    assert not allows(late, "/late")
    start = "User-agent: *\nDisallow: /open\n"
    cut_in_rule = start + "#" * (MAX_PARSED - len(start) - len("\nDisallow: /")) + "\nDisallow: /only-this-corner\n"
    assert allows(cut_in_rule, "/news")
    assert not allows(cut_in_rule, "/open")


def test_wildcards_cannot_make_matching_slow() -> None:
    rules = parse_robots(for_all("Disallow: /" + "*a" * 500 + "$").encode(), "Wellspring")
    started = time.monotonic()
    assert rules.allows("/" + "a" * 1900 + "b")
    assert time.monotonic() - started < 1


@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_makes_it_fail(content: bytes, path: str) -> None:
    assert parse_robots(b"User-agent: *\n" + content, "Wellspring").allows("/" + path) in (True, False)


def test_a_file_of_nothing_but_groups_and_rules_costs_little() -> None:
    agents = b"".join(b"User-agent: a%d\n" % number for number in range(30_000))
    began = time.perf_counter()
    assert parse_robots(agents + b"User-agent: *\n" * 10_000 + b"Disallow: /x\n" * 20_000, "Wellspring").allows("/")
    assert time.perf_counter() - began < 5  # each rule in each group would be 800 million, and fill the memory
