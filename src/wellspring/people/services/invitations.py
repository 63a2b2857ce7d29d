"""Invitations: made, sent again, revoked, accepted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.errors import InvitationProblem, RoleProblem
from wellspring.people.models import Invitation, InvitationState, Member, OrgUnit, Role, RoleName
from wellspring.people.notices.kinds import INVITATION_USED
from wellspring.people.permissions import Permission
from wellspring.people.queries.rank import may_give
from wellspring.people.services.members import check_not_a_member, check_open
from wellspring.people.services.persons import make_person
from wellspring.people.services.roles import check_may_give, role_message
from wellspring.people.viewer import Actor, viewer_of
from wellspring.people.webhooks.services import count_for_group

DAYS = 7
LONGEST_DAYS = 60


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation with its link as it is handed over, once: afterwards only the digest is known here."""

    invitation: Invitation
    path: str


@transaction.atomic
def invite(
    *,
    actor: Actor,
    org: OrgUnit,
    full_name: str,
    post: str = "",
    roles: Iterable[RoleName | str] = (RoleName.WORKER,),
    days: int = DAYS,
) -> IssuedInvitation:
    """A link for one person to join a unit by, once, within `days` (1 to 60).

    Raises RoleProblem for a role that the actor may not give, MembershipProblem for a closed unit, InvitationProblem
    where somebody of this name has an open invitation to it already.
    """
    org = OrgUnit.objects.select_for_update().get(pk=org.pk)
    actor.require(Permission.MANAGE_PEOPLE, org=org)
    check_open(org)
    full_name = " ".join(full_name.split())
    if not full_name:
        raise InvitationProblem(_("Say for whom the invitation is."), field="full_name")
    wanted = list(dict.fromkeys(RoleName(role) for role in roles))
    for role in wanted:
        check_may_give(actor, role, org)
    now = timezone.now()
    waiting = Invitation.objects.filter(org=org, full_name=full_name, used_at=None, revoked_at=None, expires_at__gt=now)
    if waiting.exists():
        raise InvitationProblem(
            _(
                "%(name)s already has an open invitation to %(unit)s. Make its link anew or revoke it; if this is "
                "somebody else of the same name, add what tells them apart."
            )
            % {"name": full_name, "unit": org.name},
            code="already_invited",
            field="full_name",
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        token_digest=_digest(token),
        org=org,
        full_name=full_name,
        post=post.strip(),
        roles=[role.value for role in wanted],
        invited_by=actor.user,
        expires_at=now + timedelta(days=_checked_days(days)),
    )
    audit.record("people.invited", actor=actor.user, on=invitation, data={"unit": org.name})
    return IssuedInvitation(invitation, _path(token))


@transaction.atomic
def renew_invitation(*, actor: Actor, invitation: Invitation, days: int = DAYS) -> IssuedInvitation:
    """A new link for an invitation that nobody has accepted; the old one holds no more."""
    invitation = _locked_for(actor, invitation)
    if invitation.state == InvitationState.USED:
        raise InvitationProblem(_("This invitation has been accepted; there is nothing to send again."))
    check_open(invitation.org)
    for role in invitation.roles:
        if not may_give(actor, RoleName(role), invitation.org):
            raise RoleProblem(
                _("This invitation carries roles that you may not give. Ask an administrator, or make a new one.")
            )
    token = secrets.token_urlsafe(24)
    invitation.token_digest = _digest(token)
    invitation.expires_at = timezone.now() + timedelta(days=_checked_days(days))
    invitation.revoked_at = None
    invitation.invited_by = actor.user  # whose right to give these roles stands behind it
    invitation.save(update_fields=["token_digest", "expires_at", "revoked_at", "invited_by"])
    audit.record("people.invitation_renewed", actor=actor.user, on=invitation)
    return IssuedInvitation(invitation, _path(token))


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """The link holds no more. Raises InvitationProblem where somebody has joined by it already."""
    invitation = _locked_for(actor, invitation)
    if invitation.state == InvitationState.USED:
        raise InvitationProblem(
            _("Somebody has joined by this invitation already. End her membership on her page instead.")
        )
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        audit.record("people.invitation_revoked", actor=actor.user, on=invitation)
    return invitation


