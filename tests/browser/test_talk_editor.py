"""The editor of a talk in a real browser: it saves by itself, and nothing typed is lost when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from tests.sharing.factories import make_idea, make_remark, make_talk
from wellspring.core.models import User
from wellspring.sharing.models import Evidence, Talk

OpenPage = Callable[..., Page]
STATE = "[data-state]"


@pytest.fixture
def talk(site: str) -> Talk:
    """A draft with one suggestion, in the database that the site runs on."""
    return make_talk(title="误时投放", suggestions=("楼道口设误时投放点",))


def sign_in(page: Page, site: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def editor(page: Page, site: str, talk: Talk) -> Page:
    sign_in(page, site, talk.author.user)
    page.goto(f"{site}/sharing/talks/{talk.pk}/edit/")
    return page


def test_it_saves_by_itself_with_suggestions_added_and_moved(phone: Page, site: str, talk: Talk) -> None:
    editor(phone, site, talk)
    phone.fill("[name=causes]", "上班族赶不上。")
    phone.click("[data-add]")
    phone.locator("#talk-form [name=suggestion_title]").nth(1).fill("错时志愿岗")
    phone.locator("[data-up]").nth(1).click()
    expect(phone.locator(STATE)).to_contain_text("已保存")
    expect(phone.locator(STATE)).not_to_contain_text("尚未")
    phone.reload()
    titles = phone.locator("#talk-form [name=suggestion_title]")
    assert [titles.nth(at).input_value() for at in range(titles.count())] == ["错时志愿岗", "楼道口设误时投放点"]
    expect(phone.locator("[data-found]")).to_be_hidden()


def test_without_a_connection_it_keeps_the_text_here_and_saves_it_afterwards(
    phone: Page, site: str, talk: Talk
) -> None:
    editor(phone, site, talk)
    phone.context.set_offline(True)
    phone.fill("[name=current_state]", "桶边每天三十袋。")
    expect(phone.locator(STATE)).to_contain_text("未联网")
    phone.context.set_offline(False)
    expect(phone.locator(STATE)).to_contain_text("已保存")
    talk.refresh_from_db()
    assert talk.current_state == "桶边每天三十袋。"


def test_after_a_crash_or_an_expired_sign_in_the_text_is_offered_back(phone: Page, site: str, talk: Talk) -> None:
    editor(phone, site, talk)
    Session.objects.all().delete()
    phone.fill("[name=takeaways]", "方便了才会准时。")
    expect(phone.locator(STATE)).to_contain_text("登录已失效")
    way = phone.locator(f"{STATE} a")
    expect(way).to_have_attribute("href", f"/sign-in/?next=/sharing/talks/{talk.pk}/edit/")
    editor(phone, site, talk)
    expect(phone.locator("[data-found]")).to_be_visible()
    phone.click("[data-found] summary")
    expect(phone.locator("[data-found] ins")).to_have_text("方便了才会准时。")
    phone.fill("[name=causes]", "写着别的")
    phone.click("[data-found-take]")
    expect(phone.locator("[name=takeaways]")).to_have_value("方便了才会准时。")
    expect(phone.locator(STATE)).to_contain_text("已保存")
    talk.refresh_from_db()
    assert talk.takeaways == "方便了才会准时。"


@pytest.mark.parametrize(("choice", "title"), [("mine", "第二个窗口"), ("theirs", "第一个窗口")])
def test_two_windows_are_told_of_each_other_and_one_chooses(
    page: Page, site: str, talk: Talk, choice: str, title: str
) -> None:
    editor(page, site, talk)
    other = page.context.new_page()
    other.goto(page.url)
    page.fill("[name=title]", "第一个窗口")
    expect(page.locator(STATE)).to_contain_text("已保存")
    other.fill("[name=title]", "第二个窗口")
    expect(other.locator("[data-clash]")).to_be_visible()
    expect(other.locator("[data-clash] del")).to_have_text("第一个窗口")
    other.click(f"[data-clash-{choice}]")
    expect(other.locator("[data-clash]")).to_be_hidden()
    expect(other.locator("[name=title]")).to_have_value(title)
    expect(other.locator(STATE)).to_contain_text("已保存")
    talk.refresh_from_db()
    assert talk.title == title


def test_similar_ideas_stand_below_a_suggestion_as_soon_as_its_line_is_written(
    page: Page, site: str, talk: Talk
) -> None:
    make_idea(title="在东门设误时投放点", status="declined", decision_reason="没有人清运")
    editor(page, site, talk)
    page.fill("#talk-form [name=suggestion_title]", "门口设误时投放点")
    page.locator("#talk-form [name=suggestion_details]").focus()
    expect(page.locator(".similar")).to_contain_text("没有人清运")


def test_remarks_are_said_in_place_while_the_next_is_written(page: Page, site: str, talk: Talk) -> None:
    Talk.objects.update(state="ready")
    idea = make_idea(proposer=talk.author, suggestion=talk.suggestions.get())
    colleague = make_talk().author
    sign_in(page, site, colleague.user)
    page.goto(f"{site}/sharing/talks/{talk.pk}/")
    form = page.locator(f"#remark-form-{idea.pk}")
    for text in ("先试一个月。", "晚上八点最需要人。"):
        form.locator("textarea").fill(text)
        form.locator("button").click()
        expect(page.locator(f"#said-{idea.pk}")).to_contain_text(text)
        expect(form.locator("textarea")).to_have_value("")
    page.click(f"#endorse-{idea.pk}")
    expect(page.locator(f"#endorse-{idea.pk}")).to_have_attribute("aria-pressed", "true")


def test_the_large_screen_is_led_by_keys_and_every_screen_fits(open_page: OpenPage, site: str, talk: Talk) -> None:
    Talk.objects.update(current_state="早晚各两小时的投放时段，上班族经常赶不上，桶边每天有散袋三十多袋。" * 8)
    Evidence.objects.create(talk=talk, title="议事亭里的长桌")
    for width, height in ((1280, 720), (1920, 1080)):
        page = open_page(width=width, height=height)
        sign_in(page, site, talk.author.user)
        page.goto(f"{site}/sharing/talks/{talk.pk}/screen/")
        heights = page.locator(".slide").evaluate_all("slides => slides.map(slide => slide.offsetHeight)")
        assert max(heights) <= height + 1
        assert len(heights) >= 6
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-at]")).to_have_text(f"2 / {len(heights)}")
        page.keyboard.press("End")
        expect(page.locator("[data-at]")).to_have_text(f"{len(heights)} / {len(heights)}")


@pytest.mark.parametrize(("width", "locale", "scheme"), [(390, "zh-CN", "light"), (1280, "en-US", "dark")])
def test_pages_of_a_talk_have_no_accessibility_violation_and_fit_their_width(
    open_page: OpenPage, site: str, talk: Talk, width: int, locale: str, scheme: str
) -> None:
    shown = make_talk(author=talk.author, state="ready")
    idea = make_idea(proposer=talk.author, suggestion=shown.suggestions.get())
    make_remark(idea)
    Evidence.objects.create(talk=talk, title="议事亭里的长桌")
    page = open_page(width=width, locale=locale, color_scheme=scheme)
    sign_in(page, site, talk.author.user)
    failures = []
    for address in (
        f"talks/{shown.pk}/",
        f"talks/{talk.pk}/edit/",
        f"talks/{talk.pk}/hand-in/",
        f"talks/{talk.pk}/evidence/?q=",
        f"talks/{talk.pk}/screen/",
        f"remarks/on/{idea.pk}/",
        "talks/new/",
    ):
        page.goto(f"{site}/sharing/{address}")
        results = Axe().run(page)
        if results.violations_count:
            failures.append(f"{address}: {results.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            failures.append(f"{address} is wider than {width}")
    assert not failures, "\n".join(failures)
