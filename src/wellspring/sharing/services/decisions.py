"""Decisions on ideas: golden, to study, kept for later, no; each with its reason, in the open, kept for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.notices.services import notify
from wellspring.people.models import Member
from wellspring.people.viewer import Actor
from wellspring.plan.models import PlanItem
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Decision, Idea, IdeaStatus, SessionState, SharingSession
from wellspring.sharing.queries.discussion import session_under_way
from wellspring.sharing.queries.ideas import may_decide
from wellspring.sharing.services.ideas import backers, locked
from wellspring.sharing.services.live import touch_live

DECIDABLE = (IdeaStatus.GOLDEN, IdeaStatus.STUDYING, IdeaStatus.KEPT, IdeaStatus.DECLINED)
"""What people decide; the rest follows from the plan or from the calendar."""
WITH_REASON = (IdeaStatus.KEPT, IdeaStatus.DECLINED)
FARTHEST_YEARS = 5
LOOKED_AT_AGAIN = timedelta(days=90)
"""Whether a condition in words alone has come true nobody can compute: after so long people are asked."""


@transaction.atomic
def decide_idea(
    *,
    actor: Actor,
    idea: Idea,
    version: int,
    status: IdeaStatus | str,
    reason: str = "",
    revisit_when: str = "",
    revisit_on: date | None = None,
    revisit_item: PlanItem | None = None,
    study_due_on: date | None = None,
    contributors: Iterable[Member] = (),
    session: SharingSession | None = None,
) -> Idea:
    """Decide, or decide anew: `status` is one of `DECIDABLE`. A no and a later need a reason, a later also a
    condition: words, a day or an item whose outcome is waited for; words alone come back after `LOOKED_AT_AGAIN`.

    `session`: at which it is decided; where none is given, the running one on whose agenda the talk stands. Raises
    ChangedMeanwhile where somebody else decided meanwhile, IdeaProblem for what does not fit, PermissionDenied.
    """
    seen = Idea.objects.select_related("org", "suggestion").get(pk=idea.pk)
    if not may_decide(actor, seen):
        raise PermissionDenied
    session = session or session_under_way(seen)
    touch_live(session.pk if session and session.state == SessionState.RUNNING else None)
    idea, status = locked(idea), IdeaStatus(status)
    reason, revisit_when = reason.strip(), " ".join(revisit_when.split())
    _check(status, reason, revisit_when, revisit_on, revisit_item, study_due_on, idea)
    if idea.version != version:
        if _said_already(actor, idea, version, status, reason):
            return idea
        raise ChangedMeanwhile(version=idea.version, differences=_differences(idea, status, reason))
    _check_open_for_decisions(idea)
    is_kept, is_studied = status == IdeaStatus.KEPT, status == IdeaStatus.STUDYING
    if is_kept and revisit_on is None and revisit_item is None:
        revisit_on = timezone.localdate() + LOOKED_AT_AGAIN
    before = str(idea.status)
    idea.status, idea.decision_reason, idea.decided_at, idea.returned_at = status, reason, timezone.now(), None
    idea.is_golden = status == IdeaStatus.GOLDEN or (idea.is_golden and is_studied)
    idea.revisit_when = revisit_when if is_kept else ""
    idea.revisit_on = revisit_on if is_kept else None
    idea.revisit_item = revisit_item if is_kept else None
    idea.study_due_on = study_due_on if is_studied else None
    idea.version += 1
    idea.save()
    asked = list(contributors) if is_studied else []
    if is_studied:
        idea.contributors.set(asked)
    Decision.objects.create(
        idea=idea,
        session=session,
        status=status,
        reason=reason,
        revisit_when=idea.revisit_when,
        revisit_on=idea.revisit_on,
        decided_by=actor.user,
        decided_at=idea.decided_at,
    )
    told = {"idea": idea.title, "decision": DECISIONS[status], "reason": reason}
    audit.record("sharing.idea_decided", actor=actor.user, on=idea, data={**told, "before": before})
    address = reverse("sharing:idea", kwargs={"pk": idea.pk})
    notify(backers(idea, besides=actor.user), "sharing.idea_decided", data=told, url=address, about=idea)
    ask_contributors(idea, asked, actor)
    return idea


def ask_contributors(idea: Idea, asked: Iterable[Member], actor: Actor) -> None:
    """Tell those who are to work out the details; in the transaction of the change."""
    due = date_format(idea.study_due_on, "Y-m-d") if idea.study_due_on else "—"
    people = [member.user for member in asked if actor.user is None or member.user_id != actor.user.pk]
    address = reverse("sharing:idea_study", kwargs={"pk": idea.pk})
    notify(people, "sharing.study_asked", data={"idea": idea.title, "day": due}, url=address, about=idea)


def has_open_item(idea: Idea) -> bool:
    """Whether something in the plan that came of it, or that such a thing was merged into, is still to be done. One
    query."""
    came = Q(origin_kind="sharing.idea", origin_id=idea.pk)
    merged = Q(merged__origin_kind="sharing.idea", merged__origin_id=idea.pk)
    return PlanItem.objects.filter(came | merged, state__in=("planned", "under_way")).exists()


def _check(
    status: IdeaStatus,
    reason: str,
    revisit_when: str,
    revisit_on: date | None,
    revisit_item: PlanItem | None,
    study_due_on: date | None,
    idea: Idea,
) -> None:
    if status not in DECIDABLE:
        raise IdeaProblem(_("This is nothing to decide: it follows from the work plan."), field="status")
    if status in WITH_REASON and not reason:
        raise IdeaProblem(_("Give the reason: its proposer will read it."), field="reason")
    today = timezone.localdate()
    if status == IdeaStatus.KEPT:
        if not (revisit_when or revisit_on or revisit_item):
            raise IdeaProblem(
                _("Say when it comes back: a condition in words, a day or season, or an item of the work plan."),
                field="revisit_when",
            )
        if revisit_on and not today < revisit_on < today.replace(year=today.year + FARTHEST_YEARS, day=1):
            raise IdeaProblem(
                _("The day on which it comes back lies after today, within five years."), field="revisit_on"
            )
        if revisit_item and (revisit_item.plan.org_id != idea.org_id or not revisit_item.is_open):
            raise IdeaProblem(_("Choose an item of this unit's plan that is still open."), field="revisit_item")
    if (
        status == IdeaStatus.STUDYING
        and study_due_on
        and not today <= study_due_on < today.replace(year=today.year + FARTHEST_YEARS, day=1)
    ):
        raise IdeaProblem(_("The study ends today or later, within five years."), field="study_due_on")


def _check_open_for_decisions(idea: Idea) -> None:
    if idea.status == IdeaStatus.REPORTED:
        raise IdeaProblem(
            _("This idea has been carried out and reported back. Hand in a new idea where more is to be done.")
        )
    if idea.status == IdeaStatus.ADOPTED and has_open_item(idea):
        raise IdeaProblem(
            _("This idea stands in the work plan. Drop its item there, with a reason, before you decide anew.")
        )


def _said_already(actor: Actor, idea: Idea, version: int, status: IdeaStatus, reason: str) -> bool:
    """Whether the same form was sent twice."""
    last = idea.decisions.last()
    return (
        last is not None
        and idea.version == version + 1
        and last.decided_by_id == (actor.user.pk if actor.user else None)
        and (last.status, last.reason) == (status, reason)
    )


def _differences(idea: Idea, status: IdeaStatus, reason: str) -> list[Difference]:
    rows = [
        (_("Decision"), str(idea.get_status_display()), str(status.label)),
        (_("Reason"), idea.decision_reason, reason),
    ]
    last = idea.decisions.select_related("decided_by").last()
    if last is not None and last.decided_by is not None:
        rows.append((_("Decided by"), last.decided_by.get_full_name(), ""))
    return [Difference(*row) for row in rows if row[1] != row[2]]


DECISIONS = {
    IdeaStatus.COLLECTED: "collected",
    IdeaStatus.GOLDEN: "golden idea",
    IdeaStatus.STUDYING: "in study",
    IdeaStatus.ADOPTED: "in the work plan",
    IdeaStatus.REPORTED: "carried out, reported back",
    IdeaStatus.KEPT: "kept for later",
    IdeaStatus.DECLINED: "not taken up",
}
"""What is stored of a state for sentences that are translated when they are read: the labels' own message ids."""
