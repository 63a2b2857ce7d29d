"""Words for the roles of the people who make a report, and lines that are nothing but roles and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .names import is_person

SP: Final = r"[\s\u3000]{0,4}"
_RANK: Final = (
    r"(?:见习|[实實][习習]|首席|特[约約]|全媒体|融媒体?|特派|驻[\u3400-\u9fff]{1,4}|"
    r"高级|资深|本报|本網|本网|本台|本刊|通讯|文字)?"
)
REPORTER: Final = (
    rf"{_RANK}(?:[记記]者|通[讯訊][员員]|[实實][习習]生|专栏作者|特[约約]撰稿人?|特[约約]评论员|评论员|"
    r"撰稿人|采访人员|报道员|作者)"
)
"""Pattern of a role whose holder is an author."""
_OTHERS: Final = (
    "责编|責編|校对|校對|审核|審核|摄影|攝影|撰文|采写|图|文|图片|文字|监制|监审|统筹|策划|剪辑|制图|编审|主编|美编|"
    "初审|复审|终审|制作|设计|值班主任"
)
_ROLE_WORD: Final = re.compile(rf"(?:{REPORTER})$|^(?:{_OTHERS})$|^[\u3400-\u9fff]{{0,4}}[编編][辑輯]$")
_ROLE_ENDS: Final = frozenset("者员員生稿人辑輯").union(word[-1] for word in _OTHERS.split("|"))
"""Last characters of what `_ROLE_WORD` finds."""
WORDS: Final = re.compile(r"[\s　:：/、，,;；|｜丨]+")
"""What stands between the words of a credit."""
EDGES: Final = "（()）【】[]〔〕 　-—"


@dataclass(slots=True)
class Person:
    """Names, the rule that found them, and the text or place that they were found in."""

    names: tuple[str, ...]
    rule: str
    origin: str


def is_credit(text: str) -> bool:
    """Whether a short line is nothing but roles, outlets of reporters, and names: `清河晚报记者 王小河 编辑 李桥`."""
    if len(text) > 60 or "。" in text:
        return False
    text = text.strip(EDGES)
    roles = people = 0
    for word in WORDS.split(text):
        if not word:
            continue
        if is_person(word):
            people += 1
        elif word[-1] in _ROLE_ENDS and _ROLE_WORD.search(word):
            roles += 1
        else:
            return False
    return roles > 0 and people > 0
