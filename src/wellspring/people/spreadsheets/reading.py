"""A filled-in list of the office, read row by row: bounded in time and memory, formulas never evaluated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from wellspring.people.errors import ImportProblem
from wellspring.people.spreadsheets.columns import BY_HEADING, COLUMNS, SHEET, Column, plain_text_of

MOST_ROWS = 2000
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
_MOST_PARTS = 1000
_MOST_COLUMNS = 60
_MOST_LINES = 20_000
"""Lines of the sheet that are looked at, empty ones included."""
_HEADING_LINES = 5
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One line of the list: cells by field; and what is wrong with the cells themselves, by field."""

    number: int
    """As Excel counts, from 1."""
    cells: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListLayout:
    """What a list looks like."""

    sheet: str
    """Name of the sheet that is looked at first."""
    columns: tuple[Column, ...]
    by_heading: Mapping[str, Column]
    """Every heading that is understood."""


STAFF_LIST = ListLayout(SHEET, COLUMNS, BY_HEADING)


def read_staff_list(file: IO[bytes]) -> list[RawRow]:
    """The lines of a staff list, see `read_list`."""
    return read_list(file, STAFF_LIST)


def read_list(file: IO[bytes], layout: ListLayout) -> list[RawRow]:
    """The lines of the list. Raises ImportProblem where the file as a whole cannot be read, saying what to do."""
    from openpyxl import load_workbook  # a large library, and most pages read no spreadsheet
    from openpyxl.utils.exceptions import InvalidFileException

    _check_kind(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            name, line, columns = _find_list(book, layout)
            merged = _merged_below(file, name, line)
            if merged:
                raise ImportProblem(
                    _("There are merged cells in the list: %(cells)s. Split them and fill in every row.")
                    % {"cells": _listed(merged)},
                    code="merged_cells",
                )
            return list(_rows(book[name], line, columns))
        finally:
            book.close()
    except ImportProblem:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        SyntaxError,  # of both XML parsers
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        EOFError,
        OSError,
    ) as wrong:
        raise ImportProblem(
            _("This file is damaged or no Excel file. Open it in Excel or WPS, save it as .xlsx, and try again."),
            code="unreadable",
        ) from wrong


def _check_kind(file: IO[bytes]) -> None:
    start = file.read(8)
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise ImportProblem(_("The file is empty."), code="empty")
    if size > MOST_BYTES:
        raise ImportProblem(
            _("The file has more than %(size)s MB. Leave only the list in it, without pictures.")
            % {"size": MOST_BYTES // 1024 // 1024},
            code="too_large",
        )
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportProblem(
            _("This is an old .xls file or one with a password. Save it as .xlsx without a password."), code="old_excel"
        )
    if not start.startswith(b"PK"):
        raise ImportProblem(
            _("This is no Excel file (.xlsx). Fill in the template, or save your table as .xlsx."), code="not_excel"
        )
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ImportProblem(
                    _("Unpacked, this file is far too large. Copy the list into the template."),
                    code="too_large",
                )
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise ImportProblem(
                    _("This is no Excel file (.xlsx). Fill in the template, or save your table as .xlsx."),
                    code="not_excel",
                )
    except (zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise ImportProblem(
            _("This file is damaged or no Excel file. Open it in Excel or WPS, save it as .xlsx, and try again."),
            code="unreadable",
        ) from wrong
    file.seek(0)


def _find_list(book: Any, layout: ListLayout) -> tuple[str, int, dict[int, Column]]:
    """Sheet, line of its headings, and which column is which."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets.sort(key=lambda sheet: sheet.title != layout.sheet)
    closest: tuple[str, set[str]] | None = None
    required = {column.heading for column in layout.columns if column.is_required}
    for sheet in sheets:
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_row=_HEADING_LINES, max_col=_MOST_COLUMNS), start=1):
            headings = [plain_text_of(cell.value).rstrip("*").strip() for cell in cells]
            columns = {
                place: layout.by_heading[text] for place, text in enumerate(headings) if text in layout.by_heading
            }
            missing = required - {column.heading for column in columns.values()}
            if not missing:
                _check_headings_once(columns)
                return sheet.title, line, columns
            if columns and (closest is None or len(missing) < len(closest[1])):
                closest = sheet.title, missing
    if closest is not None:
        raise ImportProblem(
            _("The sheet “%(sheet)s” has no column %(columns)s. Take the headings from the template.")
            % {"sheet": closest[0], "columns": _listed(sorted(closest[1]))},
            code="missing_headings",
        )
    raise ImportProblem(
        _("No sheet of this file holds the list (sheets: %(sheets)s). Fill in the sheet “%(wanted)s” of the template.")
        % {"sheets": _listed([sheet.title for sheet in book.worksheets]), "wanted": layout.sheet},
        code="wrong_sheet",
    )


def _check_headings_once(columns: dict[int, Column]) -> None:
    fields = [column.field for column in columns.values()]
    twice = {column.heading for column in columns.values() if fields.count(column.field) > 1}
    if twice:
        raise ImportProblem(
            _("Two columns mean the same: %(columns)s. Remove one of them.") % {"columns": _listed(sorted(twice))},
            code="heading_twice",
        )


def _rows(sheet: Any, heading_line: int, columns: dict[int, Column]) -> Iterator[RawRow]:
    found = 0
    width = max(columns) + 1
    for number, cells in enumerate(sheet.iter_rows(min_row=heading_line + 1, max_col=width), start=heading_line + 1):
        if number > _MOST_LINES:
            break
        row = RawRow(number, {})
        for place, cell in enumerate(cells):
            column = columns.get(place)
            if column is None or cell.value is None:
                continue
            row.cells[column.field] = cell.value
            if cell.data_type == "f":
                row.cells[column.field] = ""
                row.problems[column.field] = _("a formula; copy the column and paste it as values")
            elif cell.data_type == "e":
                row.cells[column.field] = ""
                row.problems[column.field] = _("an error of Excel's (%(text)s)") % {"text": str(cell.value)[:10]}
        if not row.problems and not any(plain_text_of(value) for value in row.cells.values()):
            continue
        found += 1
        if found > MOST_ROWS:
            raise ImportProblem(
                _("The list has more than %(rows)s rows. Divide it into several files.") % {"rows": MOST_ROWS},
                code="too_many_rows",
            )
        yield row


def _merged_below(file: IO[bytes], sheet: str, heading_line: int) -> list[str]:
    """Merged ranges of this sheet that reach below its headings; openpyxl's read-only sheets do not tell."""
    file.seek(0)
    with zipfile.ZipFile(file) as packed:
        book = ElementTree.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314  # expat bounds entities; size checked
        links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # as above
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        wanted = next(each.get(_LINK) for each in book.iter(f"{_MAIN}sheet") if each.get("name") == sheet)
        path = targets[wanted].lstrip("/")
        text = packed.read(path if path.startswith("xl/") else f"xl/{path}").decode("utf-8", "replace")
    ranges = re.findall(r"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d+:[A-Z]{1,3}(\d+))[\"']", text)
    return [cells for cells, last in ranges if int(last) > heading_line]


def _listed(words: list[str]) -> str:
    shown = "、".join(words[:5])
    return shown if len(words) <= 5 else f"{shown} …"
