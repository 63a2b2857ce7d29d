"""The page as captured is shown only where it may be, only in a sandbox, and its bytes are those received."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.engine.archive.responses import response
from tests.library.factories import make_source
from tests.library.services.test_readings import page
from tests.people.factories import make_member
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Picture, Reuse, Snapshot
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import read_capture

pytestmark = pytest.mark.django_db

URL = "https://news.example.com/2025/0305/a.html"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def snapshot_of(content: bytes, *, reuse: str = Reuse.FULL_TEXT, packed: bool = False) -> Snapshot:
    sent = response(content, url=URL, packed=packed)
    capture = record_capture(sent, kind=CaptureKind.PAGE, source_id=make_source(reuse=reuse).pk, requested_url=URL)
    snapshot = read_capture(capture.pk).snapshot
    assert snapshot is not None
    return snapshot


def with_picture(content: bytes = PNG, **more: Any) -> Snapshot:
    snapshot = snapshot_of(page(extra='<p><img src="/img/a.png" width=600 height=400 alt="亭子"></p>'), **more)
    capture = record_capture(response(content), kind=CaptureKind.PICTURE, requested_url=URL)
    Picture.objects.filter(snapshot=snapshot).update(capture=capture)
    return snapshot


def members_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", dataclasses.replace(settings.ENVIRONMENT, members_only=True))


def test_the_bar_says_when_and_from_where_and_holds_the_page_in_a_sandbox(client: Client) -> None:
    snapshot = snapshot_of(page())
    text = client.get(f"/library/snapshots/{snapshot.pk}/original/").content.decode()
    assert URL in text
    assert '<time datetime="2025-03-05' in text
    frame = text.partition("<iframe")[2].partition(">")[0]
    assert 'sandbox=""' in frame
    assert f'src="/library/snapshots/{snapshot.pk}/original/page/"' in frame


def test_the_page_itself_may_do_nothing_and_sets_no_cookie(client: Client) -> None:
    snapshot = snapshot_of(page(extra="<script>alert(1)</script>"))
    answer = client.get(f"/library/snapshots/{snapshot.pk}/original/page/")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "script-src" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "坐下来商量" in answer.content.decode()
    assert b"<script" not in answer.content


def test_kept_pictures_are_shown_in_it(client: Client) -> None:
    snapshot = with_picture()
    answer = client.get(f"/library/snapshots/{snapshot.pk}/original/page/")
    assert f'src="/library/snapshots/{snapshot.pk}/pictures/1/"'.encode() in answer.content


def test_the_bytes_are_those_received_with_their_digest(client: Client) -> None:
    content = page()
    snapshot = snapshot_of(content, packed=True)
    answer = client.get(f"/library/snapshots/{snapshot.pk}/original/bytes")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="snapshot-{snapshot.pk}.html.gz"'
    assert gzip.decompress(answer.content) == content
    digest = hashlib.sha256(answer.content).digest()
    assert digest.hex() == snapshot.capture.payload_digest
    assert answer["Content-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"


@pytest.mark.parametrize("reuse", [Reuse.UNKNOWN, Reuse.EXCERPT, Reuse.LINK_ONLY])
@pytest.mark.parametrize("part", ["", "page/", "bytes"])
def test_where_the_publisher_has_not_allowed_it_the_original_address_is_all_there_is(
    client: Client, reuse: str, part: str
) -> None:
    snapshot = with_picture(reuse=reuse)
    answer = client.get(f"/library/snapshots/{snapshot.pk}/original/{part}")
    assert answer.status_code == 403
    assert URL in answer.content.decode()
    assert "厨余" not in answer.content.decode()
    assert client.get(f"/library/snapshots/{snapshot.pk}/pictures/1/").status_code == 404


def test_an_earlier_version_can_still_be_seen(client: Client) -> None:
    snapshot = with_picture()
    snapshot_of(page("改过的标题：坐下来慢慢商量"))
    snapshot.refresh_from_db()
    assert not snapshot.is_latest
    assert client.get(f"/library/snapshots/{snapshot.pk}/original/page/").status_code == 200
    assert client.get(f"/library/snapshots/{snapshot.pk}/pictures/1/").status_code == 200


def test_a_missing_snapshot_and_picture_answer_404(client: Client) -> None:
    snapshot = snapshot_of(page())
    for address in (
        "999999/original/",
        "999999/original/page/",
        "999999/original/bytes",
        f"{snapshot.pk}/pictures/1/",
        "999999/pictures/1/",
        f"{snapshot.pk}/pictures/999999999999999999/",
    ):
        assert client.get(f"/library/snapshots/{address}").status_code == 404, address


def test_damage_in_the_archive_is_told_and_no_traceback(client: Client) -> None:
    snapshot = snapshot_of(page())
    path = settings.ENVIRONMENT.archive / snapshot.capture.warc_file
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[snapshot.capture.warc_offset + 60] ^= 1
    try:
        path.write_bytes(damaged)
        answer = client.get(f"/library/snapshots/{snapshot.pk}/original/page/")
    finally:
        path.write_bytes(whole)
    assert answer.status_code == 500
    assert "record_damaged" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_a_picture_is_what_its_bytes_say(client: Client, content: bytes, media_type: str) -> None:
    snapshot = with_picture(content)
    answer = client.get(f"/library/snapshots/{snapshot.pk}/pictures/1/")
    assert answer["Content-Type"] == media_type
    assert answer.content == content
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert not answer.cookies
    again = client.get(f"/library/snapshots/{snapshot.pk}/pictures/1/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"<html><script>alert(1)</script>", b"BM bitmap", b"%PDF"]
)
def test_what_is_no_picture_is_not_served_as_one(client: Client, content: bytes) -> None:
    snapshot = with_picture(content)
    assert client.get(f"/library/snapshots/{snapshot.pk}/pictures/1/").status_code == 404


def test_a_closed_house_shows_nothing_to_guests(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_picture()
    members_only(monkeypatch)
    for part in ("original/", "original/page/", "original/bytes", "pictures/1/"):
        answer = client.get(f"/library/snapshots/{snapshot.pk}/{part}")
        assert answer.status_code == 302, part
        assert snapshot.title not in answer.content.decode()


def test_in_a_closed_house_pictures_of_a_captured_page_come_with_a_pass(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = with_picture()
    members_only(monkeypatch)
    client.force_login(make_member().user)
    shown = client.get(f"/library/snapshots/{snapshot.pk}/original/page/").content.decode()
    address = shown.partition('src="')[2].partition('"')[0]
    assert address.startswith(f"/library/snapshots/{snapshot.pk}/pictures/1/?pass=")
    guest = Client()
    answer = guest.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private")
    assert guest.get(address.replace("pictures/1/", "pictures/2/")).status_code == 302
    assert guest.get(address + "x").status_code == 302
