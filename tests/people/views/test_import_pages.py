"""Staff lists in the browser's eyes: upload, dry run, taking over, sheet, export."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.people.factories import make_member
from tests.people.spreadsheets.books import book
from tests.web.pages import page, parsed, words
from wellspring.people.models import Member, StaffImport
from wellspring.people.services.forgetting import forget_old_imports

pytestmark = pytest.mark.django_db

FANG = ("李芳", "lifang", "13800001234", "", "柳湾社区", "网格员", "社工", "2024-03-05", "是")


@pytest.fixture
def client() -> Client:
    made = Client()
    made.force_login(make_member("leader", full_name="沈书记").user)
    return made


def uploaded(client: Client, *rows: tuple[object, ...]) -> str:
    """Address of the dry run."""
    file = SimpleUploadedFile("名单.xlsx", book(*rows).getvalue())
    answer = client.post("/manage/people/import/", {"file": file})
    assert answer.status_code == 302, words(parsed(answer), ".error-summary")
    return str(answer["Location"])


def test_a_list_is_checked_taken_over_and_a_sheet_printed(client: Client) -> None:
    address = uploaded(client, FANG, ("王强", "", "", "", "柳湾社区"))
    tree = page(client, address)
    assert "将添加 2 人" in words(tree, ".confirm")
    assert not Member.objects.filter(user__username="lifang").exists()
    done = client.post(address, follow=True)
    assert "已添加 2 人" in words(parsed(done), ".notice")
    sheet = parsed(client.post(f"{address}links/"))
    assert len(sheet.css(".slip svg.qr")) == 2
    assert "wangqiang" in words(sheet, ".slips")
    assert client.post(address).status_code == 422
    forget_old_imports()
    assert client.get(address).status_code == 200


def test_mistakes_are_shown_row_by_row_and_nothing_can_be_confirmed(client: Client) -> None:
    address = uploaded(client, FANG, ("", "x", "=1+1", "", "柳湾社区"))
    tree = page(client, address)
    assert tree.css_first(".confirm") is None
    assert [node.text() for node in tree.css(".row-wrong")] == [
        "姓名：未填写",
        "手机号：是公式；请复制该列并“粘贴为数值”",
    ]
    assert "李芳" not in words(tree, ".table")
    assert "李芳" in words(page(client, f"{address}?rows=all"), ".table")
    assert client.post(address).status_code == 422
    assert Member.objects.count() == 1


@pytest.mark.parametrize(("content", "said"), [(b"", "空"), (b"a,b\n1,2", ".xlsx"), (b"PK\x03\x04", "损坏")])
def test_a_file_that_is_no_list_is_refused_in_plain_words(client: Client, content: bytes, said: str) -> None:
    answer = client.post("/manage/people/import/", {"file": SimpleUploadedFile("名单.xlsx", content)})
    assert answer.status_code == 422
    assert said in words(parsed(answer), ".error-summary")
    assert client.post("/manage/people/import/", {}).status_code == 422


def test_a_list_is_seen_by_who_uploaded_it_only(client: Client) -> None:
    address = uploaded(client, FANG)
    other = Client()
    other.force_login(make_member("administrator").user)
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404
    assert StaffImport.objects.get().confirmed_at is None


def test_template_and_list_are_excel_files(client: Client) -> None:
    template = client.get("/manage/people/import/template/")
    assert load_workbook(io.BytesIO(template.content)).sheetnames[0] == "人员"
    exported = client.post("/manage/people/export/", {"q": "shen", "role": "", "unit": ""})
    assert "attachment" in exported["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(exported.content))["人员"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:2]] == ["沈书记"]
