"""What the news record of a plain page holds."""

from datetime import datetime, timedelta, timezone

from tests.engine.extract.pages import PARAGRAPHS, page, read, texts
from wellspring.engine.records import PageKind, Precision


def test_a_plain_report_is_read_whole() -> None:
    record = read(page(below_title="2024年3月5日 09:30 来源：清河晚报"))
    assert record.kind is PageKind.ARTICLE
    assert record.title == "楼道里的旧家具有了去处"
    assert texts(record) == list(PARAGRAPHS)
    assert record.published_at == datetime(2024, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert record.published_precision is Precision.MINUTE
    assert record.source_name == "清河晚报"
    assert record.language == "zh"


def test_what_a_page_does_not_say_is_left_empty() -> None:
    record = read(page())
    assert record.published_at is None
    assert record.published_precision is None
    assert record.source_name is None
    assert record.authors == ()
    assert record.editor is None
    assert record.reprinted_from is None


def test_every_found_field_has_evidence() -> None:
    record = read(page(below_title="2024-03-05 09:30:10 来源：清河晚报 作者：王小河 责任编辑：李桥"))
    assert record.authors == ("王小河",)
    assert record.editor == "李桥"
    assert {"title", "body", "published_at", "source_name", "authors", "editor"} <= set(record.evidence)
    assert all(len(evidence.origin) <= 200 for evidence in record.evidence.values())


def test_pictures_become_absolute_with_the_address_of_the_page() -> None:
    text = f'<p>{PARAGRAPHS[0]}</p><p><img src="/img/a.jpg"></p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>'
    record = read(page(text), url="https://news.example.org/2024/a.html")
    assert [block.src for block in record.body if block.src] == ["https://news.example.org/img/a.jpg"]
