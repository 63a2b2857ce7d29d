"""A picture of a report gets the capture that holds it, if it is one that can be shown."""

from __future__ import annotations

import pytest

from tests.engine.archive.responses import response
from tests.library.factories import make_picture, make_snapshot
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Picture
from wellspring.library.services.captures import record_capture
from wellspring.library.services.pictures import fill_picture

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n"


def filled(content: bytes, *, packed: bool = False) -> Picture:
    picture = make_picture(make_snapshot(), fetched=False)
    sent = response(content, url=picture.url, packed=packed)
    fill_picture(picture.pk, record_capture(sent, kind=CaptureKind.PICTURE, requested_url=picture.url))
    picture.refresh_from_db()
    return picture


@pytest.mark.parametrize("packed", [False, True])
def test_a_picture_is_kept(packed: bool) -> None:
    picture = filled(PNG, packed=packed)
    assert picture.capture is not None
    assert picture.error_code == ""


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html>no picture here</html>", b"\x00"])
def test_what_is_not_shown_as_a_picture_is_given_up(content: bytes) -> None:
    picture = filled(content)
    assert (picture.capture, picture.error_code) == (None, "not_a_picture")


def test_a_picture_that_has_its_capture_keeps_it() -> None:
    picture = filled(PNG)
    first = picture.capture
    fill_picture(picture.pk, record_capture(response(PNG + b"2"), kind=CaptureKind.PICTURE, requested_url=picture.url))
    picture.refresh_from_db()
    assert picture.capture == first
