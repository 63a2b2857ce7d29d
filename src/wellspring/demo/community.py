"""The demo's community in the database: loaded once, and asked who is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.demo.models import DemoPerson, Farewell
from wellspring.demo.people import PEOPLE, UNITS, Person
from wellspring.people.models import Leave, LeaveKind, Member, OrgUnit, Role


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody a visitor may sign in as."""

    user: User
    name: str
    post: str
    about: str
    """Marked message."""


def demo_people() -> list[Resident]:
    """The demo's people whose accounts are open, in the order of the report; empty once the demo was left."""
    told = {person.key: person for person in PEOPLE}
    rows = DemoPerson.objects.filter(user__is_active=True, key__in=told).select_related("user")
    return [
        Resident(row.user, row.user.get_full_name(), told[row.key].post, told[row.key].about)
        for row in rows
        if not has_left()
    ]


def has_left() -> bool:
    """Whether this installation has left the demo for good."""
    return Farewell.objects.exists()


def load_community() -> None:
    """Load units and people that are not there yet; what a visitor changed stays. Nothing once the demo was left."""
    with transaction.atomic():
        if has_left():
            return
        known = set(DemoPerson.objects.values_list("key", flat=True))
        missing = [(place, person) for place, person in enumerate(PEOPLE) if person.key not in known]
        if not missing:
            return
        units = _units()
        for place, person in missing:
            _add(person, units[person.unit], place)


def _units() -> dict[str, OrgUnit]:
    found: dict[str, OrgUnit] = {}
    for level, name, above in UNITS:
        parent = found.get(above)
        unit = OrgUnit.objects.filter(name=name, parent=parent).first()
        if unit is None:
            unit = OrgUnit.objects.create(level=level, name=name, parent=parent, path=f"/new/{name}/")
            unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
            unit.save(update_fields=["path"])
        found[name] = unit
    return found


def _add(person: Person, unit: OrgUnit, place: int) -> None:
    user = User(username=_free_username(person.username), full_name=person.name, elder_mode=person.elder_mode)
    user.set_unusable_password()
    user.save()
    member = Member.objects.create(
        user=user, org=unit, post=person.post, is_generalist=person.is_generalist, joined_on=date(*person.joined)
    )
    if person.away_in_days is not None:
        first = timezone.localdate() + timedelta(days=person.away_in_days)
        Leave.objects.create(member=member, kind=LeaveKind.ANNUAL, from_on=first, until_on=first + timedelta(days=2))
    Role.objects.bulk_create(Role(member=member, name=role) for role in person.roles)
    DemoPerson.objects.create(user=user, key=person.key, position=place)
    audit.record("demo.person_added", actor=None, on=member, data={"name": person.name})


def _free_username(wanted: str) -> str:
    """`wanted`, or with a number behind it where a real person already has it."""
    username, number = wanted, 1
    while User.objects.filter(username=username).exists():
        number += 1
        username = f"{wanted}{number}"
    return username
