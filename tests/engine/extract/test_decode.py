"""The encoding of a page is what its bytes are in."""

import pytest

from tests.engine.extract.pages import PARAGRAPHS, page, texts
from wellspring.engine.extract import extract

TRADITIONAL = (
    "昨天上午，社區的議事長廊裡坐滿了人，居民代表和社工們圍著一張長桌，討論樓道裡越堆越多的舊傢俱應該怎麼辦。" * 2
)


def declared(name: str) -> str:
    return page(head=f'<meta http-equiv="Content-Type" content="text/html; charset={name}">')


@pytest.mark.parametrize(
    ("said", "really", "told"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("no-such-thing", "gb18030", "gb18030"),
        ("base64", "gb18030", "gb18030"),
        ("utf-8", "utf-16-le", "utf-16-le"),
    ],
)
def test_the_bytes_decide_whatever_is_declared(said: str, really: str, told: str) -> None:
    record = extract(declared(said).encode(really))
    assert record.encoding == told
    assert texts(record) == list(PARAGRAPHS)


@pytest.mark.parametrize("said", ["gb2312", "utf-8", "big5"])
def test_big5_is_told_from_gbk(said: str) -> None:
    record = extract(
        page(f"<p>{TRADITIONAL}</p>", title="樓道裡的舊傢俱", head=f'<meta charset="{said}">').encode("big5", "ignore")
    )
    assert record.encoding == "big5hkscs"
    assert texts(record) == [TRADITIONAL]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert texts(extract(declared("gb2312").encode(encoding))) == list(PARAGRAPHS)


def test_a_rare_character_outside_gb2312_is_read() -> None:
    record = extract(page(f"<p>居民王喆和周玥说，镕字、堃字、𠮷字都在名册里。{PARAGRAPHS[0]}</p>").encode("gb18030"))
    assert "𠮷字" in texts(record)[0]


def test_utf8_with_a_character_cut_in_two_stays_utf8() -> None:
    content = page(after="<div>").encode() + "尾".encode()[:2]
    assert extract(content).encoding == "utf-8"


def test_the_header_charset_is_a_witness() -> None:
    content = "<html><body><h1>Café</h1><p>" + "Le marché du quartier a rouvert ses portes à midi. " * 5
    record = extract(content.encode("cp1252"), content_type="text/html; charset=iso-8859-1")
    assert record.encoding == "cp1252"
