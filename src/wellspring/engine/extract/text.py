"""Plain text out of the text of markup: white space, broken lines, characters that are not seen."""

from __future__ import annotations

import re
from typing import Final

_BROKEN_CJK: Final = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_INVISIBLE: Final = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xAD, 0, *range(0xD800, 0xE000)]
)
"""Surrogates too: scripts can write halves of a character, which no text may hold."""
_INVISIBLE_PRESENT: Final = re.compile(f"[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad\x00{chr(0xD800)}-{chr(0xDFFF)}]")


def tidy(text: str) -> str:
    """White space runs become one space, none where a line is broken between two Chinese characters."""
    if text.isprintable():
        # Most texts: no line break, no tab, no wide or hard space, nothing that is not seen.
        return " ".join(text.split()) if " " in text else text
    text = text.strip()
    if "\n" in text:
        text = _BROKEN_CJK.sub("", text)
    text = " ".join(text.split())
    if not text.isprintable() and _INVISIBLE_PRESENT.search(text):
        text = text.translate(_INVISIBLE).strip()
    return text
