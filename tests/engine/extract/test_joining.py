"""The pages of one article become one record: fields from whichever page states them, text in order and once."""

from __future__ import annotations

from datetime import datetime

from wellspring.engine.extract import is_same_article, join_pages
from wellspring.engine.extract.dates import BEIJING
from wellspring.engine.records import Block, BlockType, Evidence, NewsRecord, PageKind

AT = datetime(2025, 3, 5, 10, 20, tzinfo=BEIJING)
LEAD = Block(BlockType.IMAGE, src="https://n.example/lead.jpg")
NOTICE = "本版稿件由社区通讯站供稿，读者来信请寄编辑部。"
ONE = "清晨六点，老书记已经站在河埠头，等着第一班清淤船靠岸。"
TWO = "到了中午，三段河道都清完了，村民们把淤泥装车运走。"
THREE = "傍晚散会前，大家定下了每月一次的巡河，名单贴在祠堂门口。"


def made(*texts: str | Block, title: str = "一条河的二十年", number: int = 1, **more: object) -> NewsRecord:
    body = tuple(text if isinstance(text, Block) else Block(BlockType.P, text) for text in texts)
    url = f"https://n.example/a_{number}.html"
    return NewsRecord(PageKind.ARTICLE, "utf-8", url=url, title=title, body=body, page_number=number, **more)  # type: ignore[arg-type]  # fields by name


def texts(record: NewsRecord) -> list[str]:
    return [block.text or block.src or "" for block in record.body]


class TestPagesAreJoined:
    def test_with_their_text_in_order(self) -> None:
        joined = join_pages([made(ONE), made(TWO, number=2), made(THREE, number=3)])
        assert texts(joined) == [ONE, TWO, THREE]
        assert joined.evidence["pages"].origin.startswith("3 pages: https://n.example/a_2.html")

    def test_with_fields_from_the_page_that_states_them_first(self) -> None:
        first = made(ONE, published_at=AT, source_name="东篱时报", evidence={"title": Evidence("h1", "h1")})
        last = made(
            TWO,
            number=2,
            published_at=None,
            editor="陆敏",
            authors=("袁怡文",),
            evidence={"editor": Evidence("wording", "责编")},
        )
        joined = join_pages([first, last])
        assert (joined.published_at, joined.source_name) == (AT, "东篱时报")
        assert (joined.editor, joined.authors) == ("陆敏", ("袁怡文",))
        assert joined.evidence["editor"] == Evidence("wording", "page 2: 责编")
        assert joined.evidence["title"] == Evidence("h1", "h1")

    def test_without_the_page_behind_the_headline(self) -> None:
        assert (
            join_pages([made(ONE, title="一条河的二十年（1）"), made(TWO, title="一条河的二十年(2)")]).title
            == "一条河的二十年"
        )

    def test_without_what_later_pages_repeat_above_their_text(self) -> None:
        heading = Block(BlockType.H2, "一条河的二十年")
        joined = join_pages([made(LEAD, ONE), made(heading, LEAD, TWO, number=2), made(LEAD, THREE, number=3)])
        assert texts(joined) == [LEAD.src, ONE, TWO, THREE]

    def test_with_the_furniture_below_their_text_once_and_last(self) -> None:
        joined = join_pages([made(ONE, NOTICE), made(TWO, NOTICE, number=2), made(THREE, NOTICE, number=3)])
        assert texts(joined) == [ONE, TWO, THREE, NOTICE]

    def test_with_the_body_of_the_page_that_shows_the_whole(self) -> None:
        assert texts(join_pages([made(ONE), made(ONE, TWO, THREE, number=2)])) == [ONE, TWO, THREE]

    def test_and_say_what_is_still_missing(self) -> None:
        missing = "https://n.example/a_3.html"
        joined = join_pages([made(ONE, next_page="https://n.example/a_2.html"), made(TWO, number=2, next_page=missing)])
        assert (joined.next_page, joined.page_number) == (missing, 1)

    def test_of_which_there_is_one_as_it_is(self) -> None:
        alone = made(ONE)
        assert join_pages([alone]) is alone


class TestASecondPageIsOfTheSameArticle:
    def test_by_its_headline(self) -> None:
        assert is_same_article(made(ONE), made(TWO, number=2))
        assert is_same_article(made(ONE), made(TWO, title="一条河的二十年（第2页）"))
        assert is_same_article(made(ONE), made(TWO, title=""))

    def test_by_its_time_where_each_page_has_a_headline_of_its_own(self) -> None:
        first = made(ONE, title="一条河的二十年", published_at=AT)
        assert is_same_article(first, made(TWO, title="中午", published_at=AT))

    def test_or_is_not(self) -> None:
        first = made(ONE, published_at=AT)
        assert not is_same_article(first, made(TWO, title="菜场改造了", published_at=AT.replace(hour=9)))
        assert not is_same_article(first, made(TWO, title="菜场改造了"))
