"""Addresses in one normal form."""

from __future__ import annotations

import pytest

from wellspring.engine.errors import AddressRefused
from wellspring.engine.fetch.urls import parse_url, redirect_target


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://News.Example:80/a#part", "http://news.example/a"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("  http://news.example/a\n/b ", "http://news.example/a/b"),
        ("http://news.example./", "http://news.example/"),
        ("http://news.example?id=1", "http://news.example/?id=1"),
        ("http://园区.中国/新闻/1.html?标题=水", "http://xn--dkrx9f.xn--fiqs8s/%E6%96%B0%E9%97%BB/1.html?%E6%A0%87%E9%A2%98=%E6%B0%B4"),
        ("http://news.example/a/./b/../c/%2e%2e/d", "http://news.example/a/d"),
        ("http://news.example/a b?q=c d", "http://news.example/a%20b?q=c%20d"),
        ("http://news.example/%E6%b0%B4?x=%zz", "http://news.example/%E6%b0%B4?x=%zz"),
        ("http://news.example\\a\\b", "http://news.example/a/b"),
        ("http://0x08080808/", "http://8.8.8.8/"),
        ("http://[2400:3200:0:0::1]:8080/", "http://[2400:3200::1]:8080/"),
        ("http://a_b.news.example/", "http://a_b.news.example/"),
    ],
)  # fmt: skip
def test_an_address_is_normalised(written: str, normal: str) -> None:
    assert parse_url(written).url == normal
    assert parse_url(normal).url == normal


@pytest.mark.parametrize(
    "written",
    [
        "", "news.example", "ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "http://", "http:///a", "http://a b/", "http://%31%32%37.0.0.1/", "http://news.example:0/",
        "http://news.example:99999/", "http://news.example:http/", "http://[::1/", "http://[fe80::1%25eth0]/",
        "http://[not-an-address]/", "http://a..b/", "http://-/", "http://999.1.1.1/", "http://1.2.3.4.5/",
        "http://0x/../", "http://08.1/", "http://256/x" + "y" * 2000, "http://" + "a" * 64 + ".example/",
        "http://a.example\x00.b/", "http://a.example\u202e/",
        "http://news.example:" + "9" * 5000, "http://\ud800.example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(written: str) -> None:
    if written.startswith("http://0x/"):
        assert parse_url(written).host == "0.0.0.0"  # as browsers read it; the guard refuses it
        return
    with pytest.raises(AddressRefused) as refused:
        parse_url(written)
    str(refused.value).encode()  # can be printed and stored


@pytest.mark.parametrize("written", ["http://user:secret@news.example/", "http://@a.example/"])
def test_credentials_are_never_taken_and_a_password_is_not_repeated(written: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        parse_url(written)
    assert "secret" not in str(refused.value)
    assert "secret" not in str(refused.value.data)


def test_a_backslash_ends_the_host_as_it_does_in_browsers() -> None:
    assert parse_url("http://news.example\\@127.0.0.1/").host == "news.example"


def test_a_redirect_is_resolved_against_where_it_came_from() -> None:
    base = "http://news.example/a/b.html?x=1"
    assert redirect_target(base, "../c.html").url == "http://news.example/c.html"
    assert redirect_target(base, "//other.example/x").url == "http://other.example/x"
    assert redirect_target(base, "?y=2").url == "http://news.example/a/b.html?y=2"
    assert redirect_target(base, "水".encode().decode("latin-1")).url == "http://news.example/a/%E6%B0%B4"
    with pytest.raises(AddressRefused):
        redirect_target(base, "gopher://news.example/")
    with pytest.raises(AddressRefused):
        redirect_target(base, "http://[::1")
