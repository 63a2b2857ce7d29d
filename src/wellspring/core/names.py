"""Names of people and places in the order a Chinese office expects."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 200


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """The name's pinyin with tone numbers, lower case, at most 200 characters: 老宋书记 sorts under l."""
    from pypinyin import Style, lazy_pinyin  # half a second to load: only where a name is written

    syllables = lazy_pinyin(name.strip(), style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllables).lower()[:LONGEST]


def slug_of(name: str) -> str:
    """The name's pinyin as a part of an address, `lao-song-shu-ji`; at most 50 characters, empty where none is left."""
    from pypinyin import lazy_pinyin

    words = re.findall(r"[a-z0-9]+", "-".join(lazy_pinyin(name.strip().lower())))
    return "-".join(words)[:50].strip("-")
