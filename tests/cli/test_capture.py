"""`wellspring capture`: one page kept, read and printed; what may not be fetched is refused with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.utils import translation

from tests.servers.feeds import article
from tests.servers.misbehaving import endless_body, gzip_bomb, gzipped
from tests.servers.raw import RawServer, redirect, response
from wellspring.cli.capture import command
from wellspring.library import crawling
from wellspring.library.models import Capture, Reading, Refusal, Snapshot
from wellspring.library.verification import verify_archive

pytestmark = pytest.mark.django_db

NAMES = {"inside.example.com": "10.0.0.5", "mixed.example.com": "93.184.216.34 192.168.1.1"}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RawServer]:
    with RawServer() as running:
        environment = replace(settings.ENVIRONMENT, guard_exceptions=running.exception, max_page_bytes=2_000_000)
        monkeypatch.setattr(settings, "ENVIRONMENT", environment)
        monkeypatch.setattr(settings, "LANGUAGE_CODE", "en")
        real = crawling.fetch_settings

        async def resolver(host: str, port: int) -> Sequence[str]:
            return NAMES[host].split()

        monkeypatch.setattr(crawling, "fetch_settings", lambda: replace(real(), resolver=resolver))
        running.replies["/robots.txt"] = response(b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain")
        with translation.override("en"):
            yield running


def capture(*urls: str) -> Result:
    return CliRunner().invoke(command, urls)


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_page_is_kept_read_and_printed(server: RawServer) -> None:
    server.replies["/1.html"] = response(article(1))
    done = capture(f"{server.url}/1.html")
    assert done.exit_code == 0, done.output
    (line,) = told(done)
    kept = Capture.objects.get(pk=line["capture"])
    assert line["url"] == kept.url == f"{server.url}/1.html"
    assert line["payload_digest"] == f"sha256:{kept.payload_digest}"
    assert line["captured_at"] == kept.captured_at.isoformat()
    assert line["kind"] == "article"
    assert line["record"]["title"] == Snapshot.objects.get(pk=line["snapshot"]).title
    assert kept.robots_reason == "allowed"
    assert kept.robots_capture is not None
    assert kept.robots_capture.url == f"{server.url}/robots.txt"


def test_the_same_page_twice_is_one_snapshot_and_two_captures(server: RawServer) -> None:
    server.replies["/1.html"] = response(article(1))
    first, second = told(capture(f"{server.url}/1.html", f"{server.url}/1.html"))
    assert first["snapshot"] == second["snapshot"]
    assert first["capture"] != second["capture"]


def test_redirects_are_kept_on_the_way(server: RawServer) -> None:
    server.replies["/old"] = redirect("/1.html")
    server.replies["/1.html"] = response(article(1))
    (line,) = told(capture(f"{server.url}/old"))
    assert line["url"] == f"{server.url}/1.html"
    hops = Capture.objects.filter(kind="redirect")
    assert [(hop.url, hop.requested_url) for hop in hops] == [(f"{server.url}/old", f"{server.url}/old")]


def test_a_page_that_is_no_report_is_kept_and_says_why_it_is_not_read(server: RawServer) -> None:
    server.replies["/paper.pdf"] = response(b"%PDF-1.7 ...", content_type="application/pdf")
    done = capture(f"{server.url}/paper.pdf")
    assert done.exit_code == 0
    (line,) = told(done)
    assert (line["snapshot"], line["record"], line["unread"]["code"]) == (None, None, "not_html")
    assert "PDF" in line["unread"]["message"]
    assert Reading.objects.get(capture_id=line["capture"]).error_code == "not_html"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://[fec0::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://inside.example.com/",
        "http://mixed.example.com/",
        "http://localhost:22/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://user:password@example.com/",
    ],
)
def test_an_address_that_is_not_public_is_refused(server: RawServer, url: str) -> None:
    done = capture(url)
    assert done.exit_code == 1
    (line,) = told(done)
    assert (line["url"], line["error"]["code"]) == (url, "address_refused")
    assert done.stderr == f"wellspring: {line['error']['message']}\n"
    assert not Capture.objects.exists()
    refusal = Refusal.objects.get()
    assert refusal.error_code == "address_refused"
    assert "password" not in refusal.url


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://inside.example.com/", "http://169.254.169.254/latest", "//[::1]/"]
)
def test_a_page_that_redirects_to_one_is_refused(server: RawServer, target: str) -> None:
    server.replies["/away"] = redirect(target)
    done = capture(f"{server.url}/away")
    assert done.exit_code == 1
    assert told(done)[0]["error"]["code"] == "address_refused"
    assert not Capture.objects.filter(kind="page").exists()


def test_another_port_of_an_allowed_host_is_refused(server: RawServer) -> None:
    with RawServer() as other:
        assert told(capture(f"{other.url}/1.html"))[0]["error"]["code"] == "address_refused"
        assert other.requests == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/secret/1.html", "robots_disallowed"),
        ("/missing.html", "status_refused"),
        ("/gone.html", "status_refused"),
        ("/empty.html", "status_refused"),
        ("/loop", "too_many_redirects"),
        ("/bomb", "too_large"),
        ("/huge", "too_large"),
        ("/nonsense", "bad_response"),
        ("/badly-packed", "bad_response"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(server: RawServer, path: str, code: str) -> None:
    server.replies |= {
        "/secret/1.html": response(article(1)),
        "/missing.html": response(b"no", status="404 Not Found"),
        "/gone.html": response(b"no", status="410 Gone"),
        "/empty.html": response(b""),
        "/loop": redirect("/loop"),
        "/bomb": gzip_bomb(100_000_000),
        "/huge": endless_body(),
        "/nonsense": b"220 smtp.example.com ESMTP\r\n\r\n",
        "/badly-packed": response(b"not gzip", headers={"Content-Encoding": "gzip"}),
    }
    done = capture(f"{server.url}{path}")
    (line,) = told(done)
    reason = line.get("error") or line.get("unread")
    assert reason is not None
    assert reason["code"] == code
    assert done.exit_code == (1 if "error" in line else 0)
    assert not Snapshot.objects.exists()


def test_one_refused_address_does_not_keep_the_others_from_being_captured(server: RawServer) -> None:
    server.replies["/1.html"] = gzipped(article(1))
    done = capture("http://10.0.0.1/", f"{server.url}/1.html")
    assert done.exit_code == 1
    assert ["error" in line for line in told(done)] == [True, False]
    assert Snapshot.objects.count() == 1


def test_what_was_captured_verifies(server: RawServer) -> None:
    Capture.objects.all().delete()
    server.replies["/1.html"] = gzipped(article(1))
    server.replies["/old"] = redirect("/1.html")
    capture(f"{server.url}/old", f"{server.url}/1.html")
    assert verify_archive().damaged == []


def test_without_an_address_it_is_wrong_usage() -> None:
    assert capture().exit_code == 2
