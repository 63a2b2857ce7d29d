"""A plan as Excel file: the empty template, and the exported plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from wellspring.people.spreadsheets.reading import MOST_ROWS
from wellspring.people.spreadsheets.writing import explain, packed, safe
from wellspring.plan.measure import told_number
from wellspring.plan.models import PlanItem, WorkPlan
from wellspring.plan.spreadsheets.columns import COLUMNS, EXPORTED, SHEET

_HEAD = PatternFill("solid", fgColor="E4EFE6")
_TEXT = "@"
_TEMPLATE_LINES = 200


def plan_template(plan: WorkPlan, *, owners: Sequence[str], topics: Sequence[str]) -> bytes:
    """The empty list with people and topics to choose from, and a sheet that says how to fill it in."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, place, column.heading + ("*" if column.is_required else ""))
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        for line in range(2, _TEMPLATE_LINES + 2):
            sheet.cell(line, place).number_format = _TEXT
    sheet.freeze_panes = "A2"
    lists = book.create_sheet("选项")
    for place, words in enumerate((owners, topics), start=1):
        for line, word in enumerate(words, start=1):
            lists.cell(line, place, safe(word)).data_type = "s"
    lists.sheet_state = "hidden"
    for field, place, count in (("owner", 1, len(owners)), ("topic", 2, len(topics))):
        if count:
            letter = get_column_letter(place)
            choice = DataValidation("list", formula1=f"'选项'!${letter}$1:${letter}${count}", allow_blank=True)
            choice.showErrorMessage = False  # a name with her post may be typed
            here = get_column_letter(1 + [column.field for column in COLUMNS].index(field))
            sheet.add_data_validation(choice)
            choice.add(f"{here}2:{here}{MOST_ROWS + 1}")
    explain(book, _lines(plan))
    return packed(book)


def plan_list(
    plan: WorkPlan, items: Iterable[PlanItem], *, origins: Mapping[tuple[str, int], str], exporter: str
) -> bytes:
    """The plan as a sheet: every cell is text, nothing in it is a formula; the last row says who and when.

    Reads owner, co-owners and topic of each, `value_now`, and `outcome` where there is one. `origins`: title by kind
    and id.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)

    def cell(value: str, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, value=safe(value))
        made.data_type, made.number_format = "s", _TEXT
        if bold:
            made.font, made.fill = Font(bold=True), _HEAD
        return made

    columns = (*COLUMNS, *EXPORTED)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.append([cell(column.heading, bold=True) for column in columns])
    count = 0
    with override("zh-hans"):
        for item in items:
            values = _values(item, origins)
            sheet.append([cell(values[column.field]) for column in columns])
            count += 1
    now = timezone.localtime()
    sheet.append([])
    said = _("%(plan)s · %(count)s items · exported by %(name)s · %(moment)s") % {
        "plan": plan.name,
        "count": count,
        "name": exporter,
        "moment": f"{now:%Y-%m-%d %H:%M}",
    }
    sheet.append([cell(said)])
    return packed(book)


def _values(item: PlanItem, origins: Mapping[tuple[str, int], str]) -> dict[str, str]:
    outcome = getattr(item, "outcome", None)
    value = getattr(item, "value_now", None)
    return {
        "goal": item.goal,
        "measure": item.measure,
        "unit": item.unit,
        "baseline": told_number(item.baseline),
        "target": told_number(item.target),
        "owner": item.owner.user.get_full_name(),
        "co_owners": "、".join(member.user.get_full_name() for member in item.co_owners.all()),
        "due_on": item.due_on.isoformat(),
        "topic": item.topic.name if item.topic else "",
        "details": item.details,
        "state": str(item.get_state_display()),
        "value": told_number(value),
        "verdict": str(outcome.get_verdict_display()) if outcome else "",
        "outcome": outcome.text if outcome else "",
        "origin": origins.get((item.origin_kind, item.origin_id or 0), ""),
    }


def _lines(plan: WorkPlan) -> list[tuple[str, str]]:
    return [
        ("目标*", "必填。一句话写清做完以后会有什么不同，最多 120 个字。"),
        ("衡量指标", "数什么，如“每日助餐人数”。填了目标值就必须填。"),
        ("单位", "如：人、户、%。"),
        ("基线值", "现在是多少，只填数字。"),
        ("目标值", "要做到多少，只填数字。"),
        ("责任人*", "必填，从列表选择。本单位有重名时写“姓名（岗位）”。"),
        ("协办人", "可填多人，用顿号分开。"),
        ("完成期限*", f"必填，如 2025-03-05 或 2025年3月5日；不早于 {plan.starts_on:%Y-%m-%d}。"),
        ("主题", "可留空，从列表选择。"),
        ("说明", "可留空，写具体做法。"),
        ("注意", f"不要合并单元格，不要使用公式，不要改动表头；一次最多 {MOST_ROWS} 行。"),
        ("注意", "上传后先显示检查结果，确认后才写入；有一行出错则全部不写入。"),
    ]
