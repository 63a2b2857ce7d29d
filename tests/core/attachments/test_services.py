"""Files handed in: what is taken and what is refused with what to do, pictures without their secrets, bombs not lit."""

from __future__ import annotations

import dataclasses
import io
import os
import time
from typing import Any

import pytest
from PIL import Image

from tests.core.attachments import samples
from wellspring.core.attachments import errors, files
from wellspring.core.attachments.purposes import AttachmentPurpose, register_attachment_purposes
from wellspring.core.attachments.services import (
    keep_attachment,
    prepare_attachment,
    remove_attachment,
    store_attachment,
)
from wellspring.core.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _purposes() -> None:
    register_attachment_purposes(
        AttachmentPurpose("test.paper", lambda viewer, attachment: True, most_bytes=20_000_000),
        AttachmentPurpose("test.face", lambda viewer, attachment: True, pictures_only=True, square=64),
    )


def store(data: bytes, name: str = "文件", purpose: str = "test.paper") -> Attachment:
    return store_attachment(actor_user=None, file=io.BytesIO(data), name=name, purpose=purpose)


def kept(attachment: Attachment) -> bytes:
    return files.path_of(attachment.digest).read_bytes()


def test_place_camera_and_comment_are_gone_from_a_photo() -> None:
    before = samples.photo()
    assert b"CAMERA-MAKER" in before
    assert b"SECRET-COMMENT" in before
    after = kept(store(before, "我家.jpg"))
    picture = Image.open(io.BytesIO(after))
    assert not picture.getexif()
    assert b"CAMERA-MAKER" not in after
    assert b"SECRET-COMMENT" not in after


def test_a_photo_is_turned_the_right_way_up_before_that_is_forgotten() -> None:
    stored = store(samples.photo(60, 40, turned=True))
    assert (stored.width, stored.height) == (40, 60)
    picture = Image.open(io.BytesIO(kept(stored))).convert("RGB")
    right, left = picture.getpixel((37, 30)), picture.getpixel((3, 30))
    assert isinstance(right, tuple)
    assert isinstance(left, tuple)
    assert right[0] > right[2], "what was above is on the right after a quarter turn"
    assert left[2] > left[0]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_a_still_is_kept(kind: str) -> None:
    picture = Image.open(io.BytesIO(kept(store(samples.moving(kind)))))
    assert getattr(picture, "n_frames", 1) == 1


def test_a_huge_photo_is_made_smaller_and_a_face_is_cut_square() -> None:
    stored = store(samples.photo(4000, 3000))
    assert (stored.width, stored.height) == (2560, 1920)
    face = store(samples.photo(300, 200), purpose="test.face")
    assert (face.width, face.height) == (64, 64)


