"""What holds on every page: policy, language, theme, closed house, failures."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from pytest_django import Settings

from tests.library.factories import make_snapshot
from tests.people.factories import make_member
from tests.web.pages import every_address, make_story, page, parsed, words
from wellspring.config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - a URLconf
from wellspring.core.models import User

pytestmark = pytest.mark.django_db


def broken(request: object) -> None:
    raise RuntimeError("on purpose")


urlpatterns = [*urlpatterns, path("broken/", broken)]


def test_no_page_needs_what_the_policy_forbids(client: Client) -> None:
    for address in every_address(make_story()):
        answer = client.get(address)
        tree = parsed(answer)
        assert not tree.css("style, [style]"), address
        assert all(node.attributes.get("src") for node in tree.css("script")), address
        handlers = [name for node in tree.css("*") for name in node.attributes if name.startswith(("on", "hx-on"))]
        assert not handlers, address
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        outside = [
            n
            for n in tree.css("link[href^=http], img[src^=http], script[src^=http]")
            if n.attributes.get("rel") != "canonical"
        ]
        assert not outside, address


def test_every_page_has_a_title_a_main_heading_and_a_way_past_the_head(client: Client) -> None:
    for address in every_address(make_story()):
        tree = parsed(client.get(address))
        assert len(tree.css("h1")) == 1, address
        assert tree.css_first("title").text().split("·")[0].strip(), address
        assert tree.css_first("a.skip[href='#main']") is not None, address
        assert tree.css_first("main#main") is not None, address


def test_the_language_is_switched_and_remembered(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/library/about/"}, follow=True)
    assert words(parsed(answer), "h1") == "About the library and its crawler"
    assert words(page(client, "/library/about/"), "h1") == "About the library and its crawler"


def test_the_theme_is_remembered_until_it_is_left_to_the_system(client: Client) -> None:
    answer = client.post("/appearance/", {"theme": "dark", "next": "/library/about/"})
    assert answer["Location"] == "/library/about/"
    tree = page(client, "/library/about/")
    assert tree.css_first("html").attributes["data-theme"] == "dark"
    assert tree.css_first("link[href*='tokens-dark']").attributes["media"] == "screen"
    client.post("/appearance/", {"theme": "light"})
    assert page(client, "/library/about/").css_first("link[href*='tokens-dark']") is None
    client.post("/appearance/", {"theme": "nonsense"})
    assert page(client, "/library/about/").css_first("html").attributes["data-theme"] == "auto"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", ""]
)
def test_the_theme_switch_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/appearance/", {"theme": "dark", "next": back})["Location"] == "/"


def test_a_closed_house_sends_guests_to_sign_in_and_back(client: Client, settings: Settings) -> None:
    story = make_story()
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)
    for address in ("/", "/library/", f"/library/snapshots/{story.pk}/", "/library/outlets/", "/library/arrivals/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")
    assert client.get("/library/arrivals/", headers={"HX-Request": "true"}).status_code == 401
    assert client.get("/library/about/").status_code == 200
    make_member(user=User.objects.create_user("shen", password="a long enough one"))
    signed_in = client.post("/sign-in/", {"username": "shen", "password": "a long enough one", "next": "/library/"})
    assert signed_in["Location"] == "/library/"
    assert story.title in page(client, "/library/").html
    client.post("/sign-out/")
    assert client.get("/library/").status_code == 302


def test_wrong_passwords_keep_the_name_that_was_typed(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "shen", "password": "no"})
    tree = parsed(answer)
    assert tree.css_first("[role=alert]") is not None
    assert tree.css_first("[name=username]").attributes["value"] == "shen"


def test_the_styleguide_is_for_development_only(client: Client, settings: Settings) -> None:
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200


def test_a_form_without_its_token_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/appearance/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "表单停留时间过长" in words(parsed(answer), "h1")


@override_settings(ROOT_URLCONF="tests.web.test_house_rules")
def test_our_own_failure_is_a_page_that_needs_no_database(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert words(parsed(answer), "h1") == "系统出了点问题"
    assert "on purpose" not in answer.content.decode()


def test_bad_and_forbidden_requests_say_what_to_do(rf: RequestFactory) -> None:
    from django.contrib.auth.models import AnonymousUser

    from wellspring.core.failures import bad_request, permission_denied

    for view, status in ((bad_request, 400), (permission_denied, 403)):
        request = rf.get("/")
        request.user = AnonymousUser()
        answer = view(request, Exception())
        assert answer.status_code == status
        assert words(parsed(answer), ".failure-text")


def test_a_home_screen_finds_name_and_icons(client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()
    assert told["name"] == "源动力"
    assert all(client.get(icon["src"]) for icon in told["icons"])
    assert [cut["url"] for cut in told["shortcuts"]][:2] == ["/today/", "/sharing/"]
    assert told["shortcuts"][0]["name"] == "今日"
    assert client.get("/favicon.ico")["Location"].endswith(".ico")


def test_only_reading_is_allowed(client: Client) -> None:
    story = make_snapshot()
    for address in ("/", "/library/", f"/library/snapshots/{story.pk}/"):
        assert client.post(address).status_code == 405
