"""Sealed texts: closed in the database, opened by their own key for their own field only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Model
from pytest_django import Settings

from wellspring.core.sealed import (
    SealBroken,
    Sealed,
    SealedElsewhere,
    SealedTextField,
    is_current,
    reseal_everything,
    seal,
    unseal,
)

OLD, NEW = "o" * 40, "n" * 40


@pytest.mark.parametrize("text", ["", "a", "陆听荷 · 柳湾路 8 号", "长" * 5000, "\x00\n"])
def test_what_was_sealed_opens_again_and_never_looks_the_same(text: str) -> None:
    token = seal(text, purpose="a.b")
    assert unseal(token, purpose="a.b") == text
    assert token.isascii()
    assert len(text) < 2 or text not in token
    assert token != seal(text, purpose="a.b")


def test_a_text_opens_for_its_own_purpose_only() -> None:
    with pytest.raises(SealBroken, match="改动"):
        unseal(seal("x", purpose="a.b"), purpose="a.c")


@pytest.mark.parametrize("place", [3, 15, 20, -1])
def test_every_changed_character_is_noticed(place: int) -> None:
    token = seal("柳湾路 8 号", purpose="a.b")
    for other in {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"} - {token[place]}:
        changed = token[:place] + other + (token[place + 1 :] if place != -1 else "")
        with pytest.raises((SealBroken, SealedElsewhere)):
            unseal(changed, purpose="a.b")


@pytest.mark.parametrize("token", ["柳湾路", "s1.abc", "s2.a.b", "", "s1..", "s1.%s.?!"])
def test_what_is_no_sealed_text_is_told_as_such(token: str) -> None:
    name = seal("x", purpose="a").split(".")[1]
    with pytest.raises((SealBroken, SealedElsewhere)):
        unseal(token.replace("%s", name), purpose="a.b")


def test_a_lost_key_is_named_with_what_to_do(settings: Settings) -> None:
    settings.SECRET_KEY = OLD
    token = seal("x", purpose="a.b")
    settings.SECRET_KEY = NEW
    with pytest.raises(SealedElsewhere, match="WELLSPRING_OLD_SECRET_KEYS") as raised:
        unseal(token, purpose="a.b")
    assert token.split(".")[1] in str(raised.value)
    assert not is_current(token)
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert unseal(token, purpose="a.b") == "x"


class TestField:
    """The field in a model of the house: the address of a group's robot."""

    @pytest.fixture
    def row(self, db: None) -> Model:
        from tests.people.factories import make_org
        from wellspring.people.models import GroupWebhook

        return GroupWebhook.objects.create(org=make_org(), name="群", service="wecom", url="https://a.example/?key=abc")

    def test_the_database_holds_nothing_readable(self, row: Model) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT url, secret FROM people_groupwebhook")
            url, secret = cursor.fetchone()
        assert url.startswith("s1.")
        assert "abc" not in url
        assert secret == ""

    def test_it_opens_on_request_and_shows_itself_to_nobody(self, row: Model) -> None:
        for each in (row, type(row)._base_manager.get()):
            assert isinstance(each.url, Sealed)
            assert each.url.open() == "https://a.example/?key=abc"
            assert "abc" not in f"{each.url} {each.url!r}"
        assert not row.secret
        assert row.secret.open() == ""

    def test_keys_are_changed_by_sealing_anew(self, row: Model, settings: Settings) -> None:
        old = settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [old]
        assert reseal_everything() == 1
        assert reseal_everything() == 0
        settings.SECRET_KEY_FALLBACKS = []
        assert type(row)._base_manager.get().url.open() == "https://a.example/?key=abc"

    def test_migrations_need_no_code_of_ours_for_it(self) -> None:
        assert SealedTextField(blank=True).deconstruct()[1] == "django.db.models.TextField"


@pytest.mark.django_db
def test_second_factors_are_sealed_anew_too(settings: Settings) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import decrypt, encrypt

    from tests.people.factories import make_user

    old = settings.SECRET_KEY
    app = Authenticator.objects.create(user=make_user(), type="totp", data={"secret": encrypt("JBSWY3DP")})
    codes = Authenticator.objects.create(
        user=make_user(), type="recovery_codes", data={"seed": encrypt("abc"), "used_mask": 3}
    )
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [old]
    assert reseal_everything() == 2
    assert reseal_everything() == 0
    settings.SECRET_KEY_FALLBACKS = []
    app.refresh_from_db()
    codes.refresh_from_db()
    assert decrypt(app.data["secret"]) == "JBSWY3DP"
    assert (decrypt(codes.data["seed"]), codes.data["used_mask"]) == ("abc", 3)
