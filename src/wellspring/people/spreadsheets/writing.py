"""Excel files that the office takes home: the empty template and the exported list."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from wellspring.people.models import Member, RoleName
from wellspring.people.spreadsheets.columns import COLUMNS, SHEET, role_labels
from wellspring.people.spreadsheets.reading import MOST_ROWS

_HEAD = PatternFill("solid", fgColor="E4EFE6")
_TEXT = "@"
_INJECTED = re.compile(r"[=@\t\r\n]|[+-](?![\d\s()-]*$)")
"""What a spreadsheet might take for a formula when the list is saved as something else and opened again."""


def staff_template(*, units: Sequence[str], roles: Sequence[RoleName]) -> bytes:
    """The empty list with lists to choose from, and a sheet that says how to fill it in."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, place, column.heading + ("*" if column.is_required else ""))
        cell.font, cell.fill = Font(bold=True), _HEAD
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        for line in range(2, 202):
            sheet.cell(line, place).number_format = _TEXT
    sheet.freeze_panes = "A2"
    labels = role_labels()
    lists = book.create_sheet("选项")
    for place, words in enumerate((units, [labels[role] for role in roles], ["是", "否"]), start=1):
        for line, word in enumerate(words, start=1):
            lists.cell(line, place, safe(word)).data_type = "s"
    lists.sheet_state = "hidden"
    for field, place, count in (("org", 1, len(units)), ("roles", 2, len(roles)), ("is_generalist", 3, 2)):
        if count:
            letter = get_column_letter(place)
            choice = DataValidation("list", formula1=f"'选项'!${letter}$1:${letter}${count}", allow_blank=True)
            choice.showErrorMessage = field == "is_generalist"  # several roles, or a unit with its parent, may be typed
            here = get_column_letter(1 + [column.field for column in COLUMNS].index(field))
            sheet.add_data_validation(choice)
            choice.add(f"{here}2:{here}{MOST_ROWS + 1}")
    explain(book, _lines([labels[role] for role in roles]))
    return packed(book)


def people_list(members: Iterable[Member], *, exporter: str) -> bytes:
    """The list of members as a sheet: every cell is text, nothing in it is a formula; the last row says who and when.

    Reads user, org and roles of each.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)

    def cell(value: str, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, value=safe(value))
        made.data_type, made.number_format = "s", _TEXT
        if bold:
            made.font, made.fill = Font(bold=True), _HEAD
        return made

    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.append([cell(column.heading, bold=True) for column in COLUMNS])
    labels, count = role_labels(), 0
    for member in members:
        values = {
            "full_name": member.user.get_full_name(),
            "username": member.user.username,
            "phone": member.phone,
            "email": member.user.email,
            "org": member.org.name,
            "post": member.post,
            "roles": "、".join(labels[RoleName(role.name)] for role in member.roles.all()),
            "joined_on": member.joined_on.isoformat(),
            "is_generalist": "是" if member.is_generalist else "否",
        }
        sheet.append([cell(values[column.field]) for column in COLUMNS])
        count += 1
    now = timezone.localtime()
    sheet.append([])
    sheet.append(
        [
            cell(
                _("%(count)s people · exported by %(name)s · %(moment)s")
                % {"count": count, "name": exporter, "moment": f"{now:%Y-%m-%d %H:%M}"}
            )
        ]
    )
    return packed(book)


def safe(text: str) -> str:
    """Text that stays text: what begins like a formula gets an apostrophe before it; what XML cannot hold goes."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return f"'{text}" if _INJECTED.match(text) else text


def _lines(roles: list[str]) -> list[tuple[str, str]]:
    return [
        ("姓名*", "必填。两字姓名中间的空格会自动去掉。"),
        ("用户名", "用于登录，可留空，系统按姓名拼音生成（如 lifang）。不能与已有用户名重复。"),
        ("手机号", "请保持为文本格式，避免变成科学计数。"),
        ("邮箱", "可留空。"),
        ("所属单位*", "必填，从列表选择。有重名单位时写上级，如“胜浦街道/园东社区”。"),
        ("岗位", "可留空，如“网格员”。"),
        ("角色", "留空为“社工”。可填多个，用顿号分开。可用角色：" + "、".join(roles) + "。"),
        ("入职日期", "留空为导入当天。可写 2025-03-05、2025/3/5 或 2025年3月5日。"),
        ("全科社工", "填“是”或“否”，留空为“否”。"),
        ("注意", f"不要合并单元格，不要使用公式，不要改动表头；一次最多 {MOST_ROWS} 行。"),
        ("注意", "上传后先显示检查结果，确认后才写入；有一行出错则全部不写入。"),
    ]


def explain(book: Workbook, lines: list[tuple[str, str]]) -> None:
    """A sheet 填写说明 that says, column by column, what is to be entered."""
    sheet = book.create_sheet("填写说明")
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 76
    for number, (name, text) in enumerate(lines, start=1):
        sheet.cell(number, 1, name).font = Font(bold=True)
        sheet.cell(number, 2, text).alignment = Alignment(wrap_text=True, vertical="top")


def packed(book: Workbook) -> bytes:
    """The file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
