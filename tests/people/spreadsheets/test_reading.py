"""Reading a staff list: what an office may send, and what is refused in plain words."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tests.people.spreadsheets.books import HEADINGS, book, with_part
from wellspring.people.errors import ImportProblem
from wellspring.people.spreadsheets.columns import day_of, plain_text_of, roles_of, text_of
from wellspring.people.spreadsheets.reading import MOST_ROWS, read_staff_list

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(file: io.BytesIO) -> ImportProblem:
    with pytest.raises(ImportProblem) as caught:
        read_staff_list(file)
    return caught.value


def test_rows_are_read_with_their_numbers_and_empty_ones_left_out() -> None:
    rows = read_staff_list(book(("李芳", "lifang"), (), ("  ",), ("王强", None, 13800001234)))
    assert [row.number for row in rows] == [2, 5]
    assert rows[0].cells == {"full_name": "李芳", "username": "lifang"}
    assert rows[1].cells == {"full_name": "王强", "phone": 13800001234}


def test_headings_are_found_in_any_order_with_marks_and_other_words() -> None:
    rows = read_staff_list(
        book(("柳湾社区", "x", "李芳", "138"), headings=("单位 *", "别的", "姓 名＊", "联系电话"), sheet="Sheet1")
    )
    assert rows[0].cells == {"org": "柳湾社区", "full_name": "李芳", "phone": "138"}


def test_a_title_above_the_headings_is_stepped_over() -> None:
    rows = read_staff_list(book(HEADINGS, ("李芳",), headings=("柳湾社区人员名单",), merged=("A1:C1",)))
    assert [(row.number, row.cells["full_name"]) for row in rows] == [(3, "李芳")]


def test_formulas_are_named_and_never_evaluated() -> None:
    row = read_staff_list(book(('=HYPERLINK("http://x","李芳")', "lifang", "=1+1")))[0]
    assert set(row.problems) == {"full_name", "phone"}
    assert row.cells["phone"] == ""


def test_merged_cells_are_named() -> None:
    problem = refused(book(("李芳",), ("王强",), merged=("E2:E3",)))
    assert problem.code == "merged_cells"
    assert "E2:E3" in problem.message


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (io.BytesIO(b""), "empty"),
        (io.BytesIO("姓名,单位\n李芳,柳湾\n".encode()), "not_excel"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old_excel"),
        (io.BytesIO(b"PK\x03\x04 broken"), "unreadable"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "not_excel"),
    ],
)
def test_what_is_no_excel_file_is_told_so(file: io.BytesIO, code: str) -> None:
    assert refused(file).code == code


def test_an_open_document_renamed_is_told_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    packed.seek(0)
    assert refused(packed).code == "not_excel"


def test_a_sheet_without_a_list_is_named() -> None:
    problem = refused(book(("一月", 3), headings=("月份", "件数"), sheet="统计"))
    assert problem.code == "wrong_sheet"
    assert "统计" in problem.message


def test_missing_headings_are_named() -> None:
    problem = refused(book(("李芳", "138"), headings=("姓名", "手机号")))
    assert problem.code == "missing_headings"
    assert "所属单位" in problem.message


def test_two_columns_of_one_meaning_are_named() -> None:
    assert refused(book(("李芳", "x", "1", "2"), headings=("姓名", "单位", "手机", "电话"))).code == "heading_twice"


def test_a_long_list_is_refused_fast_and_in_little_memory() -> None:
    many = Workbook(write_only=True)
    sheet = many.create_sheet("人员")
    sheet.append(list(HEADINGS))
    for number in range(10_000):
        sheet.append(
            [f"李芳{number}", f"user{number}", "13800001234", "", "柳湾社区", "网格员", "社工", "2024-01-01", "否"]
        )
    packed = io.BytesIO()
    many.save(packed)
    packed.seek(0)
    tracemalloc.start()
    begun = time.process_time()
    problem = refused(packed)
    assert time.process_time() - begun < 20  # 1 s, and three times that while memory is counted
    assert tracemalloc.get_traced_memory()[1] < 40 * 1024 * 1024
    tracemalloc.stop()
    assert problem.code == "too_many_rows"
    assert str(MOST_ROWS) in problem.message


def test_a_bomb_is_not_unpacked() -> None:
    bomb = with_part(book(("李芳",)), "xl/worksheets/sheet1.xml", b" " * 70 * 1024 * 1024)
    assert len(bomb.getvalue()) < 200_000
    assert refused(bomb).code == "too_large"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_do_not_unfold(part: str) -> None:
    lines = ['<!DOCTYPE x [<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    sheet = f"<worksheet xmlns='{MAIN}'><sheetData>{cell}</sheetData></worksheet>"
    text = "".join([*lines, "]>", sheet])
    assert refused(with_part(book(("李芳",)), part, text.encode())).code == "unreadable"


def test_a_row_far_down_does_not_keep_the_reader_busy() -> None:
    far = Workbook()
    assert far.active is not None
    far.active.append(list(HEADINGS))
    far.active.append(["李芳", "", "", "", "柳湾社区"])
    far.active.cell(1_048_576, 1, "王强")
    packed = io.BytesIO()
    far.save(packed)
    packed.seek(0)
    begun = time.process_time()
    assert len(read_staff_list(packed)) == 1
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "20240305",
        "２０２４-０３-０５",
        45356,
        45356.0,
        date(2024, 3, 5),
        datetime(2024, 3, 5, 9),  # noqa: DTZ001  # Excel knows no zones
    ],
)
def test_days_are_understood_as_the_office_writes_them(cell: object) -> None:
    assert day_of(cell) == date(2024, 3, 5)


@pytest.mark.parametrize("cell", ["2024-02-30", "昨天", "3月5日", "1024-01-01", "2999年1月1日", "5/3/2024"])
def test_what_is_no_day_is_told(cell: object) -> None:
    with pytest.raises(ValueError):
        day_of(cell)
    assert day_of("") is None


def test_full_width_and_spaces_are_understood() -> None:
    assert plain_text_of("ｌｉｆａｎｇ１") == "lifang1"
    assert text_of(" 李　芳 ") == "李芳"
    assert text_of("Anna  Li") == "Anna Li"
    assert plain_text_of(13800001234.0) == "13800001234"
    assert [role.value for role in roles_of("社工、师傅，Observer")] == ["worker", "mentor", "observer"]
    assert [role.value for role in roles_of(None)] == ["worker"]
    with pytest.raises(ValueError, match="领导"):
        roles_of("领导")
