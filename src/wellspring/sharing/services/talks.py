"""Talks: begun, saved over days, copied, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.attachments.services import remove_attachment
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.models import Member, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.models import AgendaSlot, Evidence, SessionState, Suggestion, Talk, TalkState
from wellspring.sharing.queries.hosting import member_of
from wellspring.sharing.queries.talks import is_author, sessions_of
from wellspring.sharing.services.live import touch_live
from wellspring.sharing.services.talk_ideas import follow_the_words
from wellspring.sharing.services.talk_words import TalkWords, differences_of, words_of
from wellspring.topics.models import Topic

SENT_TWICE = timedelta(seconds=30)
"""The same form from the same person within this time is one."""


@transaction.atomic
def begin_talk(
    *, actor: Actor, org: OrgUnit, title: str = "", topic: Topic | None = None, slot: AgendaSlot | None = None
) -> Talk:
    """A new draft in a unit. For a `slot` of hers that has no talk yet it is put on the agenda; where that has one
    already, that one is given back instead. Raises PermissionDenied."""
    member = member_of(actor, org)
    if slot is not None:
        slot = AgendaSlot.objects.select_for_update(of=("self",)).select_related("talk", "session").get(pk=slot.pk)
        if not any(place.member_id == slot.speaker_id for place in actor.places):
            raise PermissionDenied
        if slot.talk is not None:
            return slot.talk
    begun: dict[str, Any] = {"org": org, "author": member, "title": title.strip(), "topic": topic}
    talk = _just_begun(member, **begun) if slot is None else None
    if talk is not None:
        return talk
    talk = Talk.objects.create(**begun)
    if slot is not None:
        slot.talk = talk
        slot.save(update_fields=["talk"])
    return talk


@transaction.atomic
def copy_talk(*, actor: Actor, talk: Talk) -> Talk:
    """A new draft with the words and the evidence of an own talk. Raises PermissionDenied."""
    if not is_author(actor, talk):
        raise PermissionDenied
    member = member_of(actor, talk.org)
    words = {name: getattr(talk, name) for name in ("org", "topic", "title", "current_state", "causes", "takeaways")}
    if (there := _just_begun(member, author=member, but=talk, **words)) is not None:
        return there
    copied = Talk.objects.create(author=member, **words)
    Suggestion.objects.bulk_create(
        Suggestion(talk=copied, position=each.position, title=each.title, details=each.details)
        for each in talk.suggestions.all()
    )
    Evidence.objects.bulk_create(
        Evidence(
            talk=copied,
            position=each.position,
            snapshot_id=each.snapshot_id,
            idea_id=each.idea_id,
            attachment_id=each.attachment_id,
            title=each.title,
            note=each.note,
        )
        for each in talk.evidence.all()
    )
    return copied


def _just_begun(member: Member, *, but: Talk | None = None, **words: Any) -> Talk | None:
    """Her draft with these words that was begun a moment ago and is untouched: the form was sent twice."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # the second one waits here for the first
    fresh = Talk.objects.filter(state=TalkState.DRAFT, version=0, begun_at__gte=timezone.now() - SENT_TWICE, **words)
    return fresh.filter(slots=None).exclude(pk=but.pk if but else 0).first()


@transaction.atomic
def save_talk(*, actor: Actor, talk: Talk, version: int, words: TalkWords, window: str = "") -> Talk:
    """Keep what stands in the editor; a talk that was handed in changes for everybody, and its ideas with it.

    `version`: the one that the window began with; `window`: a mark of that window. Raises ChangedMeanwhile where
    another window saved since then, TalkProblem, PermissionDenied.
    """
    talk = own_talk(actor, talk)
    now = words_of(talk)
    if talk.version != version and not (window and talk.saved_in == window):
        differences = differences_of(now, words)
        if not differences:
            return talk
        raise ChangedMeanwhile(version=talk.version, differences=differences)
    is_ready = talk.state == TalkState.READY
    if is_ready:
        check_complete(words)
    differences = differences_of(now, words)
    if differences:
        talk.title, talk.topic, talk.takeaways = words.title, words.topic, words.takeaways
        talk.current_state, talk.causes = words.current_state, words.causes
        talk.saved_at = timezone.now()
        if is_ready:
            touch_sessions(talk)
            follow_the_words(actor=actor, talk=talk, words=words)
            audit.record("sharing.talk_changed", actor=actor.user, on=talk, data={"title": talk.title})
        else:
            _write_suggestions(talk, words)
        talk.version += 1
    talk.saved_in = window
    talk.save()
    return talk


@transaction.atomic
def delete_talk(*, actor: Actor, talk: Talk) -> None:
    """Delete a draft with its evidence; it leaves its place on an agenda empty. Nothing where it is gone already.

    Raises TalkProblem for one that was handed in, PermissionDenied.
    """
    if not Talk.objects.filter(pk=talk.pk).exists():
        return
    talk = own_talk(actor, talk)
    if talk.state != TalkState.DRAFT or Suggestion.objects.filter(talk=talk, idea__isnull=False).exists():
        raise TalkProblem(
            _("This talk was handed in, so it stays. As long as nobody said anything, you can take it back first."),
            code="talk_handed_in",
        )
    audit.record("sharing.talk_deleted", actor=actor.user, on=talk, data={"title": str(talk)})
    files = [each.attachment for each in talk.evidence.select_related("attachment") if each.attachment]
    talk.delete()
    for file in files:
        if not Evidence.objects.filter(attachment=file).exists():
            remove_attachment(file)


def own_talk(actor: Actor, talk: Talk) -> Talk:
    """Her talk, locked for a change, in the caller's transaction.

    Raises PermissionDenied for another's, TalkProblem for one that was given.
    """
    talk = Talk.objects.select_for_update(of=("self",)).select_related("org", "topic", "author__user").get(pk=talk.pk)
    actor.require(Permission.TAKE_PART, org=talk.org)
    if not is_author(actor, talk):
        raise PermissionDenied
    if talk.state == TalkState.GIVEN:
        raise TalkProblem(
            _("This talk was given and stays as it was. Copy it to go on with it."), code="talk_given_already"
        )
    return talk


def check_complete(words: TalkWords) -> None:
    """Raises TalkProblem where a talk lacks what it cannot be handed in without."""
    if not words.title:
        raise TalkProblem(_("Give the talk a title first."), code="talk_without_title", field="title")
    if not words.written_suggestions:
        raise TalkProblem(
            _("Write at least one suggestion first: it is what your colleagues discuss."),
            code="talk_without_suggestion",
        )
    for number, each in enumerate(words.written_suggestions, 1):
        if not each.title:
            raise TalkProblem(
                _("Suggestion %(number)s has no title yet. Say it in one line.") % {"number": number},
                code="suggestion_without_title",
            )


def touch_sessions(talk: Talk) -> None:
    """Let the phones of a running session with this talk fetch again."""
    for pk in sessions_of(talk).filter(state=SessionState.RUNNING).values_list("pk", flat=True).distinct():
        touch_live(pk)


def _write_suggestions(talk: Talk, words: TalkWords) -> None:
    stored = {each.pk: each for each in talk.suggestions.all()}
    for position, wanted in enumerate(words.written_suggestions):
        row = stored.pop(wanted.pk, None) if wanted.pk is not None else None
        row = row or Suggestion(talk=talk)
        if (row.pk, row.position, row.title, row.details) != (wanted.pk, position, wanted.title, wanted.details):
            row.position, row.title, row.details = position, wanted.title, wanted.details
            row.save()
    Suggestion.objects.filter(pk__in=stored).delete()
