"""What somebody writes in a talk: its words as plain values, and how two versions of them differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellspring.core.meanwhile import Difference
from wellspring.sharing.models import Talk
from wellspring.topics.models import Topic


@dataclass(frozen=True, slots=True)
class SuggestionWords:
    """One suggestion as the editor holds it."""

    title: str
    details: str = ""
    pk: int | None = None
    """Of the row that it was read from; None for a new one."""

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.details)


@dataclass(frozen=True, slots=True)
class TalkWords:
    """All that the editor holds of a talk."""

    title: str = ""
    topic: Topic | None = None
    current_state: str = ""
    causes: str = ""
    takeaways: str = ""
    suggestions: tuple[SuggestionWords, ...] = ()
    """In their order; empty ones are left out when they are saved."""

    @property
    def written_suggestions(self) -> tuple[SuggestionWords, ...]:
        return tuple(each for each in self.suggestions if not each.is_empty)


def words_of(talk: Talk) -> TalkWords:
    """The words of a talk as they are stored. One query."""
    return TalkWords(
        title=talk.title,
        topic=talk.topic,
        current_state=talk.current_state,
        causes=talk.causes,
        takeaways=talk.takeaways,
        suggestions=tuple(
            SuggestionWords(each.title, each.details, each.pk) for each in talk.suggestions.order_by("position", "id")
        ),
    )


def differences_of(now: TalkWords, wanted: TalkWords) -> list[Difference]:
    """Where the two differ in what a reader sees, field by field."""
    rows = [
        (_("Title"), now.title, wanted.title),
        (_("Topic"), now.topic.name if now.topic else "", wanted.topic.name if wanted.topic else ""),
        (_("Current state"), now.current_state, wanted.current_state),
        (_("Causes"), now.causes, wanted.causes),
        *_suggestion_rows(now.written_suggestions, wanted.written_suggestions),
        (_("Takeaways"), now.takeaways, wanted.takeaways),
    ]
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _suggestion_rows(
    now: tuple[SuggestionWords, ...], wanted: tuple[SuggestionWords, ...]
) -> list[tuple[str, str, str]]:
    rows = []
    for number in range(max(len(now), len(wanted))):
        stands, comes = (_told(each[number]) if number < len(each) else "" for each in (now, wanted))
        rows.append((_("Suggestion %(number)s") % {"number": number + 1}, stands, comes))
    return rows


def _told(suggestion: SuggestionWords) -> str:
    return "\n".join(part for part in (suggestion.title, suggestion.details) if part)
