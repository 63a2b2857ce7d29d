"""Excel files for tests: as an office fills them in, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("姓名", "用户名", "手机号", "邮箱", "所属单位", "岗位", "角色", "入职日期", "全科社工")


def book(
    *rows: Sequence[Any], headings: Sequence[str] = HEADINGS, sheet: str = "人员", merged: Sequence[str] = ()
) -> io.BytesIO:
    """An .xlsx with these rows below the headings."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    packed = io.BytesIO()
    made.save(packed)
    packed.seek(0)
    return packed


def with_part(packed: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The same file with one part of the archive put in or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    made.seek(0)
    return made
