"""Every answer tells browsers to be strict."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.addresses import TABLE
from tests.web.test_permissions import addresses, client_of  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db


def policy(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {words[0]: words[1:] for words in parts if words}


@pytest.mark.parametrize("who", ["guest", "administrator"])
def test_every_answer_is_strict(addresses: dict[str, str], who: str) -> None:  # noqa: F811  # the fixture
    client = client_of(who)
    for name, path in addresses.items():
        answer = client.get(path)
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}, name
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, name
        told = policy(answer)
        assert told["default-src"] == ["'none'"], name
        assert "'unsafe-eval'" not in answer["Content-Security-Policy"], name
        assert "'unsafe-inline'" not in told.get("script-src", []), name
        if "sandbox" not in told:
            assert "'unsafe-inline'" not in answer["Content-Security-Policy"], name
            assert told["frame-ancestors"] in (["'self'"], ["'none'"]), name
            assert told["base-uri"] == ["'none'"], name
            assert told["form-action"] == ["'self'"], name


def test_no_page_has_what_the_policy_would_block(addresses: dict[str, str]) -> None:  # noqa: F811  # the fixture
    client = client_of("guest")
    for name, path in addresses.items():
        answer = client.get(path)
        if not TABLE[name].is_page or answer.status_code != 200 or "sandbox" in policy(answer):
            continue
        page = answer.content.decode()
        assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=", page), name
        assert not re.search(
            r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//(?!testserver)", page
        ), name


def test_a_failure_page_is_as_strict(client: Client) -> None:
    for path in ("/nowhere/", "/library/snapshots/999/", "/library/channels/nowhere/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert policy(answer)["default-src"] == ["'none'"]


def test_cookies_are_out_of_the_reach_of_scripts(client: Client) -> None:
    answer = client.get("/sign-in/")
    for cookie in answer.cookies.values():
        assert cookie["samesite"] in {"Lax", "Strict"}
