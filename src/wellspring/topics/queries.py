"""Reads of the vocabulary: which topics a text speaks of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from wellspring.topics.models import Topic

_Vocabulary = tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FoundTopic:
    topic_id: int
    words: tuple[str, ...]
    """The words that told, each once, in the order of the text."""


def current_topics() -> QuerySet[Topic]:
    """Topics that are looked for and offered, in the vocabulary's order; not the retired and merged ones."""
    return Topic.objects.filter(retired_at=None, merged_into=None)


def topics_in(text: str) -> list[FoundTopic]:
    """Topics whose name or synonyms stand in the text, in the vocabulary's order.

    Where words overlap the longer one counts; width and case of letters do not matter; Latin words count as a whole.
    """
    vocabulary: _Vocabulary = tuple((topic.pk, tuple(map(str, topic.words))) for topic in current_topics())
    pattern, topics_of = _compiled(vocabulary)
    if pattern is None:
        return []
    found: dict[int, dict[str, None]] = {}
    for match in pattern.finditer(_folded(text)):
        word = match.group()
        for topic_id in topics_of[word]:
            found.setdefault(topic_id, {})[word] = None
    return [FoundTopic(topic_id, tuple(found[topic_id])) for topic_id, _ in vocabulary if topic_id in found]


@lru_cache(maxsize=4)
def _compiled(vocabulary: _Vocabulary) -> tuple[re.Pattern[str] | None, dict[str, tuple[int, ...]]]:
    topics_of: dict[str, tuple[int, ...]] = {}
    for topic_id, words in vocabulary:
        for word in {_folded(word).strip() for word in words}:
            if word:
                topics_of[word] = (*topics_of.get(word, ()), topic_id)
    if not topics_of:
        return None, {}
    longest_first = sorted(topics_of, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole_word, longest_first))), topics_of


def _whole_word(word: str) -> str:
    """A pattern for the word; beside a Latin letter or digit at its edge there may be no other."""
    before = r"(?<![0-9a-z])" if re.match("[0-9a-z]", word) else ""
    after = r"(?![0-9a-z])" if re.search("[0-9a-z]$", word) else ""
    return f"{before}{re.escape(word)}{after}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
