"""Names of people and places in the order a Chinese office expects."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 200
SURNAMES = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "区": "ou1", "朴": "piao2", "盖": "ge3",
    "任": "ren2", "缪": "miao4", "纪": "ji3", "折": "she2", "种": "chong2", "员": "yun4", "翟": "zhai2", "覃": "qin2",
    "秘": "bi4", "繁": "po2", "华": "hua4", "哈": "ha3", "燕": "yan1", "那": "na1", "撒": "sa3", "佴": "nai4",
    "都": "du1", "葛": "ge3", "过": "guo1", "要": "yao1", "相": "xiang4", "乜": "nie4", "祭": "zhai4", "召": "shao4",
    "洗": "xian3", "卜": "bu3", "阚": "kan4", "句": "gou1", "於": "yu1", "干": "gan1", "薄": "bo2",
}  # fmt: skip
"""Characters that are read differently as a surname than as a word; pypinyin knows the word."""
_LONGEST_NAME = 4
_DOUBLE_SURNAMES = ("单于",)
"""Begin with one of these characters, are no name with that surname, and are known to pypinyin."""


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """The name's pinyin with tone numbers, lower case, at most 200 characters: 老宋书记 sorts under l.

    Up to four characters, the first is read as a surname where it is one: 曾小华 sorts under z.
    """
    from pypinyin import Style, lazy_pinyin  # half a second to load: only where a name is written

    name = name.strip()
    syllables = lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)
    if len(name) <= _LONGEST_NAME and name[:1] in SURNAMES and not name.startswith(_DOUBLE_SURNAMES):
        syllables[0] = SURNAMES[name[0]]
    return " ".join(syllables).lower()[:LONGEST]


def slug_of(name: str) -> str:
    """The name's pinyin as a part of an address, `lao-song-shu-ji`; at most 50 characters, empty where none is left."""
    from pypinyin import lazy_pinyin

    words = re.findall(r"[a-z0-9]+", "-".join(lazy_pinyin(name.strip().lower())))
    return "-".join(words)[:50].strip("-")
