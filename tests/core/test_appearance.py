"""How the pages look is chosen in one tap, remembered, and follows a person to her account."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from tests.people.factories import make_member
from tests.web.pages import page, parsed
from wellspring.core.appearance import take_over_choices
from wellspring.core.models import User

pytestmark = pytest.mark.django_db


def is_elder(client: Client, address: str = "/library/about/") -> bool:
    tree = page(client, address)
    sheets = tree.css("link[href*='tokens-elder.']")
    assert bool(sheets) == (tree.css_first("html").attributes.get("data-mode") == "elder")
    return bool(sheets)


def test_elder_mode_is_one_tap_away_on_every_page_also_for_guests(client: Client) -> None:
    tree = page(client, "/library/about/")
    button = tree.css_first(".masthead button[name=elder]")
    assert button.text().strip() == "长辈版"
    form = button.parent
    assert form.attributes["action"] == "/appearance/"
    answer = client.post("/appearance/", {"elder": button.attributes["value"], "next": "/library/about/"})
    assert answer["Location"] == "/library/about/"
    assert is_elder(client)
    assert page(client, "/sign-in/").css_first("html").attributes["data-mode"] == "elder"
    client.post("/appearance/", {"elder": "off"})
    assert not is_elder(client)


def test_choosing_one_thing_leaves_the_other_as_it_was(client: Client) -> None:
    client.post("/appearance/", {"elder": "on"})
    client.post("/appearance/", {"theme": "dark"})
    tree = page(client, "/library/about/")
    assert tree.css_first("html").attributes["data-theme"] == "dark"
    order = [link.attributes["href"] for link in tree.css("link[href*='/tokens']")]
    assert [name.split("/")[-1].split(".")[0] for name in order] == [
        "tokens",
        "tokens-elder",
        "tokens-dark",
        "tokens-elder-dark",
    ]


def test_after_sign_in_the_account_remembers_on_every_device(client: Client) -> None:
    user = make_member().user
    client.force_login(user)
    client.post("/appearance/", {"elder": "on", "theme": "light"})
    user.refresh_from_db()
    assert (user.elder_mode, user.theme) == (True, "light")
    another = Client()
    another.force_login(user)
    assert is_elder(another)
    another.post("/appearance/", {"elder": "off", "theme": "auto"})
    user.refresh_from_db()
    assert (user.elder_mode, user.theme) == (False, "")
    assert not is_elder(client)


def test_what_was_chosen_before_sign_in_becomes_the_account_s(rf: RequestFactory) -> None:
    request = rf.post("/sign-in/")
    request.COOKIES.update(elder="1", theme="dark")
    new = User.objects.create_user("shen")
    take_over_choices(request, new)
    new.refresh_from_db()
    assert (new.elder_mode, new.theme) == (True, "dark")
    settled = User.objects.create_user("fan", theme="light")
    take_over_choices(request, settled)
    settled.refresh_from_db()
    assert settled.theme == "light"


def test_strange_choices_change_nothing(client: Client) -> None:
    client.post("/appearance/", {"elder": "<script>", "theme": "%00"})
    assert not is_elder(client)
    client.cookies["elder"] = "yes"
    client.cookies["theme"] = "dark' onload='"
    answer = client.get("/library/about/")
    assert parsed(answer).css_first("html").attributes["data-theme"] == "auto"
    assert not is_elder(client)
