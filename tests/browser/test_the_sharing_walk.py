"""One idea's whole way, as five people walk it: from an empty list of sessions to an outcome that all are told of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.library.factories import make_snapshot
from tests.people.factories import make_member, make_org
from wellspring.people.models import Member
from wellspring.plan.models import PlanItem
from wellspring.sharing.models import Idea, IdeaStatus, SharingSession
from wellspring.topics.services import load_default_topics

OpenPage = Callable[..., Page]
SUGGESTION = "每月一次老邻居体验日，社工上门代办"


@dataclass(frozen=True)
class People:
    leader: Page
    chair: Page
    speaker: Page
    colleague: Page
    subdistrict: Page


@pytest.fixture
def people(open_page: OpenPage, site: str) -> People:
    """The leader and the chair at a desk, the others on their phones, each signed in."""
    load_default_topics()
    street = make_org("胜浦街道", level="subdistrict")
    community = make_org("园东社区", parent=street)
    since = date(2023, 1, 1)
    members = {
        "leader": make_member("leader", org=community, full_name="沈书记", joined_on=since),
        "chair": make_member("worker", org=community, full_name="小周", joined_on=since, post="社工"),
        "speaker": make_member("worker", org=community, full_name="小徐", joined_on=since, post="社工"),
        "colleague": make_member("worker", org=community, full_name="小李", joined_on=since, post="社工"),
        "subdistrict": make_member("observer", org=street, full_name="顾督导", joined_on=since),
    }
    wide = {"leader", "chair"}

    def signed_in(who: str, member: Member) -> Page:
        page = open_page(width=1280) if who in wide else open_page(width=390, height=844)
        client = Client()
        client.force_login(member.user)
        value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
        return page

    return People(**{who: signed_in(who, member) for who, member in members.items()})


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def link(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("link", name=name, exact=True)


def accessible(page: Page) -> None:
    """No violation that axe finds on the page as it stands."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def set_up(people: People, site: str, begins: datetime) -> str:
    """The leader sets up the first session and names its chair; its address."""
    leader = people.leader
    leader.goto(f"{site}/sharing/")
    expect(leader.locator("main")).to_contain_text("还没有分享会")
    link(leader.locator(".empty"), "安排分享会").click()
    leader.get_by_label("标题").fill("社工分享会")
    leader.get_by_label("日期").fill(begins.date().isoformat())
    leader.get_by_label("开始时间").fill(f"{begins:%H:%M}")
    leader.get_by_label("地点").fill("二楼会议室")
    leader.get_by_label("主持人").select_option(label="小周")
    leader.get_by_label("居家养老").check()
    leader.locator("form.form button.button").click()
    if leader.get_by_text("再保存一次").count():
        leader.locator("form.form button.button").click()
    session = SharingSession.objects.get()
    address = f"{site}/sharing/sessions/{session.pk}/"
    expect(leader).to_have_url(address)
    return address


