"""What an author is shown before she hands a talk in: what is weak or missing, and what is like her suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import SharingSession, Suggestion, Talk
from wellspring.sharing.queries.similar import SimilarIdea, similar_to_each
from wellspring.sharing.queries.talks import ideas_of, sessions_of


@dataclass(frozen=True, slots=True)
class CheckedSuggestion:
    suggestion: Suggestion
    similar: tuple[SimilarIdea, ...]


@dataclass(frozen=True, slots=True)
class TalkCheck:
    """A talk just before it is handed in."""

    missing: tuple[str, ...]
    """Without this it cannot be handed in."""
    weak: tuple[str, ...]
    """With this it would be better."""
    suggestions: tuple[CheckedSuggestion, ...]
    sessions: tuple[SharingSession, ...]
    """Where it is to be given."""


def check_of(viewer: Viewer, talk: Talk) -> TalkCheck:
    """Of a talk of hers, by a number of queries that does not grow."""
    suggestions = list(talk.suggestions.order_by("position", "id"))
    own = list(ideas_of(talk).values_list("pk", flat=True))
    similar = similar_to_each(viewer, [(each.title, each.details) for each in suggestions], besides=own)
    missing = [] if talk.title else [_("The talk has no title.")]
    if not suggestions:
        missing.append(_("There is no suggestion yet. It is what your colleagues discuss."))
    for number, each in enumerate(suggestions, 1):
        if not each.title:
            missing.append(_("Suggestion %(number)s has no title.") % {"number": number})
    weak = []
    if talk.topic_id is None:
        weak.append(_("No topic is chosen: others find the talk and its ideas by it."))
    if not talk.current_state:
        weak.append(_("The current state is not described."))
    if not talk.causes:
        weak.append(_("Nothing is said about the causes."))
    if not talk.evidence.exists():
        weak.append(_("There is no evidence yet: a report, an earlier idea, a picture."))
    if any(each.title and not each.details for each in suggestions):
        weak.append(_("Some suggestions say in their title only what should be done, not how."))
    return TalkCheck(
        missing=tuple(missing),
        weak=tuple(weak),
        suggestions=tuple(
            CheckedSuggestion(each, tuple(found)) for each, found in zip(suggestions, similar, strict=True)
        ),
        sessions=tuple(sessions_of(talk)),
    )
