"""The whole way through the house, as five people walk it: from an invitation to a receipt that an outsider checks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from tests.library.views.desk.desk_ground import news_site
from tests.people.factories import make_member, make_org, make_user
from tests.proof.second_verifier import Refused, verify
from wellspring.core.work.worker import Worker
from wellspring.engine.fetch.single import fetch_page
from wellspring.engine.records import CaptureKind
from wellspring.library.crawling import fetch_settings
from wellspring.library.models import Snapshot, Source
from wellspring.library.services.captures import record_capture
from wellspring.library.services.defaults import load_default_channels

OpenPage = Callable[..., Page]
PASSWORD = "柳湾-long-enough-9"  # a test's own


@pytest.fixture
def background() -> Iterator[Executor]:
    """A thread without the browser's event loop: where the worker and the crawler do their work."""
    with ThreadPoolExecutor(1) as thread:
        yield thread
        thread.submit(connections.close_all).result()


@pytest.fixture
def work(tmp_path: Path, background: Executor) -> Callable[[], None]:
    """Let the worker do all that waits."""

    def done() -> None:
        worker = Worker(tmp_path / "workers")
        worker.run(until_idle=True)
        worker.close()

    return lambda: background.submit(done).result()


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.get_by_label("用户名或邮箱").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page).to_have_url(f"{site}/today/")


def visit(url: str, source: Source) -> None:
    """What the crawler does with a report of a source."""
    fetched = fetch_page(url, fetch_settings())
    record_capture(fetched.page, kind=CaptureKind.PAGE, source_id=source.pk, requested_url=url, verdict=fetched.verdict)


def test_from_an_invitation_to_a_receipt_that_an_outsider_checks(
    open_page: OpenPage, site: str, background: Executor, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_default_channels()
    community = make_org("园东社区")
    leader, archivist = (
        make_user(name, password=PASSWORD, email=f"{role}@office.example")
        for name, role in (("沈书记", "leader"), ("小陆", "archivist"))
    )
    make_member("leader", org=community, user=leader, joined_on=date(2024, 1, 1))
    make_member("archivist", org=community, user=archivist, joined_on=date(2024, 1, 1))

    # The leader invites a social worker.
    desk = open_page()
    sign_in(desk, site, leader.username)
    desk.goto(f"{site}/manage/invitations/add/")
    desk.get_by_label("姓名").fill("陆听荷")
    desk.get_by_role("button", name="生成链接").click()
    link = desk.get_by_label("网址").input_value()
    assert link.startswith(f"{site}/join/")

    # She joins on her phone, and signs in.
    phone = open_page(width=390, height=844)
    phone.goto(link)
    phone.get_by_label("我就是被邀请的陆听荷").check()
    phone.get_by_label("用户名").fill("tinghe")
    phone.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.get_by_label("再输入一次").fill(PASSWORD)
    phone.get_by_role("button", name="加入").click()
    phone.context.clear_cookies()
    sign_in(phone, site, "tinghe")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("陆听荷")

    # 长辈版 at one tap; it stays.
    phone.get_by_role("button", name="长辈版").click()
    phone.goto(f"{site}/library/")
    size = phone.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main a')).fontSize)")
    assert size >= 24, "18 pt"

    with news_site(monkeypatch, reports=6) as news:
        # The leader adds a source by trying it.
        desk.goto(f"{site}/manage/sources/try/")
        desk.get_by_label("网址", exact=True).fill(f"{news.url}/feed.xml")
        desk.get_by_role("button", name="试抓这个网址").click()
        expect(desk.get_by_role("progressbar")).to_be_visible()
        work()
        expect(desk.get_by_text("柳湾社区第6次恳谈侧记").first).to_be_visible()
        desk.get_by_label("全文：", exact=False).check()
        desk.get_by_role("button", name="保存这个来源").click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text("柳湾时报")
        source = Source.objects.get()
        assert source.url == f"{news.url}/feed.xml"
        background.submit(visit, f"{news.url}/dt/1.html", source).result()
    work()
    snapshot = Snapshot.objects.get()
    address = f"{site}/library/snapshots/{snapshot.pk}/"

    # The archivist corrects a field.
    other = open_page()
    sign_in(other, site, archivist.username)
    other.goto(address)
    other.get_by_role("link", name="更正").first.click()
    other.get_by_label("责任编辑").fill("范青")
    other.get_by_label("理由").fill("编辑的名字写在图片里。")
    other.get_by_role("button", name="保存更正").click()

    # An outsider reads it, downloads the receipt and checks it with a program that shares nothing with ours.
    outside = open_page()
    outside.goto(address)
    expect(outside.locator("main")).to_contain_text("范青")
    expect(outside.locator("main")).to_contain_text("编辑的名字写在图片里。")
    outside.goto(f"{address}receipt/")
    with outside.expect_download() as download:
        outside.get_by_role("link", name="下载凭据").click()
    receipt = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    key = outside.request.get(f"{site}/log/key").text().split()[0]
    page = outside.request.get(f"{address}original/bytes").body()
    leaf, _checkpoint = verify(receipt, key, page)
    assert f"payload sha256:{snapshot.capture.payload_digest}" in leaf
    with pytest.raises(Refused, match="page"):
        verify(receipt, key, page + b" ")
