"""The columns of a staff list, and what an office writes into them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from wellspring.people.models import RoleName

SHEET = "人员"
"""Name of the sheet with the list; Chinese whatever the page's language: so the office's templates are."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, the heading of the template and other headings that are understood."""

    field: str
    heading: str
    also: tuple[str, ...] = ()
    width: int = 14
    is_required: bool = False


COLUMNS = (
    Column("full_name", "姓名", ("名字",), is_required=True),
    Column("username", "用户名", ("账号", "登录名"), 16),
    Column("phone", "手机号", ("手机", "电话", "联系电话", "手机号码"), 16),
    Column("email", "邮箱", ("电子邮箱", "邮件"), 24),
    Column("org", "所属单位", ("单位", "社区", "部门"), 22, is_required=True),
    Column("post", "岗位", ("职务",), 18),
    Column("roles", "角色", (), 16),
    Column("joined_on", "入职日期", ("入职时间", "到岗日期"), 14),
    Column("is_generalist", "全科社工", (), 10),
)
BY_HEADING = {heading: column for column in COLUMNS for heading in (column.heading, *column.also)}

_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1950, 1, 1), date(2100, 1, 1)


def text_of(value: object) -> str:
    """What a cell says, spaces folded, none between Chinese characters; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        value = f"{value:%Y-%m-%d}"
    text = " ".join(str(value).replace("\u3000", " ").split())
    return re.sub(rf"(?<=[{_CHINESE}]) +(?=[{_CHINESE}])", "", text)


def plain_text_of(value: object) -> str:
    """As `text_of`, with full-width letters, digits and signs as the ordinary ones."""
    return text_of(unicodedata.normalize("NFKC", text_of(value)))


def day_of(value: object) -> date | None:
    """A day from an Excel date, its number, or text as the office writes it; None for an empty cell.

    Raises ValueError saying what is wrong.
    """
    if isinstance(value, datetime):
        return _in_bounds(value.date())
    if isinstance(value, date):
        return _in_bounds(value)
    text = plain_text_of(value)
    if not text:
        return None
    if re.fullmatch(r"[1-6]\d{4}", text):  # days since 1900, a date cell without a date's format
        return _in_bounds(_EXCEL_EPOCH + timedelta(days=int(text)))
    found = re.fullmatch(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?", text)
    found = found or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        if found:
            return _in_bounds(date(*(int(part) for part in found.groups())))
    except ValueError:
        pass
    raise ValueError(_("“%(text)s” is no day. Write it as 2025-03-05.") % {"text": text[:20]})


def yes_or_no(value: object) -> bool:
    """Raises ValueError for what is neither."""
    text = plain_text_of(value).lower()
    if text in {"", "否", "no", "n", "0", "false", "无"}:
        return False
    if text in {"是", "yes", "y", "1", "true", "√", "✓"}:
        return True
    raise ValueError(_("Write 是 or 否, not “%(text)s”.") % {"text": text[:20]})


def roles_of(value: object) -> list[RoleName]:
    """Roles by their Chinese or English names, separated by 、 or commas; social worker for an empty cell.

    Raises ValueError for a word that is no role.
    """
    names = role_names()
    found = []
    for word in re.split(r"[、,，;；/|]+", plain_text_of(value)):
        word = word.strip().lower()
        if not word:
            continue
        if word not in names:
            known = "、".join(role_labels().values())
            raise ValueError(_("“%(word)s” is no role. There are: %(known)s.") % {"word": word[:20], "known": known})
        found.append(names[word])
    return list(dict.fromkeys(found)) or [RoleName.WORKER]


def role_labels() -> dict[RoleName, str]:
    """Each role's Chinese name, as it stands in the sheet."""
    with override("zh-hans"):
        return {role: str(role.label) for role in RoleName}


def role_names() -> dict[str, RoleName]:
    """Every word that means a role, in lower case."""
    names: dict[str, RoleName] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            names |= {str(role.label).lower(): role for role in RoleName}
    return names | {role.value: role for role in RoleName}


def _in_bounds(day: date) -> date:
    if not _EARLIEST <= day < _LATEST:
        raise ValueError(_("%(day)s is not a likely day. Check the year.") % {"day": day.isoformat()})
    return day
