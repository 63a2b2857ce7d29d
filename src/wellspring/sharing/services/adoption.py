"""A golden idea goes into the work plan."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.models import Period, PlanItem, WorkPlan
from wellspring.plan.services.changing import open_plan_held
from wellspring.plan.services.items import ItemWords, add_item
from wellspring.plan.services.plans import open_plan
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Decision, Idea, IdeaStatus, SessionState
from wellspring.sharing.queries.discussion import session_under_way
from wellspring.sharing.queries.idea_pages import ORIGIN
from wellspring.sharing.queries.ideas import may_decide
from wellspring.sharing.services.decisions import has_open_item
from wellspring.sharing.services.ideas import backers, locked
from wellspring.sharing.services.live import touch_live


class PlanToOpen(NamedTuple):
    """A plan that is opened when the idea goes into it, unless it is there by then."""

    period: Period
    starts_on: date


@transaction.atomic
def adopt_idea(*, actor: Actor, idea: Idea, plan: WorkPlan | PlanToOpen, wanted: ItemWords, once: str = "") -> PlanItem:
    """Put a golden or studied idea into a plan of its unit, as an item with owner, day and measure.

    Who may decide on the idea may, and who manages the plan. `once`: of the form; sent again it gives the item that it
    made. Proposer and backers are told. Raises IdeaProblem for an idea that is in no such state or stands in the plan
    already, PlanClosed and ItemProblem of the plan, PermissionDenied.
    """
    seen = Idea.objects.select_related("org", "suggestion").get(pk=idea.pk)
    if not may_adopt(actor, seen):
        raise PermissionDenied
    session = session_under_way(seen)
    touch_live(session.pk if session and session.state == SessionState.RUNNING else None)
    if isinstance(plan, PlanToOpen):
        plan = open_plan(actor=actor, org=seen.org, period=plan.period, starts_on=plan.starts_on, allowed=True)
    plan = open_plan_held(plan)  # before the idea, as its outcome comes that way too
    if plan.org_id != seen.org_id:
        raise IdeaProblem(_("Choose a plan of the idea's own unit."), field="where")
    idea = locked(idea)
    made = PlanItem.objects.filter(once=once, origin_kind=ORIGIN, origin_id=idea.pk).first() if once else None
    if made is not None:
        return made
    _check(idea)
    item = add_item(
        actor=actor,
        plan=plan,
        wanted=wanted,
        origin_kind=ORIGIN,
        origin_id=idea.pk,
        allowed=True,
        once=once,
    )
    now = timezone.now()
    idea.status, idea.decided_at, idea.returned_at, idea.decision_reason = IdeaStatus.ADOPTED, now, None, ""
    idea.is_golden = True
    idea.version += 1
    idea.save()
    Decision.objects.create(
        idea=idea, session=session, status=IdeaStatus.ADOPTED, decided_by=actor.user, decided_at=now
    )
    audit.record("sharing.idea_adopted", actor=actor.user, on=idea, data={"idea": idea.title, "plan": plan.name})
    words = {"idea": idea.title, "owner": item.owner.user.get_full_name(), "day": item.due_on.isoformat()}
    address = reverse("sharing:idea", kwargs={"pk": idea.pk})
    notify(backers(idea, besides=actor.user), "sharing.idea_adopted", data=words, url=address, about=idea)
    return item


def may_adopt(viewer: Actor, idea: Idea) -> bool:
    """Whether she may put it into the plan: who decides on it, and who manages the unit's plan."""
    return viewer.may(Permission.MANAGE_PLAN, org=idea.org) or may_decide(viewer, idea)


def _check(idea: Idea) -> None:
    if idea.status == IdeaStatus.ADOPTED and has_open_item(idea):
        raise IdeaProblem(_("This idea stands in the work plan already, perhaps only just now. Look at its page."))
    if idea.status not in (IdeaStatus.GOLDEN, IdeaStatus.STUDYING, IdeaStatus.ADOPTED):
        raise IdeaProblem(
            _("Only a golden idea, or one in study, goes into the plan (now: %(state)s). Decide on it first.")
            % {"state": idea.get_status_display()}
        )
