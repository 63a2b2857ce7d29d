"""The columns of a plan in Excel, and what an office writes into them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from wellspring.people.spreadsheets.columns import Column, plain_text_of
from wellspring.people.spreadsheets.reading import ListLayout

SHEET = "工作计划"
"""Chinese whatever the page's language, as the office's templates are."""
COLUMNS = (
    Column("goal", "目标", ("工作目标", "事项", "工作内容"), 36, is_required=True),
    Column("measure", "衡量指标", ("指标",), 20),
    Column("unit", "单位", ("计量单位",), 8),
    Column("baseline", "基线值", ("基线", "现状值"), 10),
    Column("target", "目标值", (), 10),
    Column("owner", "责任人", ("负责人",), 12, is_required=True),
    Column("co_owners", "协办人", ("协办", "配合人"), 18),
    Column("due_on", "完成期限", ("完成时限", "截止日期", "期限"), 14, is_required=True),
    Column("topic", "主题", ("议题", "重点难点问题"), 14),
    Column("details", "说明", ("备注", "具体措施"), 40),
)
EXPORTED = (
    Column("state", "状态", (), 10),
    Column("value", "当前值", (), 10),
    Column("verdict", "结论", (), 10),
    Column("outcome", "成效", (), 40),
    Column("origin", "来源", (), 24),
)
"""What an exported plan says beyond the template; not read again."""
HEADINGS = {column.field: column.heading for column in COLUMNS}
LAYOUT = ListLayout(
    SHEET, COLUMNS, {heading: column for column in COLUMNS for heading in (column.heading, *column.also)}
)


def number_of(value: object) -> Decimal | None:
    """A number as a cell or a person writes it, thousands parted or not; None for an empty cell.

    Raises ValueError saying what is wrong.
    """
    text = plain_text_of(value).replace(",", "").replace(" ", "")
    if not text:
        return None
    try:
        number = Decimal(text).quantize(Decimal("0.01"))  # refuses what has more digits than it reckons with, too
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(_("“%(text)s” is no number; the unit has a column of its own.") % {"text": text[:20]})
    return number


def names_of(value: object) -> list[str]:
    """Names, separated by 、 or commas; each once."""
    words = re.split(r"[、,，;；/|]+", plain_text_of(value))
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))
