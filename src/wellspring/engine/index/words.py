"""The words of a report that tell what it is about, for finding related reports."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import rjieba

MOST_TERMS = 60
"""Terms kept per report; the most telling of them are chosen when the index is asked, by how rare they are."""
TITLE_WEIGHT = 3
"""A word of the title counts like so many in the text."""
_LONGEST_TEXT = 20_000
"""Characters that are cut into words; a longer report has said by then what it is about."""

_WORD = re.compile(r"\w{2,}")
_NUMBER = re.compile(r"[\d.]+")


def _stop_words() -> frozenset[str]:
    """Words that stand in every report; the single characters among them also end a name."""
    lines = resources.files(__package__).joinpath("stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_STOP = _stop_words()


def cut(folded: str) -> list[str]:
    """A folded text cut into words in order, punctuation and spaces left out.

    Names that no dictionary holds come as single characters; so that they can be told, neighbours of such a run are
    joined in pairs. Stop words are left out too. (rjieba's own guess at names, its HMM, cuts one name differently from
    sentence to sentence.)
    """
    words: list[str] = []
    single = ""
    for word in rjieba.cut(folded[:_LONGEST_TEXT], False):
        if len(word) > 1:
            if word not in _STOP and _WORD.fullmatch(word):
                words.append(word)
            single = ""
        elif word in _STOP or not word.isalnum() or word.isascii():
            single = ""
        else:
            if single:
                words.append(single + word)
            single = word
    return words


def telling_terms(title_words: list[str], words: list[str]) -> list[tuple[str, int]]:
    """At most MOST_TERMS candidates of a report's cut title and text with their counts, the most frequent first."""
    counts = Counter(words)
    for word in title_words:
        counts[word] += TITLE_WEIGHT
    best = counts.most_common(MOST_TERMS * 2)
    return [(word, count) for word, count in best if not _NUMBER.fullmatch(word)][:MOST_TERMS]


def content_words(folded: str) -> list[str]:
    """The words of a query, single characters too, without function words and punctuation."""
    return [word for word in rjieba.cut(folded, False) if word not in _STOP and any(map(str.isalnum, word))]
