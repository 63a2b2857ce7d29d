"""Everything that the page of one idea shows, as far as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.queries.members import members_of
from wellspring.people.viewer import Viewer
from wellspring.plan.models import PlanItem, Progress
from wellspring.sharing.models import Decision, Endorsement, Idea, IdeaStatus, SharingSession, StudyVersion
from wellspring.sharing.queries.ideas import is_own, may_decide

_ADOPTABLE = (IdeaStatus.GOLDEN, IdeaStatus.STUDYING)
ORIGIN = "sharing.idea"
"""What plan items name as the kind of their origin."""


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """What stands on an idea's page; of another unit's open idea without who said what."""

    idea: Idea
    is_own: bool
    may_decide: bool
    may_adopt: bool
    may_study: bool
    decisions: Sequence[Decision]
    """First to last, with who decided and at which session."""
    items: Sequence[PlanItem]
    """What came of it in the plan, first to last, with plan, owner and outcome."""
    last_study: StudyVersion | None
    contributors: Sequence[Member]
    endorsers: Sequence[Endorsement]
    remark_count: int
    sessions: Sequence[SharingSession]
    """At which its talk stood on the agenda, latest first."""
    endorses: bool
    follows: bool
    copies: int
    """How many other units copied it."""

    @property
    def has_open_item(self) -> bool:
        """Whether something in the plan that came of it is still to be done."""
        return any(item.is_open for item in self.items)


def idea_page(viewer: Viewer, idea: Idea) -> IdeaPage:
    """The page of an idea that the viewer may see; a constant number of queries."""
    own = is_own(viewer, idea)
    contributors = list(idea.contributors.select_related("user"))
    mine = {place.member_id for place in viewer.places}
    decides = may_decide(viewer, idea)
    endorsers = list(idea.endorsements.select_related("member__user"))
    items = items_of(idea)
    works = decides or idea.proposer_id in mine or any(member.pk in mine for member in contributors)
    return IdeaPage(
        idea=idea,
        is_own=own,
        may_decide=decides,
        may_adopt=own
        and (decides or viewer.may(Permission.MANAGE_PLAN, org=idea.org))
        and (
            idea.status in _ADOPTABLE or (idea.status == IdeaStatus.ADOPTED and not any(item.is_open for item in items))
        ),
        may_study=own and works and idea.status == IdeaStatus.STUDYING,
        decisions=list(idea.decisions.select_related("decided_by", "session")),
        items=items,
        last_study=idea.study_versions.select_related("author__user").last(),
        contributors=contributors,
        endorsers=endorsers,
        remark_count=idea.remarks.filter(withdrawn_at=None).count(),
        sessions=list(sessions_of(idea)) if own else [],
        endorses=any(endorsement.member_id in mine for endorsement in endorsers),
        follows=viewer.user is not None and idea.follows.filter(user=viewer.user).exists(),
        copies=idea.copies.count(),
    )


def items_of(idea: Idea) -> list[PlanItem]:
    """Items of the plan that came of it, first to last; where one was merged into another, that one too.

    With plan, owner, outcome, and its newest update as `newest`. At most three queries.
    """
    rows = PlanItem.objects.select_related("plan", "owner__user", "outcome")
    items = list(rows.filter(origin_kind=ORIGIN, origin_id=idea.pk).order_by("created_at", "pk"))
    known = {item.pk for item in items}
    merged = {item.merged_into_id for item in items if item.merged_into_id is not None} - known
    if merged:
        items += rows.filter(pk__in=merged).order_by("created_at", "pk")
    newest = {
        row.item_id: row
        for row in Progress.objects.filter(item__in=items).select_related("written_by").order_by("written_at", "pk")
    }
    for item in items:
        item.newest = newest.get(item.pk)  # type: ignore[attr-defined]  # for the row
    return items


def open_items_of_unit(idea: Idea) -> QuerySet[PlanItem]:
    """Open items of its unit's plans, for whose outcome it may wait."""
    return PlanItem.objects.filter(
        plan__org=idea.org_id, plan__closed_at=None, state__in=("planned", "under_way")
    ).order_by("due_on", "pk")


def colleagues_of(viewer: Viewer, idea: Idea) -> Iterable[Member]:
    """Who may be asked to work out its details, or to carry it out: members of its unit, by pinyin."""
    if not viewer.may(Permission.TAKE_PART, org=idea.org):
        return []
    return members_of(idea.org)


def sessions_of(idea: Idea) -> QuerySet[SharingSession]:
    """Sessions on whose agenda its talk stands or stood, latest first; none for an idea without a talk."""
    if idea.suggestion is None:
        return SharingSession.objects.none()
    return SharingSession.objects.filter(slots__talk=idea.suggestion.talk_id).distinct().order_by("-starts_at")
