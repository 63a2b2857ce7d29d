"""Whatever is typed into an address or a form is answered in words and never by a failure of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.people.factories import make_member
from tests.web.test_permissions import addresses, client_of  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db

NONSENSE = (
    "\0",
    "9" * 30,
    "²",
    "0001-01-01",
    "9999-12-31",
    "2026-99",
    "people.member:" + "9" * 30,
    "https://[::1/cgi-bin/webhook/send?key=abc",
    "[" * 3000,
    "../../etc/passwd",
    "a\r\nSet-Cookie: a=1",
)
HUGE = "9" * 4500
"""More digits than Python makes a number of."""
ALL = (*NONSENSE, HUGE)
ASKED = (
    *(
        "unit",
        "since",
        "until",
        "page",
        "month",
        "object",
        "q",
        "role",
        "state",
        "show",
        "url",
        "text",
        "title",
        "next",
    ),
    *("known", "who", "action", "from", "to", "channel", "topic", "source", "limit", "offset", "preview", "pattern"),
)
ENDS_THE_SESSION = {"sign_out", "account_logout", "people:sessions"}


def fields_of(page: str) -> Iterator[tuple[str, str]]:
    """Names of a page's form fields, each with a value that it takes."""
    for field in re.findall(r"<(?:input|textarea)[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        if name and name[1] != "csrfmiddlewaretoken":
            yield name[1], value[1] if value else "x"
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        values = re.findall(r'<option[^>]*value="([^"]+)"', options)
        yield name, values[0] if values else ""


def test_an_address_may_ask_for_anything(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client = client_of("administrator")
    failed = []
    for name, path in addresses.items():
        for turn in range(4):
            asked = {key: ALL[(place + 3 * turn) % len(ALL)] for place, key in enumerate(ASKED)}
            answer = client.get(path, asked)
            if answer.status_code >= 500:
                failed.append((name, turn, answer.status_code))
    assert failed == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/manage/people/add/", {"unit": HUGE}),
        ("/manage/people/add/", {"unit": "9" * 30}),
        ("/manage/invitations/add/", {"unit": HUGE}),
        ("/manage/audit/", {"since": "0001-01-01"}),
        ("/manage/audit/", {"until": "9999-12-31"}),
        ("/sharing/ideas/list/", {"since": "0001-01-01", "until": "9999-12-31"}),
        ("/log/consistency", {"from": HUGE, "to": HUGE}),
    ],
)
def test_numbers_and_days_out_of_this_world_are_no_failure(path: str, asked: dict[str, str]) -> None:
    assert client_of("administrator").get(path, asked).status_code in {200, 400}


def test_numbers_beyond_the_fields_are_no_failure(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client = client_of("administrator")
    for name, sent in (("sharing:attendance", {"member": HUGE}), ("sharing:talk_hand_in", {"version": HUGE})):
        assert client.post(addresses[name], sent).status_code < 500, name


def test_every_field_of_every_form_may_hold_anything(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client = client_of("administrator")
    failed = []
    for turn, (name, path) in enumerate(addresses.items()):
        page = client.get(path)
        if name in ENDS_THE_SESSION or page.streaming or page.status_code != 200:
            continue
        form: dict[str, Any] = dict(fields_of(page.content.decode("utf-8", "replace")))
        tries = [form | {field: ALL[(turn + place) % len(ALL)]} for place, field in enumerate(form)]
        for typed in (*tries, dict.fromkeys(form, HUGE)):
            answer = client.post(path, typed)
            if answer.status_code >= 500:
                failed.append((name, {field: value[:30] for field, value in typed.items()}))
    assert failed == []


@pytest.mark.parametrize("typed", ["9" * 4500, "[" * 20_000, "{", "null", '{"id": 1, "rawId": []}', "\0"])
def test_a_passkey_may_be_anything(typed: str) -> None:
    guest, member = Client(raise_request_exception=False), client_of("worker")
    assert guest.post("/account/second-factor/webauthn/login/", {"credential": typed}).status_code < 500
    for path in ("/account/second-factor/webauthn/add/", "/account/second-factor/webauthn/reauthenticate/"):
        assert member.post(path, {"name": "手机", "credential": typed}).status_code < 500, path


def test_a_robots_address_with_a_broken_host_is_refused_in_words(client: Client) -> None:
    leader = make_member("leader")
    client.force_login(leader.user)
    form = {"org": leader.org_id, "name": "群", "service": "wecom", "url": "https://[::1/cgi-bin/webhook/send?key=abc"}
    assert "qyapi.weixin.qq.com" in client.post("/manage/group-chats/add/", form).content.decode()


def test_an_id_longer_than_any_database_holds_is_not_found(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client = client_of("administrator")
    longer = {re.sub(r"/[0-9]+/", f"/{'9' * 30}/", path) for path in addresses.values()}
    assert {path: client.get(path).status_code for path in longer if client.get(path).status_code >= 500} == {}
