"""Markup on which an HTML parser would toil: told before it is parsed, by signs that cost next to nothing to check.

A parser is fast, but some of its work grows with a product, and the author of a page chooses both factors:

- an attribute is compared with all before it in its element (100,000 of them: 18 s);
- an end tag, or a <li>, looks up through all open elements (100,000 nested <div>: 17 s);
- formatting left open (<b id=1><b id=2> …) is opened again in each following block (7,000 times 20,000: all memory).

Each check first asks for a condition that ordinary pages do not fulfil, and looks closer only where one does.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from typing import Final

from wellspring.engine.errors import PageTooComplex, marked

MAX_TAGS: Final = 250_000
"""`<` in one page. Each costs the parser up to 300 bytes and the rules some microseconds."""
MAX_DEPTH: Final = 3_000
"""Deeper than any page written in earnest; less where the page has very many tags."""
MAX_ATTRIBUTES: Final = 20_000
"""Of one element."""

_MOST_COMPARISONS: Final = 500_000_000
"""Of attributes, in all elements together; one takes 3 ns."""
_SHORT_PAGE: Final = 100_000
"""Bytes that, as attributes of one element, take less than two seconds."""
_LONGEST_TAGS: Final = 15_000_000_000
"""Sum of the squares of tags' lengths, in bytes, up to which their attributes are compared within three seconds."""
_WINDOW: Final = 50_000
_MOST_WINDOWS: Final = 200
"""In longer pages all tags are read: that takes no longer then."""
_SOON: Final = 1_000
_FEW_TAGS: Final = 20_000
"""As many tags, all nested, take half a second."""
_MOST_STEPS: Final = 500_000_000
"""Depth times tags; one step takes 3 ns."""
_MOST_COPIES: Final = 1_500_000
"""Of formatting elements; one takes 370 bytes."""
_MOST_COPIED: Final = 300_000_000
"""Bytes of attributes of formatting elements that are opened again."""

_VALUE: Final = rb"""(?:"[^"]*+"|'[^']*+'|[^ \t\n\r\f>"'][^ \t\n\r\f>]*+|(?=>))"""
_ATTRIBUTE: Final = rb"""[ \t\n\r\f/]*+[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+%s)?+""" % _VALUE
"""As browsers read it: a quote opens a value only after `=`, and a name may hold anything, `"` and `<` too."""
_ONE: Final = re.compile(_ATTRIBUTE)
_TAIL: Final = re.compile(rb"(?:%s)*+[ \t\n\r\f/]*+>" % _ATTRIBUTE)
"""From between two attributes to the end of the tag."""
_BETWEEN: Final = re.compile(rb"[ \n](?<=[^ \t\n\r\f=][ \n])(?=[^ \t\n\r\f=])")
"""A place that, outside quotes, is between two attributes if it is in a tag at all."""
_ODD: Final = re.compile(
    rb"""<([a-zA-Z][^ \t\n\r\f/>]{0,200}+)(?!(?:[ \t\n\r\f/]*+[^ \t\n\r\f/>][^ \t\n\r\f/>=]{0,200}+"""
    rb"""(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+'|[^ \t\n\r\f>"'][^ \t\n\r\f>]{0,2000}+))?+){0,40}+"""
    rb"""[ \t\n\r\f/]*+>)"""
)
"""A tag, or what looks like one, that does not end after at most 40 attributes."""

_FORMATTING: Final = re.compile(rb"<(/?)(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[ \t\n\r\f/>])", re.I)
_FORMATTED: Final = re.compile(
    rb"<[bBcCeEfFiIsStTuU](?:[ \t\n\r\f/]|[mMtT][ \t\n\r\f/]|[iI][gG][ \t\n\r\f/]|[oO][dDnN][eEtT][ \t\n\r\f/]|"
    rb"[mMtT][aArR][a-zA-Z]{2,3}[ \t\n\r\f/])[^>]*+"
)
"""A formatting element with attributes. Each branch is told by its first character, which is quicker."""

