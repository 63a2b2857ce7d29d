"""What a file really is, by its content: pictures, PDF and office documents are taken, all else is refused."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import filetype
from django.utils.translation import gettext as _

from wellspring.core.attachments.errors import FileDamaged, FileTooLarge, KindRefused

PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = {
    "application/pdf": "pdf",
    f"{_OFFICE}wordprocessingml.document": "docx",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx",
    f"{_OFFICE}presentationml.presentation": "pptx",
}
ENDINGS = PICTURES | DOCUMENTS
LONGEST_NAME = 100
_MOST_UNPACKED = 300_000_000
_MOST_PARTS = 5_000
_MOST_TIMES_LARGER = 200
_TEXT_THAT_RUNS = re.compile(rb"<\s*(svg|html|script|!doctype|\?xml)", re.I)
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OF_ENDING = {ending: kind for kind, ending in ENDINGS.items()}


def kind_of(data: bytes) -> str:
    """The content type of a file that is taken, one of ENDINGS.

    Raises KindRefused, FileDamaged, FileTooLarge for documents that unpack to too much.
    """
    if data[:4] == b"PK\x03\x04":
        return _office_kind(data)
    guessed = filetype.guess_mime(data)
    if guessed == "image/apng":
        return "image/png"
    if guessed in PICTURES or guessed == "application/pdf":
        return str(guessed)
    if guessed in {"image/heic", "image/heif", "image/avif"}:
        raise KindRefused(
            _(
                "This picture is in the format HEIC, which few computers show. On an iPhone choose Settings › Camera › "
                "Formats › Most Compatible, or send yourself the picture and save it as JPEG."
            )
        )
    if _TEXT_THAT_RUNS.search(data[:2000]):
        raise KindRefused(_("SVG and web pages can carry programs and are not taken. Save the picture as PNG or JPEG."))
    if guessed in {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"} or data[:8] == (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    ):
        raise KindRefused(_("This is an old Office format. Open it and save it as .docx, .xlsx or .pptx, or as PDF."))
    raise KindRefused(_("This kind of file is not taken. Pictures, PDF, Word, Excel and PowerPoint files are."))


def harmless_name(name: str, content_type: str) -> str:
    """The file's own name without folders, control and direction characters, ending as its content wants it."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        character for character in last if unicodedata.category(character)[0] != "C" and character not in '<>:"|?*'
    )
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", kept).strip(". ")[:LONGEST_NAME]
    return f"{stem or _('file')}.{ENDINGS[content_type]}"


def _office_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise FileDamaged(_("This file is damaged: it cannot be opened. Save it again and try once more.")) from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or unpacked > _MOST_TIMES_LARGER * len(data) + 10_000_000:
        raise FileTooLarge(_("Unpacked, this file is far larger than it looks. It is not taken."))
    names = {part.filename for part in parts}
    found = next((ending for part, ending in _PARTS.items() if part in names), None)
    if found is None or "[Content_Types].xml" not in names:
        raise KindRefused(_("Packed files (zip) are not taken. Hand in the documents one by one."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise KindRefused(_("This document carries macros. Save it without them (.docx, .xlsx, .pptx)."))
    return _OF_ENDING[found]
