"""The encoding of a page is what its bytes are in."""

import pytest

from tests.engine.extract.pages import PARAGRAPHS, page, texts
from tests.fuzz.cases import LABELS
from wellspring.engine.extract import extract
from wellspring.engine.extract.decode import decode_page

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


SIMPLIFIED = "".join(PARAGRAPHS)
JAPANESE = "昨日の午前、地域の集会所に住民が集まり、階段に置かれた古い家具をどうするかについて話し合いました。"
KOREAN = "어제 오전 마을 회관에 주민들이 모여 계단에 쌓인 낡은 가구를 어떻게 할 것인지 이야기를 나누었다."
FRENCH = "Hier matin, les élèves de l'école ont été reçus à la mairie, où le préfet a évoqué l'été à venir. "


def wrapped(text: str, meta: str | None) -> str:
    head = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{head}<title>{text[:12]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("length", [30, 120, 4000])
@pytest.mark.parametrize("meta", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "no-such-thing"])
@pytest.mark.parametrize("header", [None, "utf-8", "gbk", "big5"])
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-32-be"])
def test_the_bytes_of_a_page_of_any_length_are_read(
    written: str, header: str | None, meta: str | None, length: int
) -> None:
    text = TRADITIONAL if written == "big5hkscs" else SIMPLIFIED
    text = (text * (length // len(text) + 1))[:length]
    content = wrapped(text, meta).encode(written)
    assert decode_page(content, header and f"text/html; charset={header}")[0] == wrapped(text, meta)


@pytest.mark.parametrize(
    ("text", "written", "meta"),
    [
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "shift_jis", "x-sjis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (KOREAN, "euc_kr", "euc-kr"),
        (KOREAN, "euc_kr", "ks_c_5601-1987"),
        (SIMPLIFIED, "hz", "hz-gb-2312"),
        (SIMPLIFIED, "gbk", "x-gbk"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", None),
        ("The mayor said \u201cyes\u201d \u2013 and that\u2019s that. " * 3, "cp1252", "iso-8859-1"),
        ("\u201cYes,\u201d said the mayor. " * 3, "cp1252", None),
        ("香港嘅𨋢同埋啲嘢，" + TRADITIONAL, "big5hkscs", "big5-hkscs"),
        ("𠮷野家與㐂、䶮、﨑諸字，" + SIMPLIFIED, "gb18030", "gb18030"),
    ],
)
def test_pages_of_other_languages_and_sets_are_read(text: str, written: str, meta: str | None) -> None:
    page = wrapped(text, meta)
    assert decode_page(page.encode(written))[0] == page


def test_a_declaration_far_below_is_found() -> None:
    page = f"<html><!--{'x' * 20_000}--><meta charset=shift_jis><p>{JAPANESE}</p>"
    assert decode_page(page.encode("shift_jis"))[0] == page


@pytest.mark.parametrize("written", ["utf-8", "gb18030", "big5", "utf-16", "shift_jis"])
def test_a_page_cut_in_the_middle_of_a_character_loses_no_other(written: str) -> None:
    text = {"big5": TRADITIONAL, "shift_jis": JAPANESE}.get(written, SIMPLIFIED)
    content = wrapped(text, written).partition("</p>")[0].encode(written)[:-1]
    assert decode_page(content)[0].rstrip("\ufffd").endswith(text[-20:-1])


def test_marks_in_the_middle_of_text_are_not_seen() -> None:
    record = extract(page(f"<p>{PARAGRAPHS[0][:9]}\ufeff{PARAGRAPHS[0][9:]}</p><p>{PARAGRAPHS[1]}</p>").encode())
    assert texts(record) == [*PARAGRAPHS[:2]]


def test_text_that_was_spoilt_before_is_left_as_it_is() -> None:
    spoilt = SIMPLIFIED.encode().decode("cp1252", "ignore")
    assert decode_page(wrapped(spoilt, "utf-8").encode())[0] == wrapped(spoilt, "utf-8")


def test_a_long_page_in_utf8_with_a_broken_teaser_is_utf8() -> None:
    content = page(after="<!--" + "x" * 200_000 + "-->").encode() + "尾".encode()[:2] + b"<p>"
    record = extract(content)
    assert record.encoding == "utf-8"
    assert texts(record) == list(PARAGRAPHS)


@pytest.mark.parametrize("label", LABELS)
def test_no_name_of_an_encoding_makes_a_chinese_page_unreadable(label: str) -> None:
    for written in ("utf-8", "gb18030"):
        content = declared(label).encode(written)
        assert texts(extract(content, content_type=f"text/html; charset={label}")) == list(PARAGRAPHS)
