"""Leaving the demo for good: its people, sources and reports go; nothing that was entered by anybody else does."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.demo.community import has_left
from wellspring.demo.models import DemoPerson, Farewell
from wellspring.demo.people import UNITS
from wellspring.demo.reset import nobody_running
from wellspring.demo.seed import demo_sources
from wellspring.demo.site.outlets import HOST
from wellspring.demo.year.leaving import remove_year
from wellspring.library.models import Snapshot
from wellspring.library.services.withdrawing import withdraw_reports
from wellspring.people.models import Invitation, Member, OrgUnit, Role, SignInLink

_ITS_ADDRESSES = f"http://{HOST}:"


class AlreadyLeft(DomainError):
    code = "already_left"


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What leaving the demo would take away."""

    people: int
    sources: int
    snapshots: int


def what_goes() -> WhatGoes:
    """Counts of the demo's people, sources and reports. Raises AlreadyLeft."""
    if has_left():
        raise AlreadyLeft(gettext("This installation has already left the demo."))
    return WhatGoes(
        DemoPerson.objects.count(),
        demo_sources().count(),
        Snapshot.objects.filter(capture__url__startswith=_ITS_ADDRESSES).count(),
    )


def leave_demo() -> WhatGoes:
    """Take the demo away for ever; returns what went.

    People as whom somebody signed in stay as former members with a closed account, because the audit trail names
    them; the others are deleted. Captured bytes and the log over them stay: they prove that nothing else changed.
    Raises AlreadyLeft, and StillRunning while `wellspring up` runs on this data folder.
    """
    with nobody_running(settings.ENVIRONMENT.data), transaction.atomic():
        gone = what_goes()
        withdraw_reports(captured_from=_ITS_ADDRESSES)
        demo_sources().delete()
        remove_year()
        _revoke_what_they_handed_out()
        for person in DemoPerson.objects.select_related("user"):
            _dismiss(person)
        _close_units()
        farewell = Farewell.objects.create()
        audit.record(
            "demo.left",
            actor=None,
            on=farewell,
            data={"people": gone.people, "sources": gone.sources, "snapshots": gone.snapshots},
        )
    return gone


def _revoke_what_they_handed_out() -> None:
    """Open invitations and sign-in links of demo people: by them a visitor would let himself in afterwards."""
    theirs, now = DemoPerson.objects.values("user"), timezone.now()
    Invitation.objects.filter(invited_by__in=theirs, used_at=None, revoked_at=None).update(revoked_at=now)
    SignInLink.objects.filter(made_by__in=theirs, used_at=None, revoked_at=None).update(revoked_at=now)


def _dismiss(person: DemoPerson) -> None:
    user = person.user
    if user.last_login is None:
        try:
            with transaction.atomic():
                Member.objects.filter(user=user).delete()
                user.delete()
            return
        except ProtectedError:
            pass
    today = timezone.localdate()
    for member in Member.objects.filter(user=user, left_on=None):
        member.left_on = max(today, member.joined_on)
        member.save(update_fields=["left_on"])
    Role.objects.filter(member__user=user).delete()
    user.set_unusable_password()
    user.is_active = user.is_staff = user.is_superuser = False
    user.save()


def _close_units() -> None:
    """Delete the demo's units from the lowest up; those that somebody else uses stay, those only remembered close."""
    found: dict[str, OrgUnit] = {}
    for _level, name, above in UNITS:
        unit = OrgUnit.objects.filter(name=name, parent=found.get(above)).first()
        if unit is not None and (not above or above in found):
            found[name] = unit
    for unit in reversed(found.values()):
        try:
            with transaction.atomic():
                unit.delete()
        except ProtectedError:
            in_use = Member.objects.filter(org__path__startswith=unit.path, left_on=None).exists()
            open_below = OrgUnit.objects.filter(parent=unit, closed_on=None).exists()
            if not in_use and not open_below:
                unit.closed_on = timezone.localdate()
                unit.save(update_fields=["closed_on"])