def test_a_picture_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = samples.png_bomb()
    began = time.perf_counter()
    with pytest.raises(errors.FileTooLarge, match="像素"):
        store(bomb)
    with pytest.raises(errors.FileTooLarge):
        store(samples.png_bomb(8_000, 8_000))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", errors.FileEmpty, "空"),
        (samples.SVG, errors.KindRefused, "SVG"),
        (b"  \n<svg onload=alert(1)>", errors.KindRefused, "SVG"),
        (b"<!DOCTYPE html><script>alert(1)</script>", errors.KindRefused, "PNG"),
        (samples.HEIC, errors.KindRefused, "HEIC"),
        (samples.OLD_WORD, errors.KindRefused, "docx"),
        (samples.PROGRAM, errors.KindRefused, "PDF"),
        (b"PK\x03\x04 broken", errors.FileDamaged, "损坏"),
        (samples.packed({"a.txt": b"x"}), errors.KindRefused, "zip"),
        (samples.zip_bomb(), errors.FileTooLarge, "解压"),
        (samples.with_macros(), errors.KindRefused, "宏"),
        (samples.photo()[:300], errors.FileDamaged, "损坏"),
        (b"\xff\xd8\xff" + b"\0" * 500, errors.FileDamaged, "损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, errors.FileDamaged, "损坏"),
        (b"plain text", errors.KindRefused, "PDF"),
    ],
)
def test_what_is_not_taken_is_told_with_what_to_do(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        store(data, "照片.jpg")
    assert not Attachment.objects.exists()


def test_more_bytes_than_are_taken_are_not_even_read() -> None:
    class Counting(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size <= 20_000_001
            return super().read(size)

    with pytest.raises(errors.FileTooLarge, match="20"):
        store_attachment(
            actor_user=None, file=Counting(b"%PDF-1.7" + b"\0" * 21_000_000), name="x.pdf", purpose="test.paper"
        )


def test_only_pictures_become_a_face() -> None:
    with pytest.raises(errors.KindRefused):
        store(samples.PDF, "face.jpg", purpose="test.face")


@pytest.mark.parametrize(
    ("data", "name", "content_type", "called"),
    [
        (samples.PDF, "通知.pdf", "application/pdf", "通知.pdf"),
        (samples.photo(), "photo.exe", "image/jpeg", "photo.jpg"),
        (samples.PDF, "../../etc/passwd", "application/pdf", "passwd.pdf"),
        (samples.PDF, "C:\\文档\\总结.docx", "application/pdf", "总结.pdf"),
        (samples.PDF, "a\u202egpj.pdf", "application/pdf", "agpj.pdf"),
        (samples.PDF, '<b>"x"\r\n\0', "application/pdf", "bx.pdf"),
        (samples.PDF, "...", "application/pdf", "文件.pdf"),
        (samples.PDF, "长" * 500, "application/pdf", "长" * 100 + ".pdf"),
    ],
)
def test_content_decides_the_kind_and_the_name_is_made_harmless(
    data: bytes, name: str, content_type: str, called: str
) -> None:
    stored = store(data, name)
    assert (stored.content_type, stored.name) == (content_type, called)


def test_a_spreadsheet_is_known_by_what_is_in_it() -> None:
    stored = store(samples.sheet(), "花名册.zip")
    assert stored.name == "花名册.xlsx"
    assert kept(stored) == samples.sheet() or kept(stored)[:2] == b"PK"


def test_a_picture_that_is_also_something_else_is_only_a_picture_afterwards() -> None:
    polyglot = samples.photo() + b"<script>alert(1)</script>" + samples.packed({"evil.js": b"alert(1)"})
    after = kept(store(polyglot, "x.html"))
    assert b"<script>" not in after
    assert b"PK\x03\x04" not in after


def test_the_same_bytes_lie_on_disk_once_and_go_when_nobody_speaks_of_them() -> None:
    first, second = store(samples.PDF), store(samples.PDF)
    assert first.digest == second.digest
    assert first.key != second.key
    path = files.path_of(first.digest)
    later = time.time() + 7200
    remove_attachment(first)
    files.sweep(now=later)
    assert path.exists(), "the second still has it"
    remove_attachment(second)
    files.sweep()
    assert path.exists(), "it may be on its way in again"
    files.sweep(now=later)
    assert not path.exists()


def test_a_file_that_comes_again_while_it_is_swept_stays() -> None:
    prepared = prepare_attachment(file=io.BytesIO(samples.PDF), name="x", purpose="test.paper")
    path = files.path_of(prepared.digest)
    os.utime(path, (1, 1))
    again = prepare_attachment(file=io.BytesIO(samples.PDF), name="x", purpose="test.paper")
    files.sweep()
    assert path.exists()
    assert keep_attachment(again, actor_user=None).digest == prepared.digest


@pytest.fixture
def scanner(settings: Any, tmp_path: Any) -> Any:
    def use(script: str) -> None:
        command = tmp_path / "scan"
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(0o755)
        settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, scan=str(command))

    return use


def test_a_scanner_sees_the_file_as_it_came_and_decides(scanner: Any) -> None:
    scanner('grep -q EVIL "$1" && exit 1; grep -q CAMERA "$1" && exit 0; exit 2')
    store(samples.photo())
    with pytest.raises(errors.FileInfected):
        store(samples.PDF + b"EVIL")


@pytest.mark.parametrize("script", ["exit 2", "kill -9 $$", "sleep 0; exit 127"])
def test_where_the_scanner_cannot_tell_nothing_is_taken(scanner: Any, script: str) -> None:
    scanner(script)
    with pytest.raises(errors.ScannerSilent):
        store(samples.PDF)
