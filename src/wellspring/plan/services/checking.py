"""Whether the rows of a list can be taken over into a plan: everything that would go wrong, row by row, before anything
is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from wellspring.core.calendar import WorkCalendar
from wellspring.people.models import Member
from wellspring.people.spreadsheets.columns import day_of, plain_text_of, text_of
from wellspring.people.spreadsheets.reading import RawRow
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemProblem
from wellspring.plan.measure import told_number
from wellspring.plan.models import WorkPlan
from wellspring.plan.models.items import OPEN_STATES
from wellspring.plan.queries.owners import possible_owners
from wellspring.plan.services.items import ItemWords, check_words
from wellspring.plan.spreadsheets.columns import HEADINGS, names_of, number_of
from wellspring.topics.models import Topic
from wellspring.topics.queries import current_topics

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row that is understood; kept as JSON until it is confirmed."""

    number: int
    goal: str
    measure: str
    unit: str
    baseline: str
    target: str
    owner: int | None
    owner_name: str
    co_owners: list[int]
    co_owner_names: str
    due_on: str
    topic: int | None
    topic_name: str
    details: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is wrong, or to be looked at, in one cell."""

    number: int
    heading: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class PlanChecker:
    """Knows people, topics and goals of the moment; a handful of queries, however many rows."""

    def __init__(self, actor: Actor, plan: WorkPlan) -> None:
        self.actor, self.plan = actor, plan
        self.problems: list[RowNote] = []
        self.warnings: list[RowNote] = []
        self.members = {member.pk: member for member in possible_owners(plan.org)}
        self.by_name: dict[str, list[Member]] = {}
        for member in self.members.values():
            name = _folded(member.user.get_full_name())
            for key in {name, f"{name}({_folded(member.post)})", _folded(member.user.username)}:
                self.by_name.setdefault(key, []).append(member)
        self.topics = {topic.pk: topic for topic in current_topics()}
        self.topic_by_name: dict[str, Topic] = {}
        for topic in self.topics.values():
            for word in (topic.name, topic.name_en, *topic.synonyms):
                self.topic_by_name.setdefault(_folded(word), topic)
        self.goals = {_folded(goal) for goal in plan.items.filter(state__in=OPEN_STATES).values_list("goal", flat=True)}
        self.calendar = WorkCalendar()

    def rows(self, raw: Sequence[RawRow]) -> list[PlanRow]:
        """Every row as far as it is understood; what is wrong stands in `problems`, what is odd in `warnings`."""
        rows = [self._row(each) for each in raw]
        self.check(rows)
        return rows

    def check(self, rows: Sequence[PlanRow]) -> None:
        """Compare with what is there now, and the rows with each other."""
        counted = Counter(_folded(row.goal) for row in rows)
        wrong = {(note.number, note.heading) for note in self.problems}
        for row in rows:
            words = self.words(row)
            if words is not None:
                try:
                    check_words(words, self.plan, actor=self.actor)
                except ItemProblem as problem:
                    heading = HEADINGS.get(problem.field, HEADINGS["goal"])
                    if (row.number, heading) not in wrong:
                        self.problems.append(RowNote(row.number, heading, problem.message))
                self._look_at_day(row.number, words.due_on)
            if row.goal and counted[_folded(row.goal)] > 1:
                self.warnings.append(RowNote(row.number, HEADINGS["goal"], _("stands in the list more than once")))
            elif row.goal and _folded(row.goal) in self.goals:
                self.warnings.append(RowNote(row.number, HEADINGS["goal"], _("stands in the plan already")))
        for notes in (self.problems, self.warnings):
            notes.sort(key=lambda note: note.number)

    def words(self, row: PlanRow) -> ItemWords | None:
        """What an item of this row would hold; None where owner or day are not known."""
        owner = self.members.get(row.owner or 0)
        if owner is None or not row.due_on:
            return None
        return ItemWords(
            goal=row.goal,
            owner=owner,
            due_on=date.fromisoformat(row.due_on),
            details=row.details,
            topic=self.topics.get(row.topic or 0),
            measure=row.measure,
            unit=row.unit,
            baseline=Decimal(row.baseline) if row.baseline else None,
            target=Decimal(row.target) if row.target else None,
            co_owners=tuple(self.members[pk] for pk in row.co_owners if pk in self.members),
        )

    def _row(self, raw: RawRow) -> PlanRow:
        for field, text in raw.problems.items():
            self._wrong(raw.number, field, text)
        cells = raw.cells
        goal = text_of(cells.get("goal"))
        if not goal and "goal" not in raw.problems:
            self._wrong(raw.number, "goal", _("is missing"))
        owner = self._owner(raw)
        helpers = self._helpers(raw)
        due_on = self._told(raw, "due_on", day_of)
        if due_on is None and "due_on" not in self._wrong_fields(raw.number) and "due_on" not in raw.problems:
            self._wrong(raw.number, "due_on", _("is missing"))
        topic = self._topic(raw)
        return PlanRow(
            number=raw.number,
            goal=goal,
            measure=text_of(cells.get("measure")),
            unit=text_of(cells.get("unit")),
            baseline=told_number(self._told(raw, "baseline", number_of)),
            target=told_number(self._told(raw, "target", number_of)),
            owner=owner.pk if owner else None,
            owner_name=owner.user.get_full_name() if owner else text_of(cells.get("owner")),
            co_owners=[member.pk for member in helpers],
            co_owner_names="、".join(member.user.get_full_name() for member in helpers),
            due_on=due_on.isoformat() if due_on else "",
            topic=topic.pk if topic else None,
            topic_name=topic.name if topic else text_of(cells.get("topic")),
            details=str(cells.get("details") or "").strip(),
        )

    def _owner(self, raw: RawRow) -> Member | None:
        name = plain_text_of(raw.cells.get("owner"))
        if not name:
            if "owner" not in raw.problems:
                self._wrong(raw.number, "owner", _("is missing"))
            return None
        return self._member(raw.number, "owner", name)

    def _helpers(self, raw: RawRow) -> list[Member]:
        found = (self._member(raw.number, "co_owners", name) for name in names_of(raw.cells.get("co_owners")))
        return [member for member in found if member is not None]

    def _member(self, number: int, field: str, name: str) -> Member | None:
        found = self.by_name.get(_folded(name), [])
        if len(found) == 1:
            return found[0]
        words = {"name": name[:30], "unit": self.plan.org.name}
        if found:
            text = _("there are several people called %(name)s; write the post behind the name: %(name)s（岗位）")
        else:
            text = _("nobody called %(name)s takes part in %(unit)s; look at the spelling, or whether she has left")
        self._wrong(number, field, text % words)
        return None

    def _topic(self, raw: RawRow) -> Topic | None:
        name = plain_text_of(raw.cells.get("topic"))
        if not name:
            return None
        topic = self.topic_by_name.get(_folded(name))
        if topic is None:
            self._wrong(
                raw.number, "topic", _("there is no topic “%(name)s”; choose one of the list") % {"name": name[:30]}
            )
        return topic

    def _look_at_day(self, number: int, day: date) -> None:
        if day > self.plan.ends_on:
            text = _("after the end of the plan (%(day)s)") % {"day": self.plan.ends_on.isoformat()}
            self.warnings.append(RowNote(number, HEADINGS["due_on"], text))
        known = self.calendar.day(day)
        if not known.is_workday:
            text = _("no workday (%(name)s)") % {"name": known.told_name or known.told_kind}
            self.warnings.append(RowNote(number, HEADINGS["due_on"], text))

    def _told(self, raw: RawRow, field: str, read: Callable[[object], T]) -> T | None:
        if field in raw.problems:
            return None
        try:
            return read(raw.cells.get(field))
        except ValueError as wrong:
            self._wrong(raw.number, field, str(wrong))
            return None

    def _wrong_fields(self, number: int) -> set[str]:
        fields = {heading: field for field, heading in HEADINGS.items()}
        return {fields[note.heading] for note in self.problems if note.number == number}

    def _wrong(self, number: int, field: str, text: str) -> None:
        self.problems.append(RowNote(number, HEADINGS[field], text))


def _folded(text: str) -> str:
    """Without spaces, full-width signs as ordinary ones, in lower case."""
    return re.sub(r"\s+", "", plain_text_of(text)).lower()
