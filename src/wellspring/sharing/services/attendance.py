"""Who is at a session: by tap, by QR code, entered by the chair; and what each takes away from it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.models import Member, active
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.models import Attendance, SessionState, SharingSession
from wellspring.sharing.models.sessions import CheckedInBy
from wellspring.sharing.queries.attendance import DOORS_OPEN, doors_are_open
from wellspring.sharing.queries.hosting import member_of, require_lead
from wellspring.sharing.services.live import touch_live


@transaction.atomic
def check_in(*, actor: Actor, session: SharingSession, by: CheckedInBy = CheckedInBy.TAP) -> Attendance:
    """She is there; said twice it is the same. Raises DayProblem before the doors open and after the end."""
    member = member_of(actor, session.org)
    session = SharingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    there = Attendance.objects.filter(session=session, member=member).first()
    if there is not None:
        return there
    if not doors_are_open(session):
        raise DayProblem(_refusal(session), code="doors_closed")
    touch_live(session.pk)
    return Attendance.objects.create(session=session, member=member, checked_in_by=by)


@transaction.atomic
def enter_attendance(*, actor: Actor, session: SharingSession, members: list[Member]) -> int:
    """The chair enters who is there; returns how many are new.

    Raises DayProblem before the doors open, where the minutes are signed, and for somebody who does not belong here.
    """
    session = _for_the_chair(actor, session)
    there = set(Attendance.objects.filter(session=session).values_list("member", flat=True))
    wanted = {member.pk for member in members} - there
    today = timezone.localdate(session.starts_at)
    found = list(
        Member.objects.filter(active(today), pk__in=wanted, org__path__in=_paths(session)).select_related("user")
    )
    if len(found) < len(wanted):
        raise DayProblem(
            _("Somebody you chose does not belong to this unit any more. Look at the list again."), code="not_of_here"
        )
    if found:
        touch_live(session.pk)
        Attendance.objects.bulk_create(
            Attendance(session=session, member=member, checked_in_by=CheckedInBy.HAND) for member in found
        )
        names = "、".join(member.user.get_full_name() for member in found)
        audit.record("sharing.attendance_entered", actor=actor.user, on=session, data={"names": names})
    return len(found)


@transaction.atomic
def take_attendance_out(*, actor: Actor, attendance: Attendance) -> None:
    """The chair takes somebody out who was not there; nothing where she is out already.

    Raises DayProblem where the person has noted a takeaway: it would be lost.
    """
    session = _for_the_chair(actor, attendance.session)
    row = Attendance.objects.select_for_update(of=("self",)).select_related("member__user").filter(pk=attendance.pk)
    there = row.first()
    if there is None:
        return
    name = there.member.user.get_full_name()
    if there.takeaway:
        raise DayProblem(
            _("%(name)s has noted what she takes away from this session, so she was there.") % {"name": name},
            code="has_takeaway",
        )
    touch_live(session.pk)
    there.delete()
    audit.record("sharing.attendance_taken_out", actor=actor.user, on=session, data={"name": name})


@transaction.atomic
def note_takeaway(*, actor: Actor, session: SharingSession, version: int, text: str) -> Attendance:
    """Keep what she takes away; hers alone. Empty text takes it back.

    Raises DayProblem where she was not there, ChangedMeanwhile where she wrote in another window meanwhile.
    """
    member = member_of(actor, session.org)
    there = Attendance.objects.select_for_update().filter(session=session, member=member).first()
    if there is None:
        raise DayProblem(
            _("You are not on the list of who was there. Ask the chair to enter you, then note it again."),
            code="was_not_there",
        )
    text = text.strip()
    if there.takeaway == text:
        return there
    if there.version != version:
        raise ChangedMeanwhile(
            version=there.version, differences=[Difference(_("Takeaway"), there.takeaway or "—", text or "—")]
        )
    there.takeaway, there.takeaway_at = text, timezone.now() if text else None
    there.version += 1
    there.save(update_fields=["takeaway", "takeaway_at", "version"])
    return there


def _for_the_chair(actor: Actor, session: SharingSession) -> SharingSession:
    locked = SharingSession.objects.select_for_update(of=("self",)).select_related("org").get(pk=session.pk)
    require_lead(actor, locked)
    if locked.state != SessionState.HELD and not doors_are_open(locked):
        raise DayProblem(_refusal(locked), code="doors_closed")
    if SharingSession.objects.filter(pk=locked.pk, minutes_kept__signed_off_at__isnull=False).exists():
        raise DayProblem(
            _("The minutes are signed off. Take the signature back before you change who was there."),
            code="minutes_signed",
        )
    return locked


def _paths(session: SharingSession) -> list[str]:
    """Of the session's unit and of all above it: whoever takes part there may come."""
    parts = session.org.path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def _refusal(session: SharingSession) -> str:
    if session.state == SessionState.CANCELLED:
        return _("This session was cancelled.")
    if session.state == SessionState.HELD or session.starts_at < timezone.now():
        return _("This session is over. Ask the chair to enter you.")
    return _("Saying that one is there begins half an hour before the session, at %(when)s.") % {
        "when": f"{timezone.localtime(session.starts_at - DOORS_OPEN):%Y-%m-%d %H:%M}"
    }
