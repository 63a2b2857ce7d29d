"""Generated Chinese news reports for the search benchmark: the same seed gives the same documents on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path


def _word_lists() -> dict[str, list[str]]:
    """The lists of _words.txt by name."""
    lists: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("_words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = lists[line.strip("[]")] = []
        elif not line.startswith("#"):
            words.extend(line.split())
    return lists


_LISTS = _word_lists()
_SUBJECTS = {name.removeprefix("subject "): words for name, words in _LISTS.items() if name.startswith("subject ")}
_COMMON, _GLUE, _OUTLETS, _CHANNELS = (_LISTS[name] for name in ("common", "glue", "outlet", "channel"))
_PLACE_A, _PLACE_B = _LISTS["place beginning"], _LISTS["place end"]
_SURNAME, _GIVEN = _LISTS["surname"], _LISTS["given"]


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    id: int
    title: str
    text: str
    dated_at: datetime
    source: str
    channel: str
    topic: str
    copy_of: int | None
    """Id of the report of which this one is a near-copy."""


def _zipf(words: list[str]) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(len(words))))


_COMMON_WEIGHTS = _zipf(_COMMON)
_GLUE_WEIGHTS = _zipf(_GLUE)


def generated_reports(count: int, *, seed: int = 7, length: int = 600) -> Iterator[GeneratedReport]:
    """`count` reports of about `length` characters; five in a hundred are near-copies of a recent one."""
    rng = random.Random(seed)
    subjects = [(name, words, _zipf(words)) for name, words in _SUBJECTS.items()]
    start = datetime(2015, 1, 1, tzinfo=UTC)
    recent: list[GeneratedReport] = []
    for number in range(1, count + 1):
        dated_at = start + timedelta(minutes=number * 10 * 365 * 24 * 60 // count)
        outlet = rng.choice(_OUTLETS)
        if recent and rng.random() < 0.05:
            first = rng.choice(recent)
            report = GeneratedReport(
                number,
                first.title,
                _reprinted(rng, first.text, outlet),
                dated_at,
                outlet,
                first.channel,
                first.topic,
                first.id,
            )
        else:
            name, words, weights = rng.choice(subjects)
            title, text = _written(rng, name, words, weights, length)
            channel = rng.choice(_CHANNELS)
            report = GeneratedReport(number, title, text, dated_at, outlet, channel, name, None)
            if len(recent) < 500:
                recent.append(report)
            else:
                recent[rng.randrange(500)] = report
        yield report


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAME) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2))))


def _place(rng: random.Random) -> str:
    return rng.choice(_PLACE_A) + rng.choice(_PLACE_A) + rng.choice(_PLACE_B)


def _written(rng: random.Random, name: str, words: list[str], weights: list[float], length: int) -> tuple[str, str]:
    places = [_place(rng) for _ in range(3)]
    names = [_name(rng) for _ in range(4)]
    rare = [rng.choice(_SURNAME) + rng.choice(_PLACE_A) + rng.choice(_GIVEN) for _ in range(6)]
    said: list[str] = []
    size = 0
    while size < length:
        sentence: list[str] = []
        for _ in range(rng.randint(8, 16)):
            draw = rng.random()
            if draw < 0.35:
                sentence.extend(rng.choices(words, cum_weights=weights))
            elif draw < 0.7:
                sentence.extend(rng.choices(_COMMON, cum_weights=_COMMON_WEIGHTS))
            elif draw < 0.9:
                sentence.extend(rng.choices(_GLUE, cum_weights=_GLUE_WEIGHTS))
            else:
                sentence.append(rng.choice(rng.choice((places, names, rare))))
        sentence.insert(rng.randrange(len(sentence)), "，")
        said.append("".join(sentence) + "。")
        size += len(said[-1])
    title = places[0] + rng.choice(words) + rng.choice(_COMMON) + "：" + name + rng.choice(words) + rng.choice(words)
    return title, "".join(said)


def _reprinted(rng: random.Random, text: str, outlet: str) -> str:
    """The same text with a dateline, now and then a sentence less."""
    sentences = text.split("。")
    if len(sentences) > 6 and rng.random() < 0.5:
        del sentences[rng.randrange(len(sentences) - 1)]
    return f"{outlet}讯 " + "。".join(sentences)
