"""The year's sessions with their talks, speakers, attendance and takeaways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wellspring.demo.year.calendar import BEGINS, SessionDay
from wellspring.demo.year.cast import Cast
from wellspring.demo.year.ideas import IdeaWriter
from wellspring.demo.year.told import ToldSession, ToldTalk
from wellspring.sharing.models import (
    AgendaSlot,
    Attendance,
    Evidence,
    Recurrence,
    SessionSeries,
    SessionState,
    SharingSession,
    SlotState,
    Suggestion,
    Talk,
    TalkState,
)
from wellspring.topics.models import Topic

PLACE = "二楼会议室"
EVERYBODY = ("xu", "li", "wu", "zhou", "lu", "shen", "song")
TALK_MINUTES = 20


@dataclass(frozen=True, slots=True)
class SessionWriter:
    """Writes held sessions as rows."""

    cast: Cast
    topics: Mapping[str, Topic]
    """By slug."""
    titles: Mapping[str, str]
    """Of the reports of the sample news sites, by `outlet/number`."""
    now: datetime

    def series(self, first: SessionDay) -> SessionSeries:
        """The series that all of them belong to: every second Wednesday of a month."""
        return SessionSeries.objects.create(
            org=self.cast.community,
            title="社工分享会",
            recurrence=Recurrence.MONTHLY_WEEKDAY,
            first_on=first.planned_on,
            starts_at=BEGINS,
            place=PLACE,
            created_by=self.cast.user("shen"),
        )

    def write(self, told: ToldSession, day: SessionDay, series: SessionSeries) -> SharingSession:
        """One held session and everything that came of it until now."""
        session = SharingSession.objects.create(
            org=self.cast.community,
            series=series,
            planned_on=day.planned_on,
            title=series.title,
            starts_at=day.at(),
            place=PLACE,
            host=self.cast.member(told.host),
            state=SessionState.HELD,
            begun_at=day.at(minutes=2),
            ended_at=day.at(minutes=75),
            reminded_at=day.at(days=-1),
            created_by=self.cast.user("shen"),
        )
        session.topics.set({self.topics[talk.topic] for talk in told.talks})
        self._attend(session, told, day)
        for place, talk in enumerate(told.talks):
            self._talk(session, talk, day, place, told.host)
        return session

    def _attend(self, session: SharingSession, told: ToldSession, day: SessionDay) -> None:
        Attendance.objects.bulk_create(
            Attendance(
                session=session,
                member=self.cast.member(key),
                checked_in_at=day.at(minutes=place - 8),
                takeaway=told.takeaways.get(key, ""),
                takeaway_at=day.at(minutes=180 + place) if key in told.takeaways else None,
            )
            for place, key in enumerate(EVERYBODY)
        )

    def _talk(self, session: SharingSession, told: ToldTalk, day: SessionDay, place: int, host: str) -> None:
        author, topic = self.cast.member(told.author), self.topics[told.topic]
        begins, ends = day.at(minutes=5 + 30 * place), day.at(minutes=25 + 30 * place)
        talk = Talk.objects.create(
            org=author.org,
            author=author,
            topic=topic,
            title=told.title,
            current_state=told.current_state,
            causes=told.causes,
            takeaways=told.takeaways,
            state=TalkState.GIVEN,
            begun_at=day.at(days=-9),
            saved_at=day.at(days=-2),
            handed_in_at=day.at(days=-2),
            given_at=ends,
        )
        Evidence.objects.bulk_create(
            Evidence(talk=talk, position=position, title=self.titles[report], note=note)
            for position, (report, note) in enumerate(told.evidence)
        )
        AgendaSlot.objects.create(
            session=session,
            speaker=author,
            talk=talk,
            position=place,
            minutes=TALK_MINUTES,
            state=SlotState.AGREED,
            begun_at=begins,
            ended_at=ends,
        )
        writer = IdeaWriter(self.cast, self.now)
        for position, idea in enumerate(told.ideas):
            suggestion = Suggestion.objects.create(talk=talk, position=position, title=idea.title, details=idea.details)
            writer.write(
                idea,
                proposer=author,
                topic=topic,
                after=lambda days, minutes: day.at(days=days, minutes=5 + 30 * place + minutes),
                decided_by=host,
                suggestion=suggestion,
                session=session,
            )
