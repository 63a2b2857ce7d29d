"""Sketches tell copies and excerpts without the texts."""

import random

import pytest

from wellspring.engine.index.sketch import MOST, Sketch, overlap, sketch


def text(seed: int, length: int) -> list[str]:
    rng = random.Random(seed)
    return [chr(rng.randrange(0x4E00, 0x9000)) for _ in range(length)]


@pytest.mark.parametrize("length", [1, 3, 50, 600, 5_000, 40_000])
def test_a_text_resembles_itself_wholly(length: int) -> None:
    made = sketch(text(1, length))
    assert overlap(made, made) == (1.0, 1.0)
    assert 1 <= len(made.hashes) <= MOST
    assert Sketch.unpacked(made.packed()) == made


def test_unlike_texts_do_not_resemble() -> None:
    assert overlap(sketch(text(1, 600)), sketch(text(2, 900))) == (0.0, 0.0)


def test_a_text_with_a_sentence_less_still_resembles() -> None:
    whole = text(3, 600)
    resemblance, _ = overlap(sketch(whole), sketch(whole[:300] + whole[330:]))
    assert resemblance > 0.8


@pytest.mark.parametrize("times", [2, 5, 8])
def test_an_excerpt_is_contained(times: int) -> None:
    whole = text(4, 200 * times)
    resemblance, containment = overlap(sketch(whole[:200]), sketch(whole))
    assert containment == 1.0
    assert resemblance < 0.7


def test_an_empty_text_resembles_nothing() -> None:
    assert overlap(sketch([]), sketch([])) == (0.0, 0.0)
    assert overlap(sketch([]), sketch(text(1, 100))) == (0.0, 0.0)
    assert Sketch.unpacked(sketch([]).packed()) == sketch([])
