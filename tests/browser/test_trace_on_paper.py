"""An idea's whole way prints on one sheet of A4, however much was said and done."""

from __future__ import annotations

import io
import unicodedata

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.people.factories import make_member
from tests.sharing.factories import make_idea
from tests.sharing.long_idea import make_long_idea
from wellspring.core.models import User
from wellspring.sharing.models import Idea

pytestmark = pytest.mark.django_db(transaction=True)

A4_WIDTH, A4_HEIGHT = 595, 842
"""In points."""


def signed_in(page: Page, address: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def sheet_of(page: Page, address: str, idea: Idea) -> PdfReader:
    page.goto(f"{address}/sharing/ideas/{idea.pk}/trace/")
    pdf = page.pdf(prefer_css_page_size=True)
    return PdfReader(io.BytesIO(pdf))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_long_case_prints_on_one_sheet_with_every_station(page: Page, site: str, language: str) -> None:
    idea = make_long_idea()
    member = make_member("leader")
    member.user.language = language
    member.user.save()
    signed_in(page, site, member.user)
    paper = sheet_of(page, site, idea)
    assert len(paper.pages) == 1
    box = paper.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (A4_WIDTH, A4_HEIGHT)
    text = "".join(unicodedata.normalize("NFKC", paper.pages[0].extract_text()).split())
    if language == "zh-hans":
        for station in ("依据", "汇报", "建议", "200条发言", "评审", "研究", "计划", "进展", "结果"):
            assert station in text, station
        assert "另有8条" in text


def test_an_idea_at_its_beginning_prints_on_one_sheet_too(page: Page, site: str) -> None:
    idea = make_idea()
    signed_in(page, site, idea.proposer.user)
    assert len(sheet_of(page, site, idea).pages) == 1
