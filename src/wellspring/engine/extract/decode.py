"""From bytes to text: the encoding that the bytes are really in, whatever header and meta say."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w.:-]{2,20})"""
    rb"""|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.:-]{2,20})""",
    re.I,
)
_LEGACY = re.compile(r"gb18030|hz$|big5|cp\d|iso(?:8859|2022)|euc_|koi8|shift|mac_|tis_620|johab|viscii")
"""Codecs that pages are written in, besides Unicode."""
_HEAD = 8192
_SAMPLE = 120_000

_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What a declared name is read as: the larger set that pages of that name really use."""

_TELLING = frozenset(
    "的一是不了在人有我他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢"
    "這個們來時為說國著會過對於學麼還樣種開總從無現後動經長兒間兩親進話與問點實車氣並別書電關張認應場報東處讓記車軍歲覺帶萬邊變師數滿戰遠輕條"
    "，。、：；！？（）“”《》「」"
)


def decode_page(content: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of the encoding that it was read in. Never fails: what does not decode is U+FFFD.

    A byte order mark decides; then the bytes themselves (UTF-8 is hardly ever valid by accident); then what header or
    meta declare, if the result reads like language; then GB18030 or Big5, whichever reads better.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), name
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, "replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    utf8 = content.decode("utf-8", "replace")
    if _is_damaged_utf8(utf8):
        return utf8, "utf-8"
    names = _declared(content, content_type)
    sample = content[:_SAMPLE]
    best = max(dict.fromkeys([*names, "gb18030", "big5hkscs"]), key=lambda name: _plausibility(sample, name, names))
    return content.decode(best, "replace"), best


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: markup in it has a zero in every second byte."""
    head = content[:400]
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    if even > 4 * odd:
        return "utf-16-be"
    return None


def _is_damaged_utf8(text: str) -> bool:
    """UTF-8 with a few bytes broken (a teaser cut in the middle of a character), rather than another encoding."""
    broken = text.count("\ufffd")
    sound = sum(1 for char in text[:400_000] if char > "\u07ff") - broken
    return broken * 8 < sound


def _declared(content: bytes, content_type: str | None) -> list[str]:
    """Encodings named by the HTTP header and in the head of the page, as the larger sets that they stand for."""
    places = [content_type.encode("latin-1", "ignore")] if content_type else []
    places.append(content[:_HEAD])
    names: list[str] = []
    for place in places:
        for found in _DECLARED.finditer(place):
            label = (found[1] or found[2]).decode("ascii", "ignore")
            try:
                name = codecs.lookup(label).name
            except LookupError:
                continue
            name = _SUPERSETS.get(name, name)
            if _LEGACY.match(name):
                names.append(name)
    return names


def _plausibility(sample: bytes, name: str, declared: list[str]) -> float:
    """How much like language the sample reads in an encoding; what is declared gets the benefit of the doubt."""
    text = sample.decode(name, "replace")
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    telling = sum(char in _TELLING for char in foreign)
    broken = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in foreign)
    score = (telling - 4 * broken) / len(foreign)
    return score + (0.15 if name in declared else 0.0)
