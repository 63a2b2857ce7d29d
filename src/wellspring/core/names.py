"""Names of people and places in the order a Chinese office expects."""

from __future__ import annotations

from functools import lru_cache

LONGEST = 200


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """The name's pinyin with tone numbers, lower case, at most 200 characters: 老宋书记 sorts under l."""
    from pypinyin import Style, lazy_pinyin  # half a second to load: only where a name is written

    syllables = lazy_pinyin(name.strip(), style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllables).lower()[:LONGEST]
