"""Reads of the vocabulary: which topics there are, and which of them a text speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from wellspring.topics.models import Topic

Vocabulary = tuple[tuple[int, tuple[str, ...]], ...]
"""Id and words of each topic, in order."""


@dataclass(frozen=True, slots=True)
class FoundTopic:
    topic_id: int
    words: tuple[str, ...]
    """The words that told, each once, in the order of the text."""


class TopicFinder:
    """Finds the topics of one vocabulary in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._order = {topic_id: place for place, (topic_id, _) in enumerate(vocabulary)}
        self._topics_of: dict[str, tuple[int, ...]] = {}
        for topic_id, words in vocabulary:
            for word in {_folded(word).strip() for word in words}:
                if word:
                    self._topics_of[word] = (*self._topics_of.get(word, ()), topic_id)
        longest_first = sorted(self._topics_of, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_whole_word, longest_first))) if longest_first else None

    def __call__(self, text: str) -> list[FoundTopic]:
        """Topics whose name or synonyms stand in the text, in the vocabulary's order.

        Where words overlap the longer one counts; width and case of letters do not matter; Latin words count whole.
        """
        if self._pattern is None:
            return []
        found: dict[int, dict[str, None]] = {}
        for match in self._pattern.finditer(_folded(text)):
            word = match.group()
            for topic_id in self._topics_of[word]:
                found.setdefault(topic_id, {})[word] = None
        return [FoundTopic(pk, tuple(found[pk])) for pk in sorted(found, key=self._order.__getitem__)]


def current_topics() -> QuerySet[Topic]:
    """Topics that are looked for and offered, in the vocabulary's order; not the retired and merged ones."""
    return Topic.objects.filter(retired_at=None, merged_into=None)


def vocabulary_of(topics: Iterable[Topic]) -> Vocabulary:
    """What finds these topics."""
    return tuple((topic.pk, tuple(map(str, topic.words))) for topic in topics)


def topic_finder() -> TopicFinder:
    """A finder of the vocabulary as it stands; one query."""
    return finder_of(vocabulary_of(current_topics()))


@lru_cache(maxsize=4)
def finder_of(vocabulary: Vocabulary) -> TopicFinder:
    """The finder of a vocabulary, made once."""
    return TopicFinder(vocabulary)


def topics_in(text: str) -> list[FoundTopic]:
    """Topics of the vocabulary as it stands that the text speaks of; see `TopicFinder`. One query."""
    return topic_finder()(text)


def _whole_word(word: str) -> str:
    """A pattern for the word; beside a Latin letter or digit at its edge there may be no other."""
    before = r"(?<![0-9a-z])" if re.match("[0-9a-z]", word) else ""
    after = r"(?![0-9a-z])" if re.search("[0-9a-z]$", word) else ""
    return f"{before}{re.escape(word)}{after}"


_MAY_FOLD = re.compile("[^\u4e00-\u9fff]+")


def _folded(text: str) -> str:
    """Width and case taken away. Most of a text are ideographs, which stay as they are: left out, it costs a third."""
    return _MAY_FOLD.sub(_folded_part, text)


def _folded_part(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group()).lower()