def test_from_an_empty_list_to_an_outcome_that_all_are_told_of(people: People, site: str) -> None:
    begins = (timezone.localtime() + timedelta(minutes=20)).replace(second=0, microsecond=0)
    snapshot = make_snapshot(title="老邻居体验日让居家养老热起来")
    address = set_up(people, site, begins)
    leader, chair, speaker, colleague = people.leader, people.chair, people.speaker, people.colleague

    # The chair asks who should speak and is told why.
    chair.goto(address)
    row = chair.locator(".candidate", has_text="小徐")
    expect(row).to_contain_text("还没有分享过")
    row.get_by_role("button").click()
    accessible(chair)

    # The speaker is told, agrees, and writes her talk on the phone; it saves itself.
    speaker.goto(f"{site}/notices/")
    speaker.locator("main a", has_text="社工分享会").first.click()
    button(speaker, "同意汇报").click()
    link(speaker, "选定或开始写汇报").click()
    accessible(speaker)
    button(speaker, "开始").click()
    speaker.get_by_label("标题").fill("居家养老：知道的人少，用的人更少")
    speaker.get_by_label("主题").first.select_option(label="居家养老")
    speaker.get_by_label("现状").fill("可以享受服务的四百一十户，在用的一百一十八户。")
    speaker.get_by_label("成因").fill("老人不看通知，申请要跑两趟。")
    speaker.get_by_label("一句话").first.fill(SUGGESTION)
    speaker.get_by_label("具体怎么做").first.fill("请正在用服务的老人带两位邻居来，愿意的当场代办。")
    speaker.get_by_label("要点").fill("让用过的老人替我们说话。")
    expect(speaker.locator("[data-state]")).to_contain_text("已保存")
    evidence = speaker.locator("#evidence")
    evidence.get_by_role("searchbox").or_(evidence.get_by_label("关键词")).first.fill("居家养老")
    button(evidence, "搜索").click()
    found = evidence.locator(".found-row", has_text=snapshot.title)
    button(found, "选用").click()
    expect(evidence.locator(".evidence-list")).to_contain_text(snapshot.title)
    accessible(speaker)
    button(speaker, "提交…").click()
    button(speaker, "提交").click()
    expect(speaker.locator("main")).to_contain_text(SUGGESTION)

    # The chair opens the meeting; everybody says that she is here; the room's screen follows.
    chair.goto(address)
    button(chair, "开始分享会").click()
    room = chair.context.new_page()
    room.set_viewport_size({"width": 1920, "height": 1080})
    room.goto(f"{address}screen/")
    for phone in (colleague, speaker):
        phone.goto(address)
        button(phone, "我到了").click()
    button(chair, "请小徐开始").click()
    expect(room.locator("body")).to_contain_text("小徐", timeout=3000)
    expect(colleague.locator("#live-talk")).to_contain_text(SUGGESTION, timeout=3000)
    accessible(room)

    # A remark and an endorsement are on every phone and on the screen in two seconds, without a reload.
    words = "我觉得小徐的建议很有建设性，可以进一步研究讨论具体的实施细则。"
    colleague.get_by_label("您的发言").fill(words)
    button(colleague, "发言").click()
    expect(speaker.locator("#live-talk")).to_contain_text(words, timeout=2000)
    expect(room.locator("body")).to_contain_text(words, timeout=2000)
    button(colleague, "赞同").click()
    expect(speaker.locator("#live-talk")).to_contain_text("小李", timeout=2000)
    accessible(colleague)

    # The chair decides on the spot: study it further; then the session ends.
    chair.goto(address)
    decide = chair.locator(".decide")
    decide.get_by_text("进一步研究", exact=True).click()
    button(decide, "交付研究").click()
    expect(colleague.locator("#live-talk")).to_contain_text("研究中", timeout=3000)
    link(chair, "结束分享会").click()
    button(chair, "结束分享会").click()
    expect(chair.locator("main")).to_contain_text(SUGGESTION)
    chair.goto(f"{address}minutes/")
    expect(chair.locator("main")).to_contain_text(words)
    accessible(chair)
    button(chair, "签发").click()
    expect(chair.locator("main")).to_contain_text("小周")

    # The colleague notes what she takes away; it is hers alone.
    colleague.goto(address)
    colleague.get_by_label("写一两句，只给自己看").fill("“为什么不用”要一户一户问出来。")
    colleague.locator("form[action$='takeaway/'] button").click()
    colleague.goto(f"{site}/sharing/mine/")
    expect(colleague.locator("main")).to_contain_text("一户一户问出来")

    # Details are worked out in two versions; the leader makes it a golden idea and takes it into the plan.
    idea = Idea.objects.get()
    page_of_idea = f"{site}/sharing/ideas/{idea.pk}/"
    for text in ("一、每月第三个周六。", "一、每月第三个周六上午。\n二、代办须有本人授权。"):
        speaker.goto(f"{page_of_idea}study/write/")
        speaker.get_by_label("实施细则").fill(text)
        button(speaker, "保存为新版本").click()
    expect(speaker.locator("main ins").first).to_be_visible()
    accessible(speaker)
    leader.goto(page_of_idea)
    button(leader, "金点子").click()
    link(leader, "列入工作计划").click()
    leader.get_by_label("衡量指标").fill("在用服务的老人家庭")
    leader.get_by_label("指标单位").fill("户")
    leader.get_by_label("基线值").fill("118")
    leader.get_by_label("目标值").fill("236")
    expect(leader.get_by_label("责任人").locator("option:checked")).to_contain_text("小徐")
    button(leader, "列入计划").click()
    expect(leader.locator("main")).to_contain_text("在用服务的老人家庭")
    accessible(leader)

    # The owner reports from her phone; at the end the outcome is measured against the baseline.
    item = f"{site}/plan/items/{PlanItem.objects.get().pk}/"
    speaker.goto(f"{item}progress/")
    speaker.get_by_label("进展情况").fill("第一次体验日来了三十七位老人，当场代办十九户。")
    speaker.get_by_label("在用服务的老人家庭").fill("137")
    speaker.locator("form.form button.button").click()
    expect(speaker.locator("main")).to_contain_text("三十七位老人")
    leader.goto(f"{item}outcome/")
    leader.get_by_label("达成", exact=True).check()
    leader.get_by_label("在用服务的老人家庭").fill("246")
    leader.get_by_label("成效").fill("在用家庭翻了一番，退订三户都是搬家。")
    leader.locator("form.form button.button").click()
    expect(leader.locator("main")).to_contain_text("246")
    accessible(leader)
    assert Idea.objects.get().status == IdeaStatus.REPORTED

    # Proposer and endorser are told what became of it.
    for phone in (speaker, colleague):
        phone.goto(f"{site}/notices/")
        expect(phone.locator("main")).to_contain_text("已实施，结果：达成")

    # Opened, the subdistrict reads it with its result; who said what stays in the community.
    outside = people.subdistrict
    assert outside.request.get(page_of_idea).status == 404
    leader.goto(page_of_idea)
    button(leader, "向其他社区开放").click()
    outside.goto(page_of_idea)
    expect(outside.locator("main")).to_contain_text("246")
    expect(outside.locator("main")).not_to_contain_text(words)
    outside.goto(f"{site}/sharing/figures/")
    expect(outside.locator("main")).to_contain_text("园东社区")
    accessible(outside)

    # The whole way stands on one page, and prints on one sheet of A4.
    leader.goto(page_of_idea)
    link(leader, "全程一页纸").click()
    for told in (snapshot.title, "居家养老：知道的人少", SUGGESTION, words, "代办须有本人授权", "三十七位老人", "246"):
        expect(leader.locator("main")).to_contain_text(told)
    accessible(leader)
    sheet = PdfReader(BytesIO(leader.pdf(format="A4")))
    assert len(sheet.pages) == 1
    assert "246" in sheet.pages[0].extract_text()


