"""WeChat and its like, played by a server on loopback: they open a connected account, and make none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.test import Client

from tests.people.accounts.entering import make_person, sign_in, who_is
from tests.servers.raw import RawServer, response
from wellspring.core.models import User

pytestmark = pytest.mark.django_db


def answer(**data: Any) -> bytes:
    return response(json.dumps(data).encode(), content_type="application/json")


@pytest.fixture
def weixin(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[RawServer]:
    settings.OTHER_SERVICES = {"weixin": ("wx1", "secret")}
    settings.SOCIALACCOUNT_PROVIDERS = {"weixin": {"APPS": [{"client_id": "wx1", "secret": "secret", "key": ""}]}}
    with RawServer(otherwise=answer(access_token="token", openid="o-1", nickname="荷")) as server:
        monkeypatch.setattr(WeixinOAuth2Adapter, "access_token_url", f"{server.url}/token")
        monkeypatch.setattr(WeixinOAuth2Adapter, "profile_url", f"{server.url}/profile")
        yield server


def go_and_come_back(client: Client, process: str, **changes: str) -> Any:
    out = client.post(f"/account/with/weixin/login/?process={process}")
    assert out["Location"].startswith("https://open.weixin.qq.com/connect/qrconnect?")
    asked = parse_qs(urlsplit(out["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/account/with/weixin/login/callback/"]
    back = {"code": "c", "state": asked["state"][0], **changes}
    return client.get("/account/with/weixin/login/callback/", back, follow=True)


def test_who_is_connected_to_nobody_is_told_how_and_no_account_is_made(weixin: RawServer) -> None:
    client = Client()
    page = go_and_come_back(client, "login")
    assert page.request["PATH_INFO"] == "/sign-in/"
    assert "尚未绑定" in page.content.decode()
    assert User.objects.count() == 0
    assert SocialAccount.objects.count() == 0


def test_once_connected_it_opens_the_account_until_the_connection_is_ended(weixin: RawServer) -> None:
    user = make_person()
    client = Client()
    sign_in(client, user)
    page = go_and_come_back(client, "connect")
    assert "绑定成功" in page.content.decode()
    other = Client()
    go_and_come_back(other, "login")
    assert who_is(other) == user
    kept = SocialAccount.objects.get()
    client.post("/account/with/", {"account": kept.pk})
    third = Client()
    go_and_come_back(third, "login")
    assert who_is(third) is None


def test_a_closed_account_stays_closed(weixin: RawServer) -> None:
    user = make_person()
    client = Client()
    sign_in(client, user)
    go_and_come_back(client, "connect")
    user.is_active = False
    user.save()
    other = Client()
    page = go_and_come_back(other, "login")
    assert "停用" in page.content.decode()
    assert who_is(other) is None


def test_somebody_elses_way_back_opens_nothing(weixin: RawServer) -> None:
    client = Client(raise_request_exception=False)
    page = go_and_come_back(client, "login", state="another")
    assert page.status_code < 500
    assert not weixin.requests
    assert client.get("/account/with/weixin/login/callback/?code=c").status_code < 500


@pytest.mark.parametrize(
    "reply",
    [
        answer(errcode=40029, errmsg="invalid code"),
        answer(access_token="token"),  # who it is is missing
        response(b"<html>", content_type="text/html"),
        response(b"", status="500 Internal Server Error"),
        response(b"null", content_type="application/json"),
    ],
)
def test_whatever_the_service_answers_one_is_told_to_use_the_password(weixin: RawServer, reply: bytes) -> None:
    weixin.otherwise = reply
    client = Client(raise_request_exception=False)
    page = go_and_come_back(client, "login")
    assert page.status_code == 401 or page.status_code == 200
    assert "外部服务没有正常响应" in page.content.decode()
    assert who_is(client) is None
