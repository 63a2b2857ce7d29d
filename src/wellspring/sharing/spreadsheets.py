"""Figures of sessions and ideas as files that the office takes home: Excel with a sheet for each table, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from wellspring.people.spreadsheets.writing import safe
from wellspring.sharing.queries.figures import Figures, Tally
from wellspring.sharing.queries.speaking import Spoken

_HEAD = PatternFill("solid", fgColor="E4EFE6")
Row = list[str | int | float | None]


def figures_book(figures: Figures, spoken: Sequence[Spoken], *, about: str) -> bytes:
    """The figures as .xlsx; who has spoken is left out where `spoken` is empty. `about`: of what, by whom, when."""
    book = Workbook(write_only=True)
    _sheet(book, _("By month"), [[_("Month"), *tally_heads()], *_months(figures)], about)
    units: list[Row] = [[unit.name, *_values(tally)] for unit, tally in figures.by_unit]
    _sheet(book, _("By unit"), [[_("Unit"), *tally_heads()], *units], about)
    states: list[Row] = [[str(status.label), count] for status, count in figures.by_state]
    _sheet(book, _("Ideas by state"), [[_("State"), pgettext("count", "Ideas")], *states], about)
    waits = [
        (_("Until the first decision"), figures.until_decided),
        (_("Until it is in the plan"), figures.until_adopted),
        (_("Until the result"), figures.until_reported),
    ]
    rows: list[Row] = [[name, wait.days, wait.count] for name, wait in waits]
    _sheet(book, _("Waiting"), [["", _("Days (median)"), pgettext("count", "Ideas")], *rows], about)
    if spoken:
        people: list[Row] = [
            [each.member.user.get_full_name(), each.talks, each.last_on.isoformat() if each.last_on else "", each.ideas]
            for each in spoken
        ]
        _sheet(
            book, _("Speaking"), [[_("Name"), _("Talks"), _("Last talk"), pgettext("count", "Ideas")], *people], about
        )
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def figures_csv(figures: Figures) -> bytes:
    """The months as CSV, as Excel opens it."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([_("Month"), *tally_heads()])
    writer.writerows(_months(figures))
    return lines.getvalue().encode("utf-8-sig")


def tally_heads() -> list[str]:
    """What the numbers of a tally are called, in the order of `Tally`."""
    return [
        _("Sessions held"),
        _("Attendances"),
        _("Talks given"),
        _("Ideas handed in"),
        _("Golden ideas"),
        _("In the plan or done"),
        _("Reported back"),
    ]


def _months(figures: Figures) -> list[Row]:
    return [[_month(month), *_values(tally)] for month, tally in figures.by_month]


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


def _values(tally: Tally) -> list[int]:
    return [int(getattr(tally, name)) for name in Tally.__slots__]


def _sheet(book: Workbook, name: str, rows: Sequence[Sequence[str | int | float | None]], about: str) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=safe(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            if not number:
                cell.font, cell.fill = Font(bold=True), _HEAD
            cells.append(cell)
        sheet.append(cells)
    sheet.append([])
    sheet.append([safe(about)])