def test_the_same_in_short_in_english(open_page: OpenPage, site: str) -> None:
    load_default_topics()
    leader = make_member("leader", org=make_org("Lotus Court"), full_name="Shen")
    client = Client()
    client.force_login(leader.user)
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page = open_page(width=390, height=844, locale="en-US")
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": site}])

    page.goto(f"{site}/sharing/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sharing sessions")
    link(page.locator(".empty"), "Set up a session").click()
    page.get_by_label("Title").fill("Monthly session")
    page.get_by_label("Day").fill("2026-02-30")
    page.get_by_label("Begins at").fill("25:00")
    page.locator("form.form button.button").click()
    expect(page.get_by_label("Title")).to_have_value("Monthly session")

    page.goto(f"{site}/sharing/ideas/add/")
    page.get_by_label("Idea", exact=True).fill("A bench at every stairway")
    page.locator("form.form button.button").click()
    button(page, "Golden idea").click()
    link(page, "Take it into the work plan").click()
    page.get_by_label(re.compile("^Measure")).fill("Benches")
    page.get_by_label(re.compile("^Baseline")).fill("0")
    page.get_by_label(re.compile("^Target")).fill("12")
    button(page, "Take it into the plan").click()
    page.goto(f"{site}/plan/items/{PlanItem.objects.get().pk}/outcome/")
    page.get_by_label("reached", exact=True).check()
    page.get_by_label("Benches").fill("12")
    page.get_by_label("What came of it").fill("All twelve stand.")
    page.locator("form.form button.button").click()
    page.goto(f"{site}/sharing/ideas/{Idea.objects.get().pk}/trace/")
    expect(page.locator("main")).to_contain_text("All twelve stand.")
    assert not re.search("[\\u4e00-\\u9fff]", page.locator("main").inner_text())
    accessible(page)
