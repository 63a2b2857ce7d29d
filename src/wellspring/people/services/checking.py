"""Whether the rows of a staff list can be taken over: everything that would go wrong, row by row, before anything is
written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit, RoleName
from wellspring.people.permissions import Permission
from wellspring.people.queries.rank import may_give
from wellspring.people.services.persons import free_username
from wellspring.people.spreadsheets.columns import (
    COLUMNS,
    day_of,
    plain_text_of,
    role_labels,
    roles_of,
    text_of,
    yes_or_no,
)
from wellspring.people.spreadsheets.reading import RawRow
from wellspring.people.viewer import Actor

_HEADINGS = {column.field: column.heading for column in COLUMNS}
_ORDER = {column.heading: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A row that is understood; kept as JSON until it is confirmed."""

    number: int
    full_name: str
    username: str
    phone: str
    email: str
    org: int | None
    org_name: str
    post: str
    roles: list[str]
    joined_on: str
    is_generalist: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one cell."""

    number: int
    heading: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Checker:
    """Knows the units and people of the moment; four queries, however many rows."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.today = timezone.localdate()
        self.units = list(
            OrgUnit.objects.filter(actor.below(Permission.MANAGE_PEOPLE), closed_on=None).select_related("parent")
        )
        self.by_id = {unit.pk: unit for unit in self.units}
        self.by_name: dict[str, list[OrgUnit]] = {}
        for unit in self.units:
            self.by_name.setdefault(unit.name, []).append(unit)
            if unit.parent:
                self.by_name.setdefault(f"{unit.parent.name}/{unit.name}", []).append(unit)
        self.usernames = {name.lower() for name in User.objects.values_list("username", flat=True)}
        self.emails = {mail.lower() for mail in User.objects.exclude(email="").values_list("email", flat=True)}
        there = Member.objects.filter(org__in=self.by_id, left_on=None)
        self.members = set(there.values_list("user__full_name", "org_id"))
        self.problems: list[RowProblem] = []

    def rows(self, raw: Sequence[RawRow]) -> list[StaffRow]:
        """Every row as far as it can be understood; what is wrong goes to `problems`."""
        rows = [self._row(each) for each in raw]
        self.check(rows)
        self.problems.sort(key=lambda problem: (problem.number, _ORDER[problem.heading]))
        return self._named(rows)

    def check(self, rows: Iterable[StaffRow]) -> None:
        """What rows say against the database and against each other; also long after they were read."""
        rows = list(rows)
        usernames = Counter(row.username.lower() for row in rows if row.username)
        emails = Counter(row.email.lower() for row in rows if row.email)
        persons = Counter((row.full_name, row.org) for row in rows)
        for row in rows:
            name, mail = row.username.lower(), row.email.lower()
            # One name leads to one account: a user name is nobody else's mail address, and the other way round.
            if name in self.usernames or name in self.emails or (name and emails[name] > (name == mail)):
                self._wrong(row.number, "username", _("“%(name)s” is taken already") % {"name": row.username})
            elif name and usernames[name] > 1:
                self._wrong(row.number, "username", _("“%(name)s” stands in several rows") % {"name": row.username})
            if mail and (mail in self.emails or mail in self.usernames or emails[mail] > 1):
                self._wrong(row.number, "email", _("somebody else has this mail address"))
            if row.org is None:
                continue
            unit = self.by_id.get(row.org)
            if unit is None:
                self._wrong(row.number, "org", _("this unit is closed, or not yours to manage"))
                continue
            if (row.full_name, row.org) in self.members:
                self._wrong(
                    row.number, "full_name", _("somebody of this name is there already; add a namesake by hand")
                )
            elif persons[row.full_name, row.org] > 1 and not row.username:
                self._wrong(
                    row.number, "full_name", _("stands in several rows; two people of one name need user names")
                )
            for role in row.roles:
                if not may_give(self.actor, RoleName(role), unit):
                    label = role_labels()[RoleName(role)]
                    self._wrong(row.number, "roles", _("the role “%(role)s” is not yours to give") % {"role": label})

    def _row(self, raw: RawRow) -> StaffRow:
        for field, text in raw.problems.items():
            self._wrong(raw.number, field, text)
        cells = raw.cells
        unit = self._unit(raw)
        joined_on = self._told(raw, "joined_on", day_of)
        row = StaffRow(
            number=raw.number,
            full_name=text_of(cells.get("full_name")),
            username=plain_text_of(cells.get("username")),
            phone=plain_text_of(cells.get("phone")),
            email=User.objects.normalize_email(plain_text_of(cells.get("email"))),
            org=unit.pk if unit else None,
            org_name=unit.name if unit else text_of(cells.get("org")),
            post=text_of(cells.get("post")),
            roles=[role.value for role in self._told(raw, "roles", roles_of) or []],
            joined_on=(joined_on if isinstance(joined_on, date) else self.today).isoformat(),
            is_generalist=bool(self._told(raw, "is_generalist", yes_or_no)),
        )
        self._check_shape(row, raw)
        return row

    def _check_shape(self, row: StaffRow, raw: RawRow) -> None:
        if not row.full_name and "full_name" not in raw.problems:
            self._wrong(row.number, "full_name", _("is missing"))
        for field, longest in (("full_name", 80), ("username", 150), ("phone", 30), ("email", 254), ("post", 60)):
            if len(getattr(row, field)) > longest:
                self._wrong(row.number, field, _("longer than %(longest)s characters") % {"longest": longest})
        if row.username:
            try:
                User._meta.get_field("username").run_validators(row.username)
            except ValidationError as wrong:
                self._wrong(row.number, "username", " ".join(wrong.messages))
        if row.email:
            try:
                validate_email(row.email)
            except ValidationError as wrong:
                self._wrong(row.number, "email", " ".join(wrong.messages))

    def _unit(self, raw: RawRow) -> OrgUnit | None:
        if "org" in raw.problems:
            return None
        name = plain_text_of(raw.cells.get("org")).replace(">", "/").replace(" /", "/").replace("/ ", "/")
        if not name:
            if len(self.units) == 1:
                return self.units[0]
            self._wrong(raw.number, "org", _("is missing"))
            return None
        found = self.by_name.get(name) or self.by_name.get(text_of(raw.cells.get("org"))) or []
        if len(found) == 1:
            return found[0]
        if found:
            text = _("several units are called “%(name)s”; write the one above before it, as 街道/社区")
        else:
            text = _("there is no unit “%(name)s” among those you manage")
        self._wrong(raw.number, "org", text % {"name": name[:60]})
        return None

    def _told(self, raw: RawRow, field: str, read: Any) -> Any:
        if field in raw.problems:
            return None
        try:
            return read(raw.cells.get(field))
        except ValueError as wrong:
            self._wrong(raw.number, field, str(wrong))
            return None

    def _named(self, rows: list[StaffRow]) -> list[StaffRow]:
        """Rows without a user name get a free one after the pinyin of the name."""
        taken = set(self.usernames) | {row.username.lower() for row in rows if row.username}
        named = []
        for row in rows:
            if not row.username and row.full_name:
                username = free_username(row.full_name, is_taken=taken.__contains__)
                taken.add(username)
                row = StaffRow(**{**row.as_json(), "username": username})
            named.append(row)
        return named

    def _wrong(self, number: int, field: str, text: str) -> None:
        self.problems.append(RowProblem(number, _HEADINGS[field], text))
