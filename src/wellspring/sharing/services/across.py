"""Ideas go from community to community: opened, copied with their origin, followed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.models import Member, OrgUnit, not_ended
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Idea, IdeaFollow
from wellspring.sharing.queries.hosting import member_of
from wellspring.sharing.queries.ideas import may_decide, visible_ideas
from wellspring.sharing.services.ideas import locked


@transaction.atomic
def open_idea(*, actor: Actor, idea: Idea, is_open: bool) -> Idea:
    """Let other communities of the subdistrict read, copy and follow it, or no longer; who wrote it is told.

    Who may decide on the idea may. What is as asked already stays. Copies stay where they are.
    """
    if not may_decide(actor, idea):
        raise PermissionDenied
    idea = locked(idea)
    if idea.is_open == is_open:
        return idea
    idea.is_open = is_open
    idea.version += 1
    idea.save(update_fields=["is_open", "version"])
    action = "sharing.idea_opened" if is_open else "sharing.idea_closed"
    audit.record(action, actor=actor.user, on=idea, data={"idea": idea.title})
    proposer = Member.objects.filter(not_ended(), pk=idea.proposer_id).select_related("user")
    told = [member.user for member in proposer if actor.user is None or member.user_id != actor.user.pk]
    if is_open:
        address = reverse("sharing:idea", kwargs={"pk": idea.pk})
        notify(told, "sharing.idea_opened", data={"idea": idea.title}, url=address, about=idea)
    return idea


@transaction.atomic
def copy_idea(*, actor: Actor, idea: Idea, org: OrgUnit) -> Idea:
    """Take another community's open idea over into `org`, with its origin; the copier proposes it there.

    A unit copies an idea once: asked again, the copy that is there is given. Whose idea it was is told. Raises
    IdeaProblem for an idea that is closed by now or of this unit itself.
    """
    actor.require(Permission.TAKE_PART, org=org)
    proposer = member_of(actor, org)
    origin = locked(idea)
    if org.pk == origin.org_id:
        raise IdeaProblem(_("This is an idea of your own unit already."))
    if not visible_ideas(actor).filter(pk=origin.pk, is_open=True).exists():
        raise IdeaProblem(_("This idea is not open any more. Ask the community that had it."))
    there = Idea.objects.filter(org=org, copied_from=origin).first()
    if there is not None:
        return there
    copy = Idea.objects.create(
        org=org,
        copied_from=origin,
        proposer=proposer,
        topic_id=origin.topic_id,
        title=origin.title,
        details=origin.details,
    )
    audit.record("sharing.idea_copied", actor=actor.user, on=copy, data={"idea": copy.title, "unit": origin.org.name})
    author = Member.objects.filter(not_ended(), pk=origin.proposer_id).select_related("user")
    address = reverse("sharing:idea", kwargs={"pk": origin.pk})
    words = {"idea": origin.title, "unit": org.name}
    notify([member.user for member in author], "sharing.idea_copied", data=words, url=address, about=origin)
    return copy


@transaction.atomic
def follow_idea(*, actor: Actor, idea: Idea) -> None:
    """Be told what becomes of another community's open idea. Raises IdeaProblem where it is not open any more."""
    if actor.user is None:
        raise PermissionDenied
    if not visible_ideas(actor).filter(pk=idea.pk, is_open=True).exists():
        raise IdeaProblem(_("This idea is not open any more. Ask the community that had it."))
    IdeaFollow.objects.get_or_create(idea=idea, user=actor.user)


@transaction.atomic
def unfollow_idea(*, actor: Actor, idea: Idea) -> None:
    """Be told no more; nothing where she does not follow it."""
    IdeaFollow.objects.filter(idea=idea, user=actor.user).delete()
