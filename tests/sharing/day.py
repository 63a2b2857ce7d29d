"""A session on its day for tests: under way, with speakers whose talks are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_session, make_talk
from wellspring.people.models import Member
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.models import AgendaSlot, Idea, SharingSession, SlotState, TalkState


@dataclass(frozen=True)
class Day:
    """A session of 柳湾社区 and who has to do with it."""

    session: SharingSession
    host: Member
    slots: tuple[AgendaSlot, ...]

    @property
    def chair(self) -> Viewer:
        return viewer_of(self.host.user)

    def speaker(self, number: int) -> Viewer:
        return viewer_of(self.slots[number].speaker.user)

    def slot(self, number: int) -> AgendaSlot:
        """As it stands now."""
        return AgendaSlot.objects.get(pk=self.slots[number].pk)

    def now(self) -> SharingSession:
        """The session as it stands now."""
        return SharingSession.objects.select_related("org").get(pk=self.session.pk)


def make_day(*, speakers: int = 2, state: str = "running", in_minutes: float = 0, **fields: object) -> Day:
    """A session with a chair and speakers who agreed, each with a talk handed in and its idea.

    `in_minutes`: when it begins by plan, from now.
    """
    org = make_org()
    host = make_member(full_name="徐静")
    if state != "planned":
        fields.setdefault("begun_at", timezone.now())
    if state == "held":
        fields.setdefault("ended_at", timezone.now())
    session = make_session(
        org=org, host=host, state=state, starts_at=timezone.now() + timedelta(minutes=in_minutes), **fields
    )
    slots = []
    for position in range(speakers):
        author = make_member()
        talk = make_talk(author=author, state=TalkState.READY, handed_in_at=timezone.now())
        for suggestion in talk.suggestions.all():
            Idea.objects.create(org=org, suggestion=suggestion, proposer=author, title=suggestion.title)
        slots.append(
            AgendaSlot.objects.create(
                session=session, speaker=author, talk=talk, position=position, state=SlotState.AGREED
            )
        )
    return Day(session, host, tuple(slots))
