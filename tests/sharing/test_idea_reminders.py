"""What the page of the day and the private calendar say about ideas."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea
from wellspring.people.viewer import viewer_of
from wellspring.sharing.idea_calendar import deadlines
from wellspring.sharing.idea_today import card
from wellspring.sharing.models import IdeaStatus

pytestmark = pytest.mark.django_db


def test_who_is_asked_to_study_finds_it_on_her_day_and_in_her_calendar() -> None:
    today = timezone.localdate()
    idea, asked = make_idea(status=IdeaStatus.STUDYING, study_due_on=today + timedelta(days=3)), make_member()
    idea.contributors.add(asked)
    viewer = viewer_of(asked.user)
    shown = card(viewer)
    assert shown is not None
    assert shown["studies"] == [idea]
    entries = list(deadlines(viewer, today, today + timedelta(days=9)))
    assert [(entry.begins, entry.path) for entry in entries] == [
        (idea.study_due_on, f"/sharing/ideas/{idea.pk}/study/")
    ]
    assert card(make_viewer()) is None
    client = Client()
    client.force_login(asked.user)
    assert f"/sharing/ideas/{idea.pk}/study/" in client.get("/today/").content.decode()


def test_a_leader_is_told_how_many_ideas_wait_and_a_leader_elsewhere_is_not() -> None:
    make_idea()
    make_idea(status=IdeaStatus.GOLDEN)
    shown = card(make_viewer("leader"))
    assert shown is not None
    assert shown["waiting"] == 1
    assert card(make_viewer("leader", org=make_org("荷塘社区"))) is None


def test_a_remark_on_an_idea_without_a_talk_has_a_page_of_its_own() -> None:
    idea = make_idea()
    client = Client()
    client.force_login(make_member().user)
    page = client.get(f"/sharing/ideas/{idea.pk}/")
    assert page.status_code == 200
    sent = {"text": "晚上八点最需要人。", "once": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}
    answers = [client.post(form.attributes["action"], sent) for form in _forms(page.content, "remark")]
    assert [answer.status_code for answer in answers] == [302]
    assert answers[0]["Location"].startswith(f"/sharing/ideas/{idea.pk}/")


def _forms(content: bytes, kind: str) -> list:  # type: ignore[type-arg]  # nodes of the parser
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(content).css(f"form.{kind}-form")
