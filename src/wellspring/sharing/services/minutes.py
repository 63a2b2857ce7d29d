"""Keeping the minutes of a session: edited, set back to what happened, signed off, the signature taken back."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import Minutes, SessionState, SharingSession
from wellspring.sharing.queries.hosting import require_lead
from wellspring.sharing.queries.minutes import minutes_of

LONGEST = 60_000
"""Characters; some forty pages."""


@transaction.atomic
def save_minutes(*, actor: Actor, session: SharingSession, version: int, text: str) -> Minutes:
    """Keep these words. `version`: of the minutes that were opened, 0 where they wrote themselves.

    Raises ChangedMeanwhile where somebody else saved meanwhile, DayProblem where they are signed, empty or too long.
    """
    session, kept = _locked(actor, session)
    text = _clean(text)
    if not text:
        raise DayProblem(
            _("Empty minutes say nothing. To have them written from what happened, set them back."), field="text"
        )
    if len(text) > LONGEST:
        raise DayProblem(
            _("Minutes have at most %(most)s characters; these have %(number)s. Shorten them.")
            % {"most": LONGEST, "number": len(text)},
            field="text",
        )
    if kept is None:
        kept = Minutes(session=session)
    elif kept.text == text:
        return kept
    if kept.version != version:
        raise ChangedMeanwhile(version=kept.version, differences=differences_between(kept.text, text))
    kept.text, kept.edited_by = text, actor.user
    kept.version += 1
    kept.save()
    audit.record("sharing.minutes_edited", actor=actor.user, on=session)
    return kept


@transaction.atomic
def reset_minutes(*, actor: Actor, session: SharingSession) -> None:
    """Let them write themselves again; nothing where they do. Raises DayProblem where they are signed."""
    session, kept = _locked(actor, session)
    if kept is not None:
        kept.delete()
        audit.record("sharing.minutes_reset", actor=actor.user, on=session)


@transaction.atomic
def sign_minutes(*, actor: Actor, session: SharingSession, seal: str) -> Minutes:
    """Sign them off: from now on they stay as they are. `seal`: of the words that she read.

    Nothing where they are signed already. Raises DayProblem where the session is not over, or the words are others
    than she read.
    """
    session, kept = _locked(actor, session, signed_is_fine=True)
    if kept is not None and kept.signed_off_at is not None:
        return kept
    if session.state != SessionState.HELD:
        raise DayProblem(_("Minutes are signed off when the session is over: end it first."), code="session_not_over")
    shown = minutes_of(session)
    if shown.seal != seal:
        raise DayProblem(
            _("The minutes have changed since you read them. Read them again, then sign off."), code="minutes_changed"
        )
    kept = kept or Minutes(session=session)
    kept.text, kept.signed_off_by, kept.signed_off_at = shown.text, actor.user, timezone.now()
    kept.version += 1
    kept.save()
    audit.record("sharing.minutes_signed", actor=actor.user, on=session, data={"seal": seal})
    return kept


@transaction.atomic
def take_signature_back(*, actor: Actor, session: SharingSession, reason: str) -> Minutes | None:
    """Open signed minutes again, with a reason that is kept. Nothing where they are not signed."""
    session, kept = _locked(actor, session, signed_is_fine=True)
    if kept is None or kept.signed_off_at is None:
        return kept
    reason = " ".join(reason.split())
    if not reason:
        raise DayProblem(_("Say why the signature is taken back: it stands in the trail."), field="reason")
    kept.signed_off_by = kept.signed_off_at = None
    kept.version += 1
    kept.save()
    audit.record("sharing.minutes_opened", actor=actor.user, on=session, data={"reason": reason})
    return kept


def differences_between(now: str, wanted: str) -> list[Difference]:
    """Line by line where two texts of minutes differ, with the number of the line in the one that stands."""
    ours, theirs = now.splitlines(), wanted.splitlines()
    found = []
    for kind, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            label = _("Line %(number)s") % {"number": first + 1}
            found.append(Difference(label, "\n".join(ours[first:last]), "\n".join(theirs[start:end])))
    return found


def _clean(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip() + "\n" if text.strip() else ""


def _locked(
    actor: Actor, session: SharingSession, *, signed_is_fine: bool = False
) -> tuple[SharingSession, Minutes | None]:
    """The session's row is locked: two who keep minutes at once come one after the other."""
    SharingSession.objects.select_for_update().get(pk=session.pk)
    session = SharingSession.objects.select_related("org", "host__user").get(pk=session.pk)
    require_lead(actor, session)
    kept = Minutes.objects.filter(session=session).first()
    if kept is not None and kept.signed_off_at is not None and not signed_is_fine:
        raise DayProblem(
            _("The minutes are signed off. Take the signature back before you change them."), code="minutes_signed"
        )
    return session, kept
