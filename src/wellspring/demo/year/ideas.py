"""Ideas of the year with what was said, decided, studied and done; what lies after `now` has not happened yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wellspring.demo.year.cast import Cast
from wellspring.demo.year.items import write_item
from wellspring.demo.year.told import ToldDecision, ToldIdea
from wellspring.people.models import Member
from wellspring.plan.models import PlanItem
from wellspring.sharing.models import (
    Decision,
    Endorsement,
    Idea,
    IdeaStatus,
    Remark,
    SharingSession,
    StudyVersion,
    Suggestion,
)
from wellspring.topics.models import Topic

After = Callable[[int, int], datetime]
"""The moment so many days after the idea was put forward, and so many minutes after the time of day of that."""


@dataclass(frozen=True, slots=True)
class IdeaWriter:
    """Writes ideas as rows, because services write what happens now and not what happened months ago."""

    cast: Cast
    now: datetime

    def write(
        self,
        told: ToldIdea,
        *,
        proposer: Member,
        topic: Topic,
        after: After,
        decided_by: str,
        later_by: str = "shen",
        suggestion: Suggestion | None = None,
        session: SharingSession | None = None,
    ) -> Idea:
        """The idea and everything that happened to it until now; `decided_by`: at the session, `later_by`: after it."""
        idea = Idea.objects.create(
            org=proposer.org,
            suggestion=suggestion,
            proposer=proposer,
            topic=topic,
            title=told.title,
            details=told.details,
            is_open=told.is_open,
            proposed_at=after(0, -60),
        )
        self._discuss(idea, told, after, session)
        for number, decision in enumerate(told.decisions):
            self._decide(idea, decision, after, decided_by if decision.days == 0 else later_by, session, number)
        self._study(idea, told, after)
        if told.plan is not None and after(told.plan.days, 30) <= self.now:
            self._plan(idea, told, after, later_by)
        idea.save()
        return idea

    def _discuss(self, idea: Idea, told: ToldIdea, after: After, session: SharingSession | None) -> None:
        Remark.objects.bulk_create(
            Remark(
                idea=idea,
                session=session,
                author=self.cast.member(by),
                text=text,
                said_at=after(0, 20 + 2 * number),
                once=f"demo-{idea.pk}-{number}",
            )
            for number, (by, text) in enumerate(told.remarks)
        )
        Endorsement.objects.bulk_create(
            Endorsement(idea=idea, member=self.cast.member(by), endorsed_at=after(0, 25 + number))
            for number, by in enumerate(told.endorsed)
        )

    def _decide(
        self,
        idea: Idea,
        told: ToldDecision,
        after: After,
        by: str,
        session: SharingSession | None,
        number: int,
    ) -> None:
        at = after(told.days, 45 + number)
        if at > self.now:
            return
        self._status(idea, told.status, at, by=by, told=told, session=session if told.days == 0 else None, after=after)
        if told.status == IdeaStatus.STUDYING and told.due is not None:
            idea.study_due_on = after(told.due, 0).date()
        if told.back is not None and after(told.back, -360) <= self.now:
            self._status(idea, IdeaStatus.COLLECTED, after(told.back, -360))
            idea.returned_at = idea.decided_at
            idea.revisit_when, idea.revisit_on = "", None

    def _status(
        self,
        idea: Idea,
        status: str,
        at: datetime,
        *,
        by: str = "",
        told: ToldDecision | None = None,
        session: SharingSession | None = None,
        after: After | None = None,
    ) -> None:
        """A step of the idea's way, with its row in the history; without `by` it was taken by itself."""
        revisit_on = after(told.back, 0).date() if told and told.back is not None and after else None
        idea.status, idea.decided_at = status, at
        idea.is_golden = idea.is_golden or status == IdeaStatus.GOLDEN
        idea.decision_reason = told.reason if told else ""
        idea.revisit_when, idea.revisit_on = (told.when, revisit_on) if told else ("", None)
        idea.version += 1
        Decision.objects.create(
            idea=idea,
            session=session,
            status=status,
            reason=idea.decision_reason,
            revisit_when=idea.revisit_when,
            revisit_on=revisit_on,
            decided_by=self.cast.user(by) if by else None,
            decided_at=at,
        )

    def _study(self, idea: Idea, told: ToldIdea, after: After) -> None:
        idea.contributors.set(self.cast.member(key) for key in told.contributors)
        versions = (each for each in told.study if after(each.days, 60) <= self.now)
        StudyVersion.objects.bulk_create(
            StudyVersion(
                idea=idea,
                number=number,
                text=each.text,
                note=each.note,
                author=self.cast.member(each.by),
                written_at=after(each.days, 60),
            )
            for number, each in enumerate(versions, 1)
        )

    def _plan(self, idea: Idea, told: ToldIdea, after: After, by: str) -> None:
        assert told.plan is not None
        item = write_item(told.plan, idea=idea, cast=self.cast, after=after, now=self.now)
        self._status(idea, IdeaStatus.ADOPTED, after(told.plan.days, 30), by=by)
        for done in _reported(item):
            self._status(idea, IdeaStatus.REPORTED, done)


def _reported(item: PlanItem) -> Iterable[datetime]:
    return [item.ended_at + timedelta(minutes=1)] if item.ended_at else []
