"""A talk with all that its page shows, and cut into the screens of the meeting room."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import SharingSession, Talk, TalkState
from wellspring.sharing.queries.discussion import Discussed, discussed_ideas, discussion_of
from wellspring.sharing.queries.evidence import ShownEvidence, evidence_of
from wellspring.sharing.queries.talks import is_author, sessions_of

_LETTERS = 150
"""Chinese characters that one screen takes in type that the last row can read."""
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;]?[”’」』）)]*|\n")


@dataclass(frozen=True, slots=True)
class TalkPage:
    """What the page of a talk shows to this viewer."""

    discussion: tuple[Discussed, ...]
    evidence: tuple[ShownEvidence, ...]
    sessions: tuple[SharingSession, ...]
    """On whose agenda it stands or stood."""
    is_author: bool
    may_change: bool
    may_take_back: bool
    """Handed in, and nobody has said or decided anything yet."""
    changed_after: bool
    """It was changed after it had been handed in."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. `kind`: `title`, `text`, `suggestion`, `pictures`, `evidence` or `takeaways`."""

    kind: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    evidence: tuple[ShownEvidence, ...] = ()
    number: int = 0
    """Of a suggestion, 1 for the first."""
    part: int = 1
    parts: int = 1
    """Of a text that does not fit on one screen."""

    @property
    def letters(self) -> int:
        return sum(map(len, self.paragraphs))

    @property
    def size(self) -> str:
        """How large its type can be: `is-short`, `is-medium` or `is-long`."""
        return "is-short" if self.letters <= 45 else "is-medium" if self.letters <= 90 else "is-long"


def talk_page(viewer: Viewer, talk: Talk) -> TalkPage:
    """All of it, by a number of queries that does not grow. The caller has asked whether she may see the talk."""
    own = is_author(viewer, talk)
    discussion = discussion_of(viewer, talk)
    is_ready = own and talk.state == TalkState.READY
    return TalkPage(
        discussion=discussion,
        evidence=tuple(evidence_of(viewer, talk)),
        sessions=tuple(sessions_of(talk)),
        is_author=own,
        may_change=own and talk.state != TalkState.GIVEN,
        may_take_back=is_ready and not discussed_ideas(one.idea for one in discussion if one.idea is not None),
        changed_after=talk.handed_in_at is not None and talk.saved_at > talk.handed_in_at,
    )


def slides_of(viewer: Viewer, talk: Talk) -> list[Slide]:
    """The screens of a talk in their order; long texts go on on further ones. Four queries at most."""
    evidence = evidence_of(viewer, talk)
    pictures = tuple(each for each in evidence if each.kind == "picture")
    slides = [Slide("title", str(talk))]
    slides += _text_slides("text", _("Current state"), talk.current_state)
    slides += [Slide("pictures", each.row.note or each.title, evidence=(each,)) for each in pictures]
    slides += _text_slides("text", _("Causes"), talk.causes)
    for number, each in enumerate(talk.suggestions.order_by("position", "id"), 1):
        slides += _text_slides("suggestion", each.title, each.details, number=number) or [
            Slide("suggestion", each.title, number=number)
        ]
    slides += _text_slides("takeaways", _("Takeaways"), talk.takeaways)
    rest = tuple(each for each in evidence if each.kind != "picture")
    if rest:
        slides.append(Slide("evidence", pgettext("of a talk", "Evidence"), evidence=rest))
    return slides


def _text_slides(kind: str, heading: str, text: str, *, number: int = 0) -> list[Slide]:
    screens = _screens(text)
    return [
        Slide(kind, heading, paragraphs, number=number, part=part, parts=len(screens))
        for part, paragraphs in enumerate(screens, 1)
    ]


def _screens(text: str) -> list[tuple[str, ...]]:
    """Paragraphs screen by screen, cut between paragraphs, else between sentences; Latin letters count half."""
    screens: list[list[str]] = []
    room = 0.0
    for paragraph in filter(None, (line.strip() for line in text.splitlines())):
        begun = False
        for piece in _pieces(paragraph):
            width = _width(piece)
            if not screens or width > room:
                screens.append([])
                room, begun = float(_LETTERS), False
            if begun:
                screens[-1][-1] += piece
            else:
                screens[-1].append(piece)
                begun = True
            room -= width
    return [tuple(screen) for screen in screens]


def _pieces(paragraph: str) -> list[str]:
    if _width(paragraph) <= _LETTERS:
        return [paragraph]
    found = []
    for sentence in filter(None, _SENTENCE.findall(paragraph)):
        found += [sentence[at : at + _LETTERS] for at in range(0, len(sentence), _LETTERS)]
    return found


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)
