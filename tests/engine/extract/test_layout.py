"""Reports whose layout is not one element with paragraphs: several of a class, names of classes that mislead."""

from tests.engine.extract.pages import PARAGRAPHS, page, read, texts

ENGLISH = (
    "The footbridge over the mill stream will be closed from Monday, the council said, because its planks are rotten.",
    "Volunteers have offered to replace them within a fortnight, and a timber yard gives the oak at half its price.",
    "Until then walkers are sent along the lower path, which is a mile longer, dry in summer and open at all hours.",
)


def test_a_report_in_several_elements_of_one_class_is_read_whole() -> None:
    parts = "".join(
        f'<div class="row"><div class="cell"><div class="rich"><p>{text}</p><p>{text[::-1]}</p></div></div></div>'
        for text in ENGLISH
    )
    assert texts(read(page(parts))) == [part for text in ENGLISH for part in (text, text[::-1])]


def test_classes_of_style_that_sound_like_furniture_hide_no_part_of_the_report() -> None:
    for named in ("bg-white relative", "overflow-hidden", "research-summary", "screenshot-row", "preview"):
        inner = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p><div class='{named}'><p>{PARAGRAPHS[1]}</p></div>"
        assert texts(read(page(inner))) == [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1]], named


def test_comments_far_longer_than_the_report_are_told_by_their_heading_and_their_dates() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
    said = "".join(
        f"<li><b>邻居{n}</b><i>2024-06-{n:02d} 12:30</i><p>{PARAGRAPHS[n % 3]}</p></li>" for n in range(1, 20)
    )
    for heading in ("全部评论（19）", "网友评论", "19条评论", "讀者留言"):
        below = f"<div class='w4'><div class='w5'>{heading}</div><ul>{said}</ul></div>"
        record = read(page(text, below_title="2024-05-06 07:08", after=below))
        assert (record.kind.value, texts(record)) == ("article", list(PARAGRAPHS[:2])), heading


def test_a_counter_of_comments_above_a_report_takes_nothing_from_it() -> None:
    other = "".join(f"<li><a href='/{n}'>别处的报道第{n}篇</a> 2024-06-{n:02d}</li>" for n in range(1, 9))
    assert texts(read(page(below_title="<div>评论 (20)</div>", after=f"<ul>{other}</ul>"))) == list(PARAGRAPHS)


def test_an_english_page_gives_the_report_without_what_stands_around_it() -> None:
    above = "<p>By Ada Lark</p><p>June 5, 2025</p><p>4 min read</p>"
    long = "".join(f"<p>{text}</p>" for text in ENGLISH * 3)
    below = "<h3>About the author</h3><p>Ada Lark has written about bridges for twelve years and lives by a mill.</p>"
    record = read(page(above + long + "<p>Sign up for our weekly newsletter</p>" + below))
    assert texts(record) == list(ENGLISH * 3)


def test_a_list_of_sources_stays_and_a_list_of_other_reports_goes() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH)
    sources = "".join(f'<li><a href="https://oak{n}.example.net/">The oak yard number {n}</a></li>' for n in range(3))
    others = "".join(f'<li><a href="https://www.example.org/{n}">Another report, number {n}</a></li>' for n in range(3))
    record = read(page(f"{text}<ul>{sources}</ul><ul>{others}</ul>"), url="https://news.example.org/bridge")
    assert texts(record) == [*ENGLISH, *(f"The oak yard number {n}" for n in range(3))]


def test_a_heading_whose_id_is_made_of_its_words_is_no_aside() -> None:
    text = f"<p>{ENGLISH[0]}</p><h2 id='related-tools'>Tools that help</h2><p>{ENGLISH[1]}</p><p>{ENGLISH[2]}</p>"
    assert texts(read(page(text))) == [ENGLISH[0], "Tools that help", ENGLISH[1], ENGLISH[2]]


def test_an_english_byline_names_people_and_no_desks() -> None:
    def authors(byline: str) -> tuple[str, ...]:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH)
        return read(page(text, title="A bridge is mended", below_title=byline)).authors

    assert authors("By Ada Lark and Tom Reed") == ("Ada Lark", "Tom Reed")
    assert authors("Written by Ada Lark | March 5, 2024") == ("Ada Lark",)
    assert authors("By Courier Staff") == ()


def test_a_linked_name_of_the_site_is_no_headline_though_it_is_longer() -> None:
    above = '<h1 class="logo"><a href="/">清河自来水公司服务网</a></h1>'
    body = f'<div class="tit">停水通知</div><div>2024-03-05 09:30</div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>'
    markup = (
        f"<html><head><title>停水通知_清河自来水公司服务网</title></head><body>{above}<div>{body}</div></body></html>"
    )
    assert read(markup).title == "停水通知"
