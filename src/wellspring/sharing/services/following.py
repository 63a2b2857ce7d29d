"""What becomes of an idea in the work plan is told to its proposer, to who endorsed it and to who follows it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.viewer import Actor
from wellspring.plan.models import ItemState, Outcome, PlanItem, Verdict
from wellspring.sharing.models import Decision, Idea, IdeaStatus
from wellspring.sharing.services.decisions import has_open_item
from wellspring.sharing.services.ideas import backers, locked
from wellspring.sharing.services.returning import return_ideas_waiting_for

VERDICTS = {Verdict.REACHED: "reached", Verdict.PARTLY: "partly reached", Verdict.MISSED: "not reached"}
"""What is stored of a verdict for sentences that are translated when they are read: the labels' message ids."""


@transaction.atomic
def follow_item(actor: Actor, item: PlanItem) -> None:
    """An item that came of an idea changed its state or got its outcome; in the transaction of that change."""
    if item.state in (ItemState.DONE, ItemState.DROPPED):
        return_ideas_waiting_for(item)
    idea = Idea.objects.filter(pk=item.origin_id).first() if item.origin_id is not None else None
    if idea is None:
        return
    idea = locked(idea)
    if item.state == ItemState.DONE:
        _report(actor, idea, item)
    elif item.state == ItemState.DROPPED:
        _tell(actor, idea, "sharing.idea_dropped", {"reason": item.drop_reason})
    elif item.state == ItemState.UNDER_WAY and not item.is_at_risk and not _has_progress(item):
        _tell(actor, idea, "sharing.idea_begun", {})


def _report(actor: Actor, idea: Idea, item: PlanItem) -> None:
    outcome = Outcome.objects.filter(item=item.pk).first()
    if outcome is None:
        return
    if has_open_item(idea):
        return  # a part of it: all is told when the rest is done
    if idea.status == IdeaStatus.ADOPTED:
        now = timezone.now()
        idea.status, idea.decided_at = IdeaStatus.REPORTED, now
        idea.version += 1
        idea.save()
        Decision.objects.create(idea=idea, status=IdeaStatus.REPORTED, decided_by=None, decided_at=now)
        audit.record("sharing.idea_reported", actor=actor.user, on=idea, data={"idea": idea.title})
    words = {"verdict": VERDICTS[Verdict(outcome.verdict)], "text": outcome.text}
    _tell(actor, idea, "sharing.idea_reported", words)


def _tell(actor: Actor, idea: Idea, kind: str, words: dict[str, str]) -> None:
    address = reverse("sharing:idea", kwargs={"pk": idea.pk})
    people = backers(idea, besides=actor.user)
    notify(people, kind, data={"idea": idea.title, **words}, url=address, about=idea)


def _has_progress(item: PlanItem) -> bool:
    return item.progress.exists()