def usable_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises InvitationProblem saying what became of it and what to do."""
    found = Invitation.objects.select_related("org", "invited_by").filter(token_digest=_digest(token)).first()
    return _checked(found)


@transaction.atomic
def accept_as_new(*, token: str, username: str, password: str, email: str = "") -> Member:
    """Join by a link with a new account. Of two who use one link at once, one gets in.

    Raises InvitationProblem, MembershipProblem (user name taken). The password has been validated by the form.
    """
    invitation = _taken(token)
    user = make_person(full_name=invitation.full_name, username=username, email=email, password=password)
    return _joined(invitation, user)


@transaction.atomic
def accept_as(*, token: str, user: User) -> Member:
    """Join by a link with the account one has. Raises InvitationProblem, MembershipProblem (belongs there already)."""
    invitation = _taken(token)
    check_not_a_member(user, invitation.org)
    return _joined(invitation, user)


def _joined(invitation: Invitation, user: User) -> Member:
    member = Member.objects.create(user=user, org=invitation.org, post=invitation.post, joined_on=timezone.localdate())
    Role.objects.bulk_create([Role(member=member, name=role) for role in invitation.roles])
    invitation.used_at = timezone.now()
    invitation.used_by, invitation.member = user, member
    invitation.save(update_fields=["used_at", "used_by", "member"])
    data = {"unit": invitation.org.name, "invitation": invitation.pk, "invited_by": invitation.invited_by_id}
    audit.record("people.joined_by_invitation", actor=user, on=member, data=data)
    if invitation.invited_by is not None:
        notify(
            [invitation.invited_by],
            INVITATION_USED,
            data={"name": user.get_full_name(), "org": invitation.org.name},
            url=reverse("people:member", args=[member.pk]),
            about=invitation,
        )
        count_for_group(invitation.org)
    for role in invitation.roles:
        given = {"role": role_message(RoleName(role)), "code": role, "invitation": invitation.pk}
        audit.record("people.role_given", actor=invitation.invited_by, on=member, data=given)
    return member


def _taken(token: str) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("org", "invited_by")
    invitation = _checked(found.filter(token_digest=_digest(token)).first())
    check_open(invitation.org)
    if invitation.invited_by is not None:
        inviter = viewer_of(invitation.invited_by)
        rights = inviter.may(Permission.MANAGE_PEOPLE, org=invitation.org)
        if not rights or not all(may_give(inviter, RoleName(role), invitation.org) for role in invitation.roles):
            raise InvitationProblem(
                _("Whoever invited you may not do so any more. Ask the leader of %(unit)s for a new invitation.")
                % {"unit": invitation.org.name},
                code="inviter_without_rights",
            )
    return invitation


def _checked(invitation: Invitation | None) -> Invitation:
    ask = _("Ask whoever invited you for a new link.")
    if invitation is None:
        raise InvitationProblem(
            _("This invitation is not known here: the link may be cut off, or a newer one replaced it.") + " " + ask,
            code="invitation_unknown",
        )
    if invitation.state == InvitationState.USED:
        raise InvitationProblem(
            _("This invitation has been accepted already. If that was you, sign in; if not, tell whoever invited you."),
            code="invitation_used",
        )
    if invitation.state == InvitationState.REVOKED:
        raise InvitationProblem(_("This invitation was taken back.") + " " + ask, code="invitation_revoked")
    if invitation.state == InvitationState.EXPIRED:
        raise InvitationProblem(_("This invitation has run out.") + " " + ask, code="invitation_expired")
    return invitation


def _locked_for(actor: Actor, invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("org").get(pk=invitation.pk)
    actor.require(Permission.MANAGE_PEOPLE, org=found.org)
    return found


def _checked_days(days: int) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        raise InvitationProblem(
            _("An invitation holds between 1 and %(days)s days.") % {"days": LONGEST_DAYS}, field="days"
        )
    return days


def _path(token: str) -> str:
    return reverse("people:join", kwargs={"token": token})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
