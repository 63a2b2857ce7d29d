"""Which page of an article an address is: the same address but for a page number, in the forms that sites share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

MOST_PAGES: Final = 99
WHOLE: Final = 0
"""Stands for the number of the page that shows all of the article."""

_PARAMETER: Final = re.compile(
    r"(?:page|pg|p|pn|pageno|page_?num(?:ber)?|page_?index|curpage|currentpage|paged|pageid|n)", re.I
)
_WHOLE_PARAMETER: Final = re.compile(r"(?:all|full|show_?all|single|whole|full_?text|view_?all)", re.I)
_WHOLE_VALUE: Final = re.compile(r"(?:all|full|single|whole)", re.I)
_ENDING: Final = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|htm)$", re.I)
_ENTRY: Final = re.compile(r"/(?:index|default)$", re.I)
_AFTER_MARK: Final = re.compile(r"(?P<stem>.*?[^/_-])(?:[_-](?:p|page[_-]?)?|(?<=\d)p)(?P<number>\d{1,2})$", re.I)
_FOLDER: Final = re.compile(r"(?P<stem>/.+?)/(?:p|pages?[/_-]?)?(?P<number>\d{1,2})$", re.I)
_WHOLE_NAME: Final = re.compile(r"(?P<stem>/.+?)[/_-](?:all|full|whole|single|quanwen|s)$", re.I)

Form = tuple[tuple[str, str, tuple[tuple[str, str], ...]], int | None]
"""What is left of the address without its page number, and that number; None where it has none."""


@lru_cache(maxsize=256)
def forms_of(url: str) -> tuple[Form, ...]:
    """Every way to read an address as a page of something; none where it is no web address."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.lower()
    except ValueError:
        return ()
    if parts.scheme not in ("http", "https") or len(url) > 2000:
        return ()
    query = tuple(sorted(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)))
    path = _plain(parts.path)
    forms: list[Form] = [((host, path, query), None)]
    for pair in query:
        name, value = pair
        rest = tuple(other for other in query if other != pair)
        if _PARAMETER.fullmatch(name) and value.isascii() and value.isdigit() and len(value) <= 2:
            forms.append(((host, path, rest), int(value)))
        elif _WHOLE_PARAMETER.fullmatch(name) or (_PARAMETER.fullmatch(name) and _WHOLE_VALUE.fullmatch(value)):
            forms.append(((host, path, rest), WHOLE))
    numbered = (_AFTER_MARK.fullmatch(path), _FOLDER.fullmatch(path))
    forms.extend(((host, _plain(found["stem"]), query), int(found["number"])) for found in numbered if found)
    if found := _WHOLE_NAME.fullmatch(path):
        forms.append(((host, _plain(found["stem"]), query), WHOLE))
    return tuple(forms)


def number_after(here: str, there: str) -> int | None:
    """The page number in `there` if it is the address of the page after `here`; None where it is not.

    A site may count its addresses from 0: what follows an address without a number can have 1 or 2.
    """
    for stem, number in forms_of(here):
        for other, following in forms_of(there):
            if stem != other or not following or following > MOST_PAGES:
                continue
            if following in (1, 2) if number is None else number != WHOLE and following == number + 1:
                return following
    return None


def number_of(here: str, there: str) -> int | None:
    """The page number in `here`, read in the way in which both are pages of the same; None where it has none."""
    stems = {stem for stem, _ in forms_of(there)}
    return next((number for stem, number in forms_of(here) if number is not None and stem in stems), None)


def are_of_one(here: str, there: str) -> bool:
    """Whether the two are different pages of the same article, by their addresses."""
    stems = {stem for stem, _ in forms_of(there)}
    return here != there and any(stem in stems for stem, _ in forms_of(here))


def shows_whole(here: str, there: str) -> bool:
    """Whether `there` is the address that shows on one page what `here` begins."""
    stems = {stem for stem, number in forms_of(here) if number != WHOLE}
    return any(stem in stems and number == WHOLE for stem, number in forms_of(there))


def _plain(path: str) -> str:
    """A path without ending, the name of an entry page and the last slash."""
    return _ENTRY.sub("", _ENDING.sub("", path)).rstrip("/")
