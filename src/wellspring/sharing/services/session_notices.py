"""Telling people about sessions: the chair, the speakers, everybody who takes part; and the day before."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wellspring.core.models import User
from wellspring.core.notices.kinds import notice_kinds
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import users_with
from wellspring.people.webhooks.services import count_for_group
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.queries.participants import people_of

MOST_AT_ONCE = 50


def address_of(session: SharingSession) -> str:
    """The path of the session's page."""
    return reverse("sharing:session", kwargs={"pk": session.pk})


def said_of(session: SharingSession) -> dict[str, str]:
    """What every sentence about a session may say: title, day, time, place."""
    local = timezone.localtime(session.starts_at)
    return {
        "title": session.title,
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "place": session.place,
    }


def tell_everybody(kind: str, session: SharingSession, *, besides: User | None = None, **data: str) -> int:
    """Tell all who take part in the unit, its speakers and its chair, and count it for the unit's group chat."""
    people = {user.pk: user for user in people_of(session.org)}
    slots = AgendaSlot.objects.filter(session=session, state__in=(SlotState.PROPOSED, SlotState.AGREED))
    for slot in slots.select_related("speaker__user"):
        people[slot.speaker.user_id] = slot.speaker.user
    if session.host is not None:
        people[session.host.user_id] = session.host.user
    if besides is not None:
        people.pop(besides.pk, None)
    told = notify(people.values(), kind, data={**said_of(session), **data}, url=address_of(session), about=session)
    if notice_kinds()[kind].for_groups:
        count_for_group(session.org)
    return told


def tell_chair(session: SharingSession, *, besides: User | None = None) -> None:
    """Tell who was made chair that she is; nobody where it is who did it."""
    if session.host is not None and (besides is None or session.host.user_id != besides.pk):
        notify([session.host.user], "sharing.chair", data=said_of(session), url=address_of(session), about=session)


def tell_those_who_lead(
    kind: str, session: SharingSession, *, about: AgendaSlot, besides: User | None = None, **data: str
) -> None:
    """Tell the session's chair; where it has none, those who may host sessions of the unit itself."""
    if session.host is not None:
        people = [session.host.user]
    else:
        own = {user.pk for user in people_of(session.org)}
        people = [user for user in users_with(Permission.HOST_SESSIONS, session.org) if user.pk in own]
    people = [user for user in people if besides is None or user.pk != besides.pk]
    notify(people, kind, data={**said_of(session), **data}, url=address_of(session), about=about)


def remind_of_tomorrow() -> str:
    """Tell everybody of each session of tomorrow, once; a line for the log, empty where there was none."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    due = SharingSession.objects.filter(state=SessionState.PLANNED, reminded_at=None, starts_at__date=tomorrow)
    told = 0
    for pk in due.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        with transaction.atomic():
            session = (
                SharingSession.objects.select_for_update(of=("self",))
                .select_related("org", "host__user")
                .filter(pk=pk, state=SessionState.PLANNED, reminded_at=None)
                .first()
            )
            if session is None:
                continue  # another worker was faster, or it was called off in this moment
            tell_everybody("sharing.session_tomorrow", session)
            session.reminded_at = timezone.now()
            session.save(update_fields=["reminded_at"])
            told += 1
    return f"told of {told} sessions tomorrow" if told else ""
