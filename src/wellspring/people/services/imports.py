"""Taking over a staff list: read, kept without changing anything, confirmed as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import IO

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.core.names import sort_key
from wellspring.people.accounts.services import IssuedLink, issue_sign_in_link
from wellspring.people.errors import ImportProblem
from wellspring.people.models import Member, Role, StaffImport
from wellspring.people.permissions import Permission
from wellspring.people.services.checking import Checker, StaffRow
from wellspring.people.spreadsheets.reading import read_staff_list
from wellspring.people.viewer import Actor

KEPT = timedelta(days=1)
LINKS_HOLD = timedelta(days=3)
"""Longer than a link against a forgotten password: sheets are printed today and handed out tomorrow."""


def prepare_import(*, actor: Actor, file: IO[bytes], file_name: str) -> StaffImport:
    """Read and check a list; nothing changes until it is confirmed. Kept for a day.

    Raises ImportProblem where the file as a whole cannot be read; what is wrong in rows stands in `problems`.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    assert actor.user is not None, "an import belongs to whoever looks it through"
    raw = read_staff_list(file)
    if not raw:
        raise ImportProblem(_("The list has no rows yet. Fill in the template and upload it again."), code="no_rows")
    checker = Checker(actor)
    rows = checker.rows(raw)
    return StaffImport.objects.create(
        uploaded_by=actor.user,
        file_name=file_name[:200],
        rows=[row.as_json() for row in rows],
        problems=[problem.as_json() for problem in checker.problems],
        expires_at=timezone.now() + KEPT,
    )


@transaction.atomic
def confirm_import(*, actor: Actor, staff_import: StaffImport) -> list[Member]:
    """Make every person of the list a member: all of them or none. Checked again against what is there now.

    Raises ImportProblem where it is confirmed already, has run out, or does not fit any more.
    """
    kept = StaffImport.objects.select_for_update().get(pk=staff_import.pk, uploaded_by=actor.user)
    if kept.confirmed_at:
        raise ImportProblem(_("This list was taken over already."), code="confirmed")
    if kept.expires_at <= timezone.now():
        raise ImportProblem(_("This list was kept for a day only. Upload it again."), code="expired")
    if kept.problems:
        raise ImportProblem(_("There are still mistakes in the list. Correct the file and upload it again."))
    rows = [StaffRow(**row) for row in kept.rows]
    checker = Checker(actor)
    checker.check(rows)
    if checker.problems:
        first = checker.problems[0]
        raise ImportProblem(
            _("Since the upload something has changed, as in row %(row)s, %(column)s: %(text)s. Upload the list again.")
            % {"row": first.number, "column": first.heading, "text": first.text},
            code="outdated",
        )
    try:
        with transaction.atomic():
            members = _made(rows)
    except IntegrityError:
        raise ImportProblem(
            _("Somebody else has just added one of these people. Upload the list again."), code="outdated"
        ) from None
    for member, row in zip(members, rows, strict=True):
        data = {"unit": row.org_name, "roles": row.roles, "import": kept.pk}
        audit.record("people.member_added", actor=actor.user, on=member, data=data)
    audit.record("people.staff_imported", actor=actor.user, data={"count": len(members), "import": kept.pk})
    kept.confirmed_at = timezone.now()
    kept.member_ids = [member.pk for member in members]
    kept.rows = []
    kept.save(update_fields=["confirmed_at", "member_ids", "rows"])
    return members


def sign_in_links(*, actor: Actor, members: Sequence[Member]) -> list[tuple[Member, IssuedLink]]:
    """One-time links for members who have never signed in, to print and hand out; earlier ones hold no more."""
    waiting = [member for member in members if member.user.last_login is None and member.user.is_active]
    return [(member, issue_sign_in_link(actor=actor, user=member.user, valid_for=LINKS_HOLD)) for member in waiting]


def _made(rows: Sequence[StaffRow]) -> list[Member]:
    users = User.objects.bulk_create(
        [
            User(
                username=row.username,
                full_name=row.full_name,
                sort_key=sort_key(row.full_name),
                email=row.email,
                password=make_password(None),
            )
            for row in rows
        ]
    )
    members = Member.objects.bulk_create(
        [
            Member(
                user=user,
                org_id=row.org or 0,  # checked: every row has one
                post=row.post,
                phone=row.phone,
                is_generalist=row.is_generalist,
                joined_on=date.fromisoformat(row.joined_on),
            )
            for user, row in zip(users, rows, strict=True)
        ]
    )
    Role.objects.bulk_create(
        [Role(member=member, name=role) for member, row in zip(members, rows, strict=True) for role in row.roles]
    )
    return members