_RAW: Final = b"script|style|textarea|title|xmp|iframe|noembed|noframes"


def _tags(raw: bytes) -> re.Pattern[bytes]:
    """A comment, an element of these names with the text in it, or a tag: its slash, its name, its slash at the end."""
    return re.compile(
        rb"""<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+"""
        rb"""|(?:(%s)(?=[ \t\n\r\f/>])(?:%s)*+[ \t\n\r\f/]*+>[^<]*+(?:<(?!/\1)[^<]*+)*+)"""
        rb"""|(/?)([a-zA-Z][^ \t\n\r\f/>]*+)(?:%s)*+[ \t\n\r\f]*+(/?)[ \t\n\r\f/]*+>)"""
        % (raw, _ATTRIBUTE, _ATTRIBUTE),
        re.I,
    )


_TAG: Final = _tags(_RAW)
_FOREIGN_TAG: Final = _tags(b"(?!)")
"""Inside <svg> and <math> no element's text is raw, and none is flat but those that end it."""
_FOREIGN: Final = (b"svg", b"math")
_ENDS_FOREIGN: Final = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    b"nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
_FLAT: Final = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li dt dd tr option thead tbody tfoot colgroup rp rt".split()
)
"""Elements that hold nothing, and those that their next sibling ends."""
_INLINE: Final = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
"""Formatting: its end tag leaves blocks inside it open."""
_TABLE: Final = frozenset(b"table td th caption".split())
_WALLS: Final = _TABLE | frozenset(b"template object applet marquee".split())
"""An end tag inside one of these closes nothing outside it, unless it is of a table itself."""


