"""Ideas come to be: out of a talk's suggestions, by hand, and copied from another community."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, not_ended
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Idea, IdeaStatus, Talk
from wellspring.sharing.queries.hosting import member_of
from wellspring.topics.models import Topic


@transaction.atomic
def collect_ideas(*, actor: Actor, talk: Talk) -> list[Idea]:
    """The ideas that a talk's suggestions begin, in their order; those that are there already stay as they are.

    Called by whoever hands the talk in, in the same transaction; the caller has checked the actor.
    """
    talk = Talk.objects.select_for_update().get(pk=talk.pk)
    ideas = []
    for suggestion in talk.suggestions.select_related("idea"):
        idea = getattr(suggestion, "idea", None)
        if idea is None:
            idea = Idea.objects.create(
                org_id=talk.org_id,
                suggestion=suggestion,
                proposer_id=talk.author_id,
                topic_id=talk.topic_id,
                title=suggestion.title,
                details=suggestion.details,
            )
            audit.record("sharing.idea_collected", actor=actor.user, on=idea, data={"idea": idea.title})
        ideas.append(idea)
    return ideas


@transaction.atomic
def propose_idea(*, actor: Actor, org: OrgUnit, title: str, details: str = "", topic: Topic | None = None) -> Idea:
    """Hand an idea in without a talk; the same words of the same person, not decided yet, are the same idea.

    Raises IdeaProblem without a title.
    """
    proposer = _taking_part(actor, org)
    title, details = _checked(title), details.strip()
    twin = Idea.objects.filter(
        org=org, proposer=proposer, title=title, details=details, suggestion=None, status=IdeaStatus.COLLECTED
    ).first()
    if twin is not None:
        return twin
    idea = Idea.objects.create(org=org, proposer=proposer, topic=topic, title=title, details=details)
    audit.record("sharing.idea_collected", actor=actor.user, on=idea, data={"idea": idea.title})
    return idea


@transaction.atomic
def change_idea(
    *, actor: Actor, idea: Idea, version: int, title: str, details: str, topic: Topic | None = None
) -> Idea:
    """Change the words of an idea that was handed in without a talk; its proposer, until it is decided or remarked on.

    Raises ChangedMeanwhile, IdeaProblem.
    """
    idea = locked(idea)
    member_of(actor, idea.org)
    if not may_change_words(actor, idea):
        raise IdeaProblem(
            _("This idea has been remarked on or decided: its words stay. Hand a new idea in, or write a remark.")
        )
    title, details = _checked(title), details.strip()
    if idea.version != version:
        rows = [(_("Idea"), idea.title, title), (_("Details"), idea.details, details)]
        differences = [Difference(*row) for row in rows if row[1] != row[2]]
        raise ChangedMeanwhile(version=idea.version, differences=differences)
    before = {"title": idea.title, "details": idea.details, "topic": str(idea.topic or "")}
    after = {"title": title, "details": details, "topic": str(topic or "")}
    idea.title, idea.details, idea.topic = title, details, topic
    idea.version += 1
    idea.save()
    changes = audit.differences(before, after)
    if changes:
        audit.record("sharing.idea_changed", actor=actor.user, on=idea, data={"changes": changes})
    return idea


def may_change_words(viewer: Actor, idea: Idea) -> bool:
    """Whether she proposed it by hand and nobody has said or decided anything yet. One query at most."""
    return (
        idea.suggestion_id is None
        and idea.status == IdeaStatus.COLLECTED
        and idea.decided_at is None
        and viewer.user is not None
        and any(place.member_id == idea.proposer_id for place in viewer.places)
        and not idea.remarks.exists()
    )


def locked(idea: Idea) -> Idea:
    """The idea as it stands, locked until commit, with unit, proposer and talk."""
    Idea.objects.select_for_update().get(pk=idea.pk)
    return Idea.objects.select_related("org", "proposer__user", "suggestion__talk").get(pk=idea.pk)


def backers(idea: Idea, *, besides: User | None = None) -> list[User]:
    """Whom an idea's fate concerns: its proposer, those who endorsed it and still belong here, those who follow it."""
    endorsers = idea.endorsements.values("member")
    members = Member.objects.filter(not_ended()).filter(Q(pk=idea.proposer_id) | Q(pk__in=endorsers))
    followers = idea.follows.values("user") if idea.is_open else ()  # closed again, it is its own unit's alone
    told = User.objects.filter(Q(pk__in=members.values("user")) | Q(pk__in=followers))
    people = {user.pk: user for user in told}
    if besides is not None:
        people.pop(besides.pk, None)
    return list(people.values())


def _taking_part(actor: Actor, org: OrgUnit) -> Member:
    actor.require(Permission.TAKE_PART, org=org)
    if org.closed_on is not None:
        raise IdeaProblem(_("%(unit)s is closed. Choose another unit.") % {"unit": org.name}, field="org")
    return member_of(actor, org)


def _checked(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise IdeaProblem(_("Say the idea in one sentence."), field="title")
    return title
