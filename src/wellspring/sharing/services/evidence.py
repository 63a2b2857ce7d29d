"""Evidence of a talk: reports, earlier ideas, pictures and papers are added, explained, put in order, taken out."""

from __future__ import annotations

from typing import IO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wellspring.core.attachments.services import keep_attachment, prepare_attachment, remove_attachment
from wellspring.core.models import Attachment
from wellspring.library.models import Snapshot
from wellspring.library.queries.snapshots import visible_snapshots
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.models import Evidence, Idea, Talk
from wellspring.sharing.queries.ideas import visible_ideas
from wellspring.sharing.services.talks import own_talk

EVIDENCE = "sharing.evidence"
"""Purpose of its attachments."""
MOST = 30
LONGEST_NOTE = 300
_LONGEST_TITLE = 200


def add_snapshot(*, actor: Actor, talk: Talk, snapshot_id: int, note: str = "") -> Evidence:
    """A report of the library that she may see; the same one once. Raises TalkProblem, PermissionDenied."""
    snapshot = visible_snapshots(viewer=actor).filter(pk=snapshot_id).first()
    if snapshot is None:
        raise TalkProblem(_("This report is no longer in the library. Search again."), code="report_gone")
    return _added(actor, talk, snapshot=snapshot, title=snapshot.title, note=note)


def add_idea(*, actor: Actor, talk: Talk, idea_id: int, note: str = "") -> Evidence:
    """An earlier idea that she may see; the same one once. Raises TalkProblem, PermissionDenied."""
    idea = visible_ideas(actor).filter(pk=idea_id).first()
    if idea is None:
        raise TalkProblem(_("This idea cannot be seen any more. Search again."), code="idea_gone")
    return _added(actor, talk, idea=idea, title=idea.title, note=note)


def add_file(*, actor: Actor, talk: Talk, file: IO[bytes], name: str, note: str = "") -> Evidence:
    """A picture or paper of hers; the same file once.

    Raises the errors of `core.attachments.errors`, TalkProblem, PermissionDenied.
    """
    with transaction.atomic():
        own_talk(actor, talk)  # asked before a large file is looked through
    prepared = prepare_attachment(file=file, name=name, purpose=EVIDENCE)
    with transaction.atomic():
        talk = own_talk(actor, talk)
        known = Evidence.objects.filter(talk=talk, attachment__digest=prepared.digest).first()
        if known is not None:
            return known
        attachment = keep_attachment(prepared, actor_user=actor.user)
        return _added(actor, talk, attachment=attachment, title=attachment.name, note=note)


@transaction.atomic
def note_evidence(*, actor: Actor, evidence: Evidence, note: str) -> None:
    """Say what it shows. Raises TalkProblem, PermissionDenied."""
    own_talk(actor, evidence.talk)
    Evidence.objects.filter(pk=evidence.pk).update(note=_noted(note))


@transaction.atomic
def move_evidence(*, actor: Actor, evidence: Evidence, by: int) -> None:
    """One place up (-1) or down (1); at the end it stays. Raises TalkProblem, PermissionDenied."""
    talk = own_talk(actor, evidence.talk)
    rows = list(talk.evidence.order_by("position", "id"))
    at = next((place for place, row in enumerate(rows) if row.pk == evidence.pk), None)
    if at is None:
        return
    rows.insert(max(at + by, 0), rows.pop(at))
    for position, row in enumerate(rows):
        row.position = position
    Evidence.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take it out; nothing where it is out. A file that no other talk has goes with it.

    Raises TalkProblem, PermissionDenied.
    """
    own_talk(actor, evidence.talk)
    row = Evidence.objects.filter(pk=evidence.pk).select_related("attachment").first()
    if row is None:
        return
    row.delete()
    if row.attachment is not None and not Evidence.objects.filter(attachment=row.attachment).exists():
        remove_attachment(row.attachment)


def _added(
    actor: Actor,
    talk: Talk,
    *,
    title: str,
    note: str,
    snapshot: Snapshot | None = None,
    idea: Idea | None = None,
    attachment: Attachment | None = None,
) -> Evidence:
    with transaction.atomic():
        talk = own_talk(actor, talk)
        known = talk.evidence.filter(snapshot=snapshot, idea=idea, attachment=attachment).first()
        if known is not None:
            return known
        if talk.evidence.count() >= MOST:
            raise TalkProblem(
                _("A talk rests on at most %(most)s pieces of evidence. Keep the best.") % {"most": MOST},
                code="too_much_evidence",
            )
        last = talk.evidence.aggregate(last=Max("position"))["last"]
        return Evidence.objects.create(
            talk=talk,
            position=0 if last is None else last + 1,
            snapshot=snapshot,
            idea=idea,
            attachment=attachment,
            title=title[:_LONGEST_TITLE],
            note=_noted(note),
        )


def _noted(note: str) -> str:
    return note.replace("\0", "").strip()[:LONGEST_NOTE]
