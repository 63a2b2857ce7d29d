"""The address guard: which addresses are refused, in whatever form they are written or resolved."""

from __future__ import annotations

import asyncio
import contextlib
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fetch.conftest import names
from wellspring.engine.errors import AddressRefused, ConnectionFailed, EngineError
from wellspring.engine.fetch.addresses import is_public
from wellspring.engine.fetch.guard import AddressGuard
from wellspring.engine.fetch.urls import parse_url


def checked(url: str, guard: AddressGuard) -> list[str]:
    return [str(address) for address in asyncio.run(guard.checked_addresses(parse_url(url)))]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1",
        "2001:2::1", "2001:10::1", "2001:20::1", "5f00::1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:8.8.8.8",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "2002:a00:1::", "2002:7f00:1::1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2001:0:7f00:1::", "2001:0:808:808:0:0:f5ff:fffe", "2a00:1450::5efe:10.0.0.1", "fe80::1%2", "2a00:1450::1%2",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "114.114.114.114", "223.5.5.5", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "1.1.1.1",
        "2400:3200::1", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
        "2001:0:808:808:0:0:f7f7:f7f7", "2606:4700::1111",
    ],
)  # fmt: skip
def test_a_public_address_passes(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_in_ipv6_changes_nothing_about_it(address) -> None:  # type: ignore[no-untyped-def]
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ip_address(wrapped)) == is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "http://[::1]/",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.1/",
        "http://127.1/", "http://10.1/", "http://0/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://127.0.0.1./",
        "http://localhost/", "http://LOCALHOST./", "http://inside.example/", "http://mixed.example/",
    ],
)  # fmt: skip
def test_every_way_to_write_a_private_address_is_refused(url: str) -> None:
    guard = AddressGuard(
        resolver=names(
            {
                "localhost": ["127.0.0.1", "::1"],
                "inside.example": ["10.2.3.4"],
                "mixed.example": ["93.184.216.34", "192.168.0.5"],
            }
        )
    )
    with pytest.raises(AddressRefused) as refused:
        checked(url, guard)
    assert "not a public address" in str(refused.value)


def test_the_systems_own_resolver_is_asked_where_no_other_is_given() -> None:
    with pytest.raises(AddressRefused, match=r"localhost leads to (127\.0\.0\.1|::1)"):
        checked("http://localhost/", AddressGuard())


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 11211, 81])
def test_an_unusual_port_is_refused(port: int) -> None:
    with pytest.raises(AddressRefused, match="port"):
        checked(f"http://8.8.8.8:{port}/", AddressGuard())


def test_an_exception_holds_for_exactly_its_host_and_port() -> None:
    guard = AddressGuard(frozenset({("127.0.0.1", 9000)}), names({"localhost": ["127.0.0.1"]}))
    assert checked("http://127.0.0.1:9000/", guard) == ["127.0.0.1"]
    for other in ("http://127.0.0.1:8000/", "http://127.0.0.2:9000/", "http://localhost:9000/", "http://127.0.0.1/"):
        with pytest.raises(AddressRefused):
            checked(other, guard)


def test_an_unknown_name_says_so() -> None:
    for resolver in (names({}), names({"nowhere.example": []}), names({"nowhere.example": ["rubbish"]})):
        with pytest.raises(ConnectionFailed, match=r"nowhere\.example is not known"):
            checked("http://nowhere.example/", AddressGuard(resolver=resolver))


def test_a_name_with_public_addresses_gives_all_of_them_in_order() -> None:
    guard = AddressGuard(resolver=names({"news.example": ["2400:3200::1", "223.5.5.5", "223.5.5.5"]}))
    assert checked("https://news.example/", guard) == ["2400:3200::1", "223.5.5.5"]


@given(st.text(max_size=60))
def test_no_address_however_odd_ends_in_anything_but_a_named_failure(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}/x", f"http://a.example/{text}"):
        with contextlib.suppress(EngineError):
            target = parse_url(url)
            assert parse_url(target.url) == target
