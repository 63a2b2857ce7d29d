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