def lightened(markup: bytes) -> bytes:
    """The markup (UTF-8) as it is to be parsed: where formatting would be opened again without end it is made <span>.

    Raises PageTooComplex where a parser's work would be out of all proportion.
    """
    tags = len(markup) - len(markup.replace(b"<", b""))  # a third quicker than counting
    if tags > MAX_TAGS:
        raise PageTooComplex(marked("The page was not read because it has more than %(limit)s tags."), limit=MAX_TAGS)
    if len(markup) > _SHORT_PAGE:
        _refuse_many_attributes(markup, _where_tags_may_be_long(markup))
    if tags > _FEW_TAGS:
        _refuse_deep_nesting(markup, min(MAX_DEPTH, _MOST_STEPS // tags))
    if (tags * tags > 4 * _MOST_COPIES or tags * len(markup) > _MOST_COPIED) and _multiplies(markup, tags):
        return _FORMATTING.sub(rb"<\1span", markup)
    return markup


def _where_tags_may_be_long(markup: bytes) -> list[tuple[int, int]]:
    """The parts of a page that must be read for long tags: none if some tag ends every few ten thousand bytes.

    At a place between two words a tag, if there is one, is between two of its attributes, or in a value in double or in
    single quotes. Where reading on from there in each of the three ways soon meets the tag's end, no tag goes through.
    Where there is no quote to end a value, one may go through, but has no attributes from there on. Of the stretches
    between such places the longest are read, until what is left is short enough.
    """
    length = len(markup)
    window = min(_WINDOW, _LONGEST_TAGS * 3 // 4 // length)
    if length // window > _MOST_WINDOWS:
        return [(0, length)]
    closing = {b'"': 0, b"'": 0}
    places = [0]
    for start in range(0, length, window):
        between = _BETWEEN.search(markup, start, start + window // 16)
        if between is None:
            continue
        place = between.end()
        if _TAIL.match(markup, place, place + _SOON) is None:
            continue
        for quote, closed in closing.items():
            if closed < place:
                closed = closing[quote] = markup.find(quote, place) + 1 or length
            if closed < length and _TAIL.match(markup, closed, closed + _SOON) is None:
                break
        else:
            places.append(place)
    parts = list(pairwise([*places, length]))
    squares = sum((end - start) ** 2 for start, end in parts)
    long: list[tuple[int, int]] = []
    for start, end in sorted(parts, key=lambda part: part[0] - part[1]):
        if squares < _LONGEST_TAGS:
            break
        squares -= (end - start) ** 2
        long.append((start, end))
    return long


def _refuse_many_attributes(markup: bytes, parts: list[tuple[int, int]]) -> None:
    """Count the attributes of each tag beginning in these parts that has many, or of what looks like one."""
    length = len(markup)
    comparisons = read = 0
    for odd in chain.from_iterable(_ODD.finditer(markup, first, last) for first, last in parts):
        start = odd.end()
        tail = _TAIL.match(markup, start)
        end = tail.end() if tail else length
        names = sum(1 for _ in _ONE.finditer(markup, start, end))
        comparisons += names * names // 2
        if names > MAX_ATTRIBUTES or comparisons > _MOST_COMPARISONS:
            raise PageTooComplex(
                marked("The page was not read because an element has more than %(limit)s attributes."),
                limit=MAX_ATTRIBUTES,
            )
        read += end - start
        if read > 8 * length:
            raise PageTooComplex()


def _refuse_deep_nesting(markup: bytes, limit: int) -> None:
    """Follow the open elements as a parser does, by and large."""
    stack: list[bytes] = []
    places: dict[bytes, list[int]] = {}
    walls = [-1]
    inline: Counter[bytes] = Counter()
    position = 0
    foreign = False
    while tag := (_FOREIGN_TAG if foreign else _TAG).search(markup, position):
        position = tag.end()
        if tag[3] is None:
            continue
        name = tag[3].lower()
        if foreign and name in _ENDS_FOREIGN and not tag[2]:
            _close(stack, places, walls, min(places[one][0] for one in _FOREIGN if places.get(one)))
            foreign = False
        if name in _FLAT and not foreign:
            continue
        if name in _INLINE:
            if tag[2]:
                inline[name] = max(0, inline[name] - 1)
            elif name != b"a":
                inline[name] += 1
        elif tag[2]:
            own = places.get(name)
            if own and (own[-1] > walls[-1] or name in _TABLE):
                _close(stack, places, walls, own[-1])
                foreign = any(places.get(one) for one in _FOREIGN)
        elif not tag[4]:
            if name in _WALLS:
                walls.append(len(stack))
            places.setdefault(name, []).append(len(stack))
            stack.append(name)
            foreign = foreign or name in _FOREIGN
        if len(stack) + inline.total() > limit:
            raise PageTooComplex(
                marked("The page was not read because its elements are nested more than %(limit)s deep."), limit=limit
            )


def _close(stack: list[bytes], places: dict[bytes, list[int]], walls: list[int], first: int) -> None:
    """Close the open elements from this place on."""
    for closed in reversed(stack[first:]):
        if places[closed].pop() == walls[-1]:
            walls.pop()
    del stack[first:]


def _multiplies(markup: bytes, tags: int) -> bool:
    """Whether formatting left open could be opened again too often: three of a kind in each block that follows."""
    formatted = _FORMATTED.findall(markup)
    if len(formatted) * tags <= _MOST_COPIES and sum(map(len, formatted)) * tags <= _MOST_COPIED:
        kinds = set(formatted)
        return any(kind.count(b'"') & 1 or kind.count(b"'") & 1 for kind in kinds) and _has_long_values(markup, tags)
    kinds = set(formatted)
    if 3 * len(kinds) * tags > _MOST_COPIES or 3 * sum(map(len, kinds)) * tags > _MOST_COPIED:
        return True
    return _has_long_values(markup, tags)


def _has_long_values(markup: bytes, tags: int) -> bool:
    """Whether formatting elements are long, those with `>` in a value measured to their ends."""
    copied = 0
    for found in _FORMATTED.finditer(markup):
        tail = _TAIL.match(markup, found.start() + 2)
        copied += (tail.end() if tail else len(markup)) - found.start()
        if copied * tags > _MOST_COPIED:
            return True
    return False
