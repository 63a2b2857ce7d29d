"""Texts made comparable: folded to one form, then split into the units that are indexed and asked for.

A unit is one Chinese character (or kana, hangul syllable) or one whole run of letters and digits of other scripts.
Punctuation and spaces are no units, so a line break inside a name does not hide it. Folding works character by
character, without context: a query of two characters folds exactly as the same two characters inside a long text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

import opencc

LONGEST_UNIT = 64
"""Letters of one run that are kept; more is no word."""

_SINGLES = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々〆ぁ-ゖァ-ヺー가-힣"
_UNIT = re.compile(rf"[{_SINGLES}]|(?:(?![{_SINGLES}_])\w)+")
_ASCII = re.compile(r"[\x00-\x7f]")


@cache
def _traditional() -> dict[str, str]:
    """繁体 characters to their 简体, one to one."""
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1}


class _Folding(dict[int, str]):
    """A translation table that fills itself: NFKC (full width → half width), lower case, 繁体 → 简体."""

    def __missing__(self, code: int) -> str:
        table = _traditional()
        if 0xD800 <= code < 0xE000:  # half of a character: no text, and native code refuses it
            return " "
        folded = "".join(table.get(c, c) for c in unicodedata.normalize("NFKC", chr(code)).lower())
        self[code] = folded
        return folded


_folding = _Folding()


def fold(text: str) -> str:
    """The text in the form in which texts and queries are compared."""
    return unicodedata.normalize("NFC", text).translate(_folding)


def units(folded: str) -> list[str]:
    """Units of a folded text in order."""
    return [unit[:LONGEST_UNIT] for unit in _UNIT.findall(folded)]


def units_with_places(text: str) -> list[tuple[str, int, int]]:
    """Units of a text as written, each with the half-open range of characters that it came from.

    A character that folds to several (㎡, ﬁ) gives its whole range to every unit made of it.
    """
    if unicodedata.is_normalized("NFC", text) and len(plain := fold(text)) == len(text):
        # Folding a composed text never shortens it, so equal lengths mean one character for each.
        return [(match.group()[:LONGEST_UNIT], *match.span()) for match in _UNIT.finditer(plain)]
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for cluster in _clusters(text):
        piece = fold(cluster)
        folded.append(piece)
        places.extend([(start, start + len(cluster))] * len(piece))
        start += len(cluster)
    return [
        (match.group()[:LONGEST_UNIT], places[match.start()][0], places[match.end() - 1][1])
        for match in _UNIT.finditer("".join(folded))
    ]


def pairs(sequence: list[str]) -> list[str]:
    """Every two neighbouring units as one term, and the last one alone, so that term n begins at unit n."""
    if not sequence:
        return []
    if _ASCII.search("".join(sequence)):
        return [*map(pair, sequence, sequence[1:]), sequence[-1]]
    return [*[first + second for first, second in pairwise(sequence)], sequence[-1]]


def pair(first: str, second: str) -> str:
    """The term of two neighbouring units; two runs of letters stay told apart from one long run."""
    return f"{first}_{second}" if first[-1:].isascii() and second[:1].isascii() else first + second


def _clusters(text: str) -> list[str]:
    """Characters with the combining marks that follow them."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
