"""Portraits and how files are served: only to whom may see them, never as something that runs."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from PIL import Image

from tests.core.attachments import samples
from tests.people.factories import make_member, make_org
from wellspring.core.models import Attachment, AuditEntry, User

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hand_in(client: Client, data: bytes, name: str = "me.jpg") -> object:
    return client.post("/account/portrait/", {"picture": SimpleUploadedFile(name, data)})


def test_a_portrait_is_handed_in_shown_to_colleagues_and_to_nobody_else() -> None:
    member = make_member("worker")
    hand_in(client_of(member.user), samples.photo(200, 300))
    member.user.refresh_from_db()
    address = f"/files/{member.user.portrait_id}/"
    answer = client_of(make_member("worker").user).get(address)
    assert answer.status_code == 200
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert picture.size == (384, 384)
    stranger = make_member("leader", org=make_org("荷塘社区")).user
    observer = make_member("observer").user
    for nobody in (stranger, observer):
        assert client_of(nobody).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_of(member.user).get("/files/guessed/").status_code == 404


def test_a_file_is_served_so_that_nothing_in_it_runs() -> None:
    member = make_member("worker")
    client = client_of(member.user)
    hand_in(client, samples.photo())
    key = Attachment.objects.get().key
    answer = client.get(f"/files/{key}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]
    assert client.get(f"/files/{key}/", headers={"if-none-match": answer["ETag"]}).status_code == 304
    Attachment.objects.update(content_type="application/pdf")
    assert client.get(f"/files/{key}/")["Content-Disposition"].startswith("attachment")


def test_what_cannot_be_taken_is_said_beside_the_field() -> None:
    client = client_of(make_member("worker").user)
    for data in (samples.SVG, b"", samples.png_bomb(), samples.PDF):
        page = client.post("/account/portrait/", {"picture": SimpleUploadedFile("x.png", data)})
        assert page.status_code == 200
        assert 'aria-invalid="true"' in page.content.decode()
    assert not Attachment.objects.exists()


def test_a_new_portrait_takes_the_place_of_the_old_and_can_be_removed() -> None:
    member = make_member("worker")
    client = client_of(member.user)
    hand_in(client, samples.photo(40, 40))
    first = Attachment.objects.get().key
    hand_in(client, samples.photo(50, 50))
    assert Attachment.objects.count() == 1
    assert client.get(f"/files/{first}/").status_code == 404
    client.post("/account/portrait/remove/")
    assert not Attachment.objects.exists()
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["people.portrait_set", "people.portrait_set", "people.portrait_removed"]


def test_who_has_no_portrait_is_shown_by_a_character_of_her_name() -> None:
    def shown(name: str) -> str:
        return Template("{% load portraits %}{% portrait user %}").render(Context({"user": User(full_name=name)}))

    assert ">徐<" in shown("小徐")
    assert ">宋<" in shown("老宋书记")
    assert ">小<" in shown("小")
    assert "&lt;" in shown("<b>")
