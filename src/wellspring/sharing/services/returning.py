"""Kept ideas come back by themselves: on their day, with their season, or when what they waited for is done."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from wellspring.core import audit
from wellspring.core.models import Notification, User
from wellspring.core.notices.services import notify
from wellspring.core.registry import Chore, register_chores
from wellspring.people.models import Member, not_ended
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.webhooks.services import count_for_group
from wellspring.plan.models import ItemState, PlanItem
from wellspring.sharing.models import Decision, Idea, IdeaStatus, SessionState, SharingSession
from wellspring.sharing.services.ideas import backers, locked

EVERY_SECONDS = 600
REMINDED_WITHIN = timedelta(days=7)
"""A study that is overdue for longer is told of no more: its board says so."""
_MOST_STEPS = 20


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_chores(Chore("ideas that come back", EVERY_SECONDS, look_after_ideas))


def look_after_ideas() -> str:
    """What the worker does now and then: ideas come back, contributors of overdue studies are told."""
    returned, told = return_due_ideas(), tell_overdue_studies()
    return f"{returned} ideas came back, {told} studies overdue" if returned or told else ""


def return_due_ideas(today: date | None = None) -> int:
    """Bring every kept idea back whose day has come or whose item has ended; returns how many."""
    today = today or timezone.localdate()
    waiting = Idea.objects.filter(status=IdeaStatus.KEPT)
    due = waiting.filter(
        Q(revisit_on__lte=today)
        | (Q(revisit_item__isnull=False) & ~Q(revisit_item__state__in=(ItemState.PLANNED, ItemState.UNDER_WAY)))
    )
    return sum(_return(idea, today) for idea in due.select_related("revisit_item"))


@transaction.atomic
def return_ideas_waiting_for(item: PlanItem) -> int:
    """Bring back the ideas that wait for this item, which is over now; returns how many."""
    ideas = Idea.objects.filter(status=IdeaStatus.KEPT, revisit_item=item).select_related("revisit_item")
    return sum(_return(idea, timezone.localdate()) for idea in ideas)


def tell_overdue_studies(today: date | None = None) -> int:
    """Tell contributors and proposer, once for each deadline, that a study is overdue; returns of how many ideas."""
    today = today or timezone.localdate()
    overdue = Idea.objects.filter(
        status=IdeaStatus.STUDYING, study_due_on__lt=today, study_due_on__gte=today - REMINDED_WITHIN
    )
    told = 0
    for idea in overdue.select_related("org"):
        assert idea.study_due_on is not None
        with transaction.atomic():
            locked(idea)
            before = Notification.objects.filter(
                kind="sharing.study_overdue", object_type="sharing.idea", object_id=idea.pk
            ).filter(Q(happened_at__date__gt=idea.study_due_on))
            if before.exists():
                continue
            asked = [idea.proposer_id, *idea.contributors.values_list("pk", flat=True)]
            people = User.objects.filter(pk__in=Member.objects.filter(not_ended(), pk__in=asked).values("user"))
            address = reverse("sharing:idea_study", kwargs={"pk": idea.pk})
            words = {"idea": idea.title, "day": idea.study_due_on.isoformat()}
            told += bool(notify(people, "sharing.study_overdue", data=words, url=address, about=idea))
    return told


@transaction.atomic
def _return(idea: Idea, today: date) -> bool:
    idea = locked(idea)
    if idea.status != IdeaStatus.KEPT or not _is_there(idea, today):
        return False
    now = timezone.now()
    Decision.objects.create(
        idea=idea,
        status=IdeaStatus.COLLECTED,
        revisit_when=idea.revisit_when,
        revisit_on=idea.revisit_on,
        decided_by=None,
        decided_at=now,
    )
    idea.status, idea.returned_at, idea.revisit_on, idea.revisit_item = IdeaStatus.COLLECTED, now, None, None
    idea.version += 1
    idea.save()
    audit.record("sharing.idea_returned", actor=None, on=idea, data={"idea": idea.title})
    people = {user.pk: user for user in (*backers(idea), *users_with(Permission.HOST_SESSIONS, idea.org))}
    people.update((user.pk, user) for user in _chairs(idea, today))
    address = reverse("sharing:idea", kwargs={"pk": idea.pk})
    notify(people.values(), "sharing.idea_returned", data={"idea": idea.title}, url=address, about=idea)
    count_for_group(idea.org)
    return True


def _is_there(idea: Idea, today: date) -> bool:
    if idea.revisit_on is not None and idea.revisit_on <= today:
        return True
    return idea.revisit_item is not None and _is_over(idea.revisit_item)


def _is_over(item: PlanItem) -> bool:
    """Whether the item, or all that it was carried on, split or merged into, has its outcome or was dropped."""
    waiting, known = [item], {item.pk}
    for _step in range(_MOST_STEPS):
        if any(each.is_open for each in waiting):
            return False
        moved = [each for each in waiting if each.state not in (ItemState.DONE, ItemState.DROPPED)]
        if not moved:
            return True
        merged = [each.merged_into_id for each in moved if each.merged_into_id]
        found = PlanItem.objects.filter(Q(came_from__in=moved) | Q(pk__in=merged)).exclude(pk__in=known)
        waiting = list(found)
        known |= {each.pk for each in waiting}
        if not waiting:
            return False  # carried out of its plan, and not taken up yet
    return False


def _chairs(idea: Idea, today: date) -> list[User]:
    """Who chairs a session of the unit in this month or the coming weeks."""
    first = today.replace(day=1)
    hosts = (
        SharingSession.objects.filter(org=idea.org, host__isnull=False, starts_at__date__gte=first)
        .exclude(state=SessionState.CANCELLED)
        .filter(starts_at__date__lte=today + timedelta(days=31))
    )
    members = Member.objects.filter(not_ended(), pk__in=hosts.values("host"))
    return list(User.objects.filter(pk__in=members.values("user")))
