"""Remarking and endorsing on the page: in place with a script, by pages of their own without."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_idea, make_talk
from tests.web.pages import parsed, words
from wellspring.people.models import Member
from wellspring.sharing.models import Endorsement, Idea, Remark

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def handed_in() -> Idea:
    talk = make_talk(state="ready")
    return make_idea(proposer=talk.author, suggestion=talk.suggestions.get(), title="楼道口设误时投放点")


def test_without_a_script_a_remark_leads_back_to_its_suggestion() -> None:
    idea, client = handed_in(), client_of(make_member())
    page = parsed(client.get(f"/sharing/talks/{idea.suggestion.talk_id}/"))
    form = page.css_first("form.remark-form")
    sent = {field.attributes["name"]: field.attributes.get("value", "") for field in form.css("input")}
    answer = client.post(form.attributes["action"], {**sent, "text": "晚上八点最需要人。"})
    assert answer["Location"] == f"/sharing/talks/{idea.suggestion.talk_id}/#idea-{idea.pk}"
    assert "晚上八点最需要人。" in words(parsed(client.get(answer["Location"])), ".remarks")


def test_with_a_script_the_form_comes_back_empty_and_the_remarks_beside_it() -> None:
    idea, client = handed_in(), client_of(make_member())
    answer = client.post(
        f"/sharing/remarks/on/{idea.pk}/", {"text": "先试一个月。", "once": str(uuid.uuid4())}, headers=HTMX
    )
    page = parsed(answer)
    assert page.css_first("textarea").text().strip() == ""
    assert page.css_first(f"#said-{idea.pk}").attributes["hx-swap-oob"] == "true"
    assert "先试一个月。" in words(page, ".remarks")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_what_was_typed_stays_where_a_remark_is_refused(headers: dict[str, str]) -> None:
    idea, client = handed_in(), client_of(make_member())
    long = "好" * 501
    answer = client.post(f"/sharing/remarks/on/{idea.pk}/", {"text": long, "once": str(uuid.uuid4())}, headers=headers)
    page = parsed(answer)
    assert long in page.css_first("textarea").text()
    assert page.css_first(".field-errors") is not None
    assert answer.status_code == (200 if headers else 422)
    assert not Remark.objects.exists()


def test_an_idea_is_backed_by_a_button_that_then_takes_it_back() -> None:
    idea, client = handed_in(), client_of(make_member())
    for wanted, count in (("yes", 1), ("no", 0)):
        button = parsed(client.get(f"/sharing/talks/{idea.suggestion.talk_id}/")).css_first(f"#endorse-{idea.pk}")
        assert button.attributes["aria-pressed"] == ("false" if wanted == "yes" else "true")
        assert client.post(f"/sharing/endorsements/{idea.pk}/", {"endorse": wanted}).status_code == 302
        assert Endorsement.objects.count() == count


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_form_leads_to_another_site(back: str) -> None:
    idea, client = handed_in(), client_of(make_member())
    answer = client.post(f"/sharing/endorsements/{idea.pk}/", {"endorse": "yes", "next": back})
    assert answer["Location"].startswith("/sharing/")


def test_another_unit_finds_nothing_to_say_something_to() -> None:
    idea = handed_in()
    client = client_of(make_member("leader", org=make_org("荷塘社区")))
    once = str(uuid.uuid4())
    assert client.post(f"/sharing/remarks/on/{idea.pk}/", {"text": "好", "once": once}).status_code == 404
    assert client.post(f"/sharing/endorsements/{idea.pk}/", {"endorse": "yes"}).status_code == 404
