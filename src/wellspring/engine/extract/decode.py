"""From bytes to text: the encoding that the bytes are really in, whatever header and meta say."""

from __future__ import annotations

import codecs
import re
from typing import Final

_UTF8_MARK: Final = codecs.BOM_UTF8
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w.:-]{2,20})"""
    rb"""|<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.:-]{2,20})""",
    re.I,
)
_LEGACY: Final = re.compile(r"gb18030|hz$|big5|cp\d|iso(?:8859|2022)|euc_|koi8|shift|mac_|tis_620|johab|viscii")
"""Codecs that pages are written in, besides Unicode."""
_HEAD: Final = 100_000
"""Bytes in which a declaration is looked for: some pages write it far below."""
_PIECE: Final = 16_000
_SURE: Final = 100
"""Bytes beyond the first of their characters that, being right, leave no doubt that text is UTF-8."""
_FOREIGN: Final = re.compile(rb"[\x80-\xff][^<>\n\"'=]*+")
"""Text from its first byte beyond ASCII: the bytes that end it are second bytes of no encoding."""
_SAMPLE: Final = 6_000
_ALONE: Final = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")

_OTHER_NAMES: Final = {
    "x-gbk": "gbk",
    "gb_2312-80": "gbk",
    "csgb2312": "gbk",
    "csiso58gb231280": "gbk",
    "cn-gb": "gbk",
    "x-euc-cn": "gbk",
    "cn-big5": "big5",
    "x-x-big5": "big5",
    "windows-950": "big5",
    "x-sjis": "shift_jis",
    "windows-31j": "shift_jis",
    "windows-949": "euc_kr",
    "ks_c_5601-1989": "euc_kr",
    "x-euc-jp": "euc_jp",
    "x-cp1252": "cp1252",
    "x-cp1251": "cp1251",
    "windows-874": "tis_620",
}
"""Names that pages use and Python does not know."""
_SUPERSETS: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What a declared name is read as: the larger set that pages of that name really use."""

_TELLING: Final = frozenset(
    "的一是不了在人有我他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢"
    "這個們來時為說國著會過對於學麼還樣種開總從無現後動經長兒間兩親進話與問點實車氣並別書電關張認應場報東處讓記車軍歲覺帶萬邊變師數滿戰遠輕條"
    "，。、：；！？（）“”《》「」"
) | frozenset(
    "のにはをたがでてとしれさいるなもすらまこっりかきくアイスンー、。"
    "이다는에의가을를은고하지로사한기도서인어자리대수시그해일아라나정만과보부구"
)
_BROKEN: Final = re.compile("[\ufffd\ue000-\uf8ff\x80-\x9f]")


