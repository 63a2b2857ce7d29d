"""Backing an idea, and no longer backing it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.people.viewer import Actor
from wellspring.sharing.errors import RemarkProblem
from wellspring.sharing.models import Endorsement, Idea
from wellspring.sharing.queries.discussion import session_under_way
from wellspring.sharing.queries.hosting import member_of
from wellspring.sharing.services.live import touch_live


@transaction.atomic
def endorse_idea(*, actor: Actor, idea: Idea) -> Endorsement:
    """Back an idea: she is told what becomes of it. Once, however often it is asked.

    Raises RemarkProblem for her own, PermissionDenied.
    """
    member = member_of(actor, idea.org)
    if member.pk == idea.proposer_id:
        raise RemarkProblem(_("This suggestion is your own: you are told what becomes of it anyway."))
    _touch(idea)
    return Endorsement.objects.get_or_create(idea=idea, member=member)[0]


@transaction.atomic
def take_endorsement_back(*, actor: Actor, idea: Idea) -> None:
    """No longer back an idea; nothing where she does not. Raises PermissionDenied."""
    member = member_of(actor, idea.org)
    _touch(idea)
    Endorsement.objects.filter(idea=idea, member=member).delete()


def _touch(idea: Idea) -> None:
    session = session_under_way(idea)
    touch_live(session.pk if session else None)
