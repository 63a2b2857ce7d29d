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
    """Shares of the words, each word of a list rarer than the one before it; together 1."""
    weights = [1 / (rank + 2) for rank in range(len(words))]
    return [weight / sum(weights) for weight in weights]


def generated_reports(count: int, *, seed: int = 7, length: int = 600) -> Iterator[GeneratedReport]:
    """`count` reports of about `length` characters; five in a hundred are near-copies of a recent one."""
    rng = random.Random(seed)
    subjects = list(_SUBJECTS)
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
            name = rng.choice(subjects)
            title, text = _written(rng, name, length)
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


def _written(rng: random.Random, name: str, length: int) -> tuple[str, str]:
    """Title and text: a third on the subject, a third common words, a fifth glue, a tenth names of its own."""
    own = [_place(rng) for _ in range(3)] + [_name(rng) for _ in range(4)]
    own += [rng.choice(_SURNAME) + rng.choice(_PLACE_A) + rng.choice(_GIVEN) for _ in range(6)]
    shares = [*(0.1 / len(own) for _ in own), *_SHARES[name]]
    drawn = rng.choices(
        own + _SUBJECTS[name] + _COMMON + _GLUE, cum_weights=list(accumulate(shares)), k=length * 10 // 21
    )
    at = 0
    while at < len(drawn) - 1:
        at += rng.randint(5, 10)
        if at < len(drawn):
            drawn[at] += "，" if rng.random() < 0.5 else "。"
    words = _SUBJECTS[name]
    title = own[0] + rng.choice(words) + rng.choice(_COMMON) + "：" + rng.choice(words) + rng.choice(words)
    return title, "".join(drawn) + "。"


_SHARES = {
    name: [
        *(0.35 * share for share in _zipf(words)),
        *(0.35 * share for share in _zipf(_COMMON)),
        *(0.2 * share for share in _zipf(_GLUE)),
    ]
    for name, words in _SUBJECTS.items()
}


def _reprinted(rng: random.Random, text: str, outlet: str) -> str:
    """The same text with a dateline, now and then a sentence less."""
    sentences = text.split("。")
    if len(sentences) > 6 and rng.random() < 0.5:
        del sentences[rng.randrange(len(sentences) - 1)]
    return f"{outlet}讯 " + "。".join(sentences)