def decode_page(content: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of the encoding that it was in. Never fails: what does not decode is U+FFFD."""
    name, start = encoding_of(content, content_type)
    return content[start:].decode(name, "replace"), name


def utf8_page(content: bytes, content_type: str | None = None) -> tuple[bytes, str]:
    """The page in UTF-8, as a parser wants it, and the name of the encoding that it was in. Never fails.

    A page that is in UTF-8 already is passed on as it is, broken characters too: the parser makes them U+FFFD.
    """
    name, start = encoding_of(content, content_type)
    if name == "utf-8":
        return content[start:] if start else content, name
    return content[start:].decode(name, "replace").encode("utf-8", "replace"), name


def encoding_of(content: bytes, content_type: str | None = None) -> tuple[str, int]:
    """The name of the encoding and the number of bytes to leave out at the beginning.

    A byte order mark decides; then the bytes themselves (UTF-8 is hardly ever valid by accident); then what header or
    meta declare, if the result reads like language; then GB18030, Big5 or Windows-1252, whichever reads best.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, len(mark)
    start = 0
    while content.startswith(_UTF8_MARK, start):
        start += len(_UTF8_MARK)
    wide = _wide_encoding(content)
    if wide:
        return wide, 0
    if _is_utf8(content):
        if content.isascii() and (b"~{" in content or b"\x1b$" in content):
            escaped = [name for name in _declared(content, content_type) if name == "hz" or name.startswith("iso2022")]
            return (escaped[0] if escaped else "utf-8"), start
        return "utf-8", start
    names = _declared(content, content_type)
    sample = _sample(content)
    if len(_ALONE.findall(sample)) * 3 > len(re.findall(rb"[\x80-\xff]+", sample)) * 2:
        # Letters with accents stand alone among others; characters of two bytes do not.
        names = [name for name in names if name.startswith(("cp12", "iso8859", "mac", "koi8"))] or ["cp1252"]
        return names[0], 0
    candidates = dict.fromkeys([*names, "gb18030", "big5hkscs", "cp1252"])
    return max(candidates, key=lambda name: _plausibility(sample, name, names)), 0


def _is_utf8(content: bytes) -> bool:
    """Whether the page is UTF-8, if with a few bytes broken (a teaser cut in the middle of a character).

    Of a long page beginning and middle are looked at, which is enough if there are characters beyond ASCII in both.
    """
    length = len(content)
    if length > 6 * _PIECE:
        beyond = [_valid_beyond_ascii(content[:_PIECE]), _valid_beyond_ascii(_middle(content))]
        if min(beyond) >= 0 and sum(beyond) > _SURE:
            return True
    if _valid_beyond_ascii(content) >= 0:
        return True
    text = content[:400_000].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = (len(text.encode()) - len(text)) // 2 - broken
    return broken * 8 < sound


def _middle(content: bytes) -> bytes:
    """A piece from the middle that begins with a whole character, if it is UTF-8."""
    start = len(content) // 2 - _PIECE
    for _ in range(3):
        if content[start] & 0xC0 == 0x80:
            start += 1
    return content[start : start + 2 * _PIECE]


def _valid_beyond_ascii(content: bytes) -> int:
    """How many bytes its characters have beyond one each; -1 if it is no UTF-8. The last one may be cut off."""
    try:
        text, used = codecs.utf_8_decode(content, "strict", False)
    except UnicodeDecodeError:
        return -1
    return used - len(text)


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: markup in it has zeros in every second byte, or in three of four."""
    head = content[:400]
    if len(head) < 8 or head.count(0) < len(head) // 12:
        return None
    zeros = [head[place::4].count(0) * 4 for place in range(4)]
    size = len(head)
    if min(zeros[2:]) > 0.9 * size and zeros[0] < 0.2 * size:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 * size and zeros[3] < 0.2 * size:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 4 * even:
        return "utf-16-le"
    if even > 4 * odd:
        return "utf-16-be"
    return None


def _declared(content: bytes, content_type: str | None) -> list[str]:
    """Encodings named by the HTTP header and in the head of the page, as the larger sets that they stand for."""
    places = [content_type.encode("latin-1", "ignore")] if content_type else []
    places.append(content[:_HEAD])
    names: dict[str, None] = {}
    for place in places:
        for found in _DECLARED.finditer(place):
            label = (found[1] or found[2]).decode("ascii", "ignore").lower()
            try:
                name = codecs.lookup(_OTHER_NAMES.get(label, label)).name
            except LookupError:
                continue
            name = _SUPERSETS.get(name, name)
            if name not in names and _LEGACY.match(name) and b"<html>".decode(name, "replace") == "<html>":
                names[name] = None
    return list(names)


def _sample(content: bytes) -> bytes:
    """Text beyond ASCII from all over the page, a few thousand bytes of it."""
    pieces = [piece[:400] for piece in _FOREIGN.findall(content)]
    total = sum(map(len, pieces))
    if total > _SAMPLE:
        pieces = pieces[:: total // _SAMPLE + 1]
    return b"\n".join(pieces)[: 2 * _SAMPLE]


def _plausibility(sample: bytes, name: str, declared: list[str]) -> float:
    """How much like language the sample reads in an encoding; what is declared gets the benefit of the doubt."""
    text = sample.decode(name, "replace")
    foreign = len(text) - sum(map(str.isascii, text))
    if not foreign:
        return 0.0
    telling = sum(map(_TELLING.__contains__, text))
    score = (telling - 4 * len(_BROKEN.findall(text))) / foreign
    return score + (0.15 if name in declared else 0.0)
