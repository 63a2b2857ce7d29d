"""The versions of an idea's implementation details, and who may write the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wellspring.people.viewer import Viewer
from wellspring.sharing.differences import Line, compared
from wellspring.sharing.models import Idea, StudyVersion
from wellspring.sharing.queries.ideas import is_own, may_decide


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions beside each other."""

    before: StudyVersion
    after: StudyVersion
    lines: Sequence[Line]
    """Empty where they say the same."""


def may_write_details(viewer: Viewer, idea: Idea) -> bool:
    """Whether she is its proposer, one of those asked to work it out, or may decide on it."""
    mine = [place.member_id for place in viewer.places]
    if not is_own(viewer, idea):
        return False
    return idea.proposer_id in mine or idea.contributors.filter(pk__in=mine).exists() or may_decide(viewer, idea)


def versions_of(idea: Idea) -> list[StudyVersion]:
    """Every version, the newest first, with its author. One query."""
    return list(idea.study_versions.select_related("author__user").order_by("-number"))


def comparison_of(versions: Sequence[StudyVersion], first: int | None, second: int | None) -> Comparison | None:
    """Versions of these numbers compared, the older one first; the last two where nothing fits; None for fewer."""
    known = {version.number: version for version in versions}
    if len(known) < 2:
        return None
    numbers = sorted(known)
    wanted = sorted({number for number in (first, second) if number in known})
    older, newer = wanted if len(wanted) == 2 else numbers[-2:]
    before, after = known[older], known[newer]
    return Comparison(before, after, compared(before.text, after.text))
