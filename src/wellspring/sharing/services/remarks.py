"""Remarks on suggestions: said, and taken out again."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import RemarkProblem
from wellspring.sharing.models import Idea, Remark
from wellspring.sharing.notices import REMARK
from wellspring.sharing.queries.discussion import session_under_way
from wellspring.sharing.queries.hosting import member_of
from wellspring.sharing.queries.talks import leads_on
from wellspring.sharing.services.live import touch_live

LONGEST = 500
"""Characters: a remark is said in a breath; what is longer is a suggestion of its own."""
MOST_IN_A_MINUTE = 12
"""Of one person, so that a stuck key or a prank does not drown the others."""


def add_remark(*, actor: Actor, idea: Idea, text: str, once: str) -> Remark:
    """Say something to a suggestion; the same form (`once`) sent twice is one remark.

    Its proposer is told. While a session with its talk is running, it is said there. Raises RemarkProblem for what is
    empty or too long, and where somebody says too much at once; PermissionDenied.
    """
    text = text.strip()
    if not text:
        raise RemarkProblem(_("Write your remark first."), code="remark_empty", field="text")
    if len(text) > LONGEST:
        raise RemarkProblem(
            _("A remark has at most %(most)s characters; this one has %(number)s. Shorten it, or make two of it.")
            % {"most": LONGEST, "number": len(text)},
            code="remark_too_long",
            field="text",
        )
    try:
        with transaction.atomic():
            return _said(actor, idea, text, once)
    except IntegrityError:  # the same form arrived twice in the same moment
        remark = Remark.objects.filter(once=once).first()
        if remark is None:
            raise
        return remark


@transaction.atomic
def withdraw_remark(*, actor: Actor, remark: Remark) -> Remark:
    """Take a remark out: its author, or whoever leads the discussion. Its place stays; nothing where it is out."""
    remark = (
        Remark.objects.select_for_update(of=("self",)).select_related("idea__org", "author__user").get(pk=remark.pk)
    )
    idea = remark.idea
    actor.require(Permission.TAKE_PART, org=idea.org)
    is_own = any(place.member_id == remark.author_id for place in actor.places)
    if not is_own and not leads_on(actor, idea):
        raise PermissionDenied
    if remark.withdrawn_at is not None:
        return remark
    running = session_under_way(idea)  # where it was said before, the phones of today show it all the same
    touch_live(running.pk if running else remark.session_id)
    remark.withdrawn_at, remark.withdrawn_by = timezone.now(), actor.user
    remark.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(
        "sharing.remark_withdrawn" if is_own else "sharing.remark_taken_out",
        actor=actor.user,
        on=idea,
        data={"author": remark.author.user.get_full_name()},
        org_path=idea.org.path,
    )
    return remark


def _said(actor: Actor, idea: Idea, text: str, once: str) -> Remark:
    member = member_of(actor, idea.org)
    known = Remark.objects.filter(once=once).first()
    if known is not None and (known.author_id, known.text) != (member.pk, text):
        # The answer to the first was lost, and she wrote on: that is another remark.
        once = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{once} {member.pk} {text}"))
        known = Remark.objects.filter(once=once).first()
    if known is not None:
        return known
    recently = timezone.now() - timedelta(minutes=1)
    if Remark.objects.filter(author=member, said_at__gt=recently).count() >= MOST_IN_A_MINUTE:
        raise RemarkProblem(
            _("You said a lot in one minute. Wait a moment and send it again; it still stands here."),
            code="remarks_too_many",
            field="text",
        )
    session = session_under_way(idea)
    touch_live(session.pk if session else None)
    remark = Remark.objects.create(idea=idea, session=session, author=member, text=text, once=once)
    if idea.proposer_id != member.pk:
        notify(
            [idea.proposer.user],
            REMARK,
            data={"idea": idea.title},
            url=_where(idea),
            about=idea,
        )
    return remark


def _where(idea: Idea) -> str:
    if idea.suggestion is None:
        return reverse("sharing:idea", kwargs={"pk": idea.pk})
    return f"{reverse('sharing:talk', kwargs={'pk': idea.suggestion.talk_id})}#idea-{idea.pk}"
