"""The profile: how somebody is called and reached, and how the pages look to her."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.accounts.errors import AddressTaken
from wellspring.people.viewer import Actor


@dataclass(frozen=True, slots=True)
class Profile:
    """What its owner may change."""

    full_name: str
    email: str
    language: str
    theme: str
    elder_mode: bool


def change_profile(*, actor: Actor, profile: Profile) -> list[str]:
    """Change one's own profile; the fields that changed. A new mail address wants the password first, see the form.

    Raises AddressTaken where somebody else has the mail address, in whatever case.
    """
    assert actor.user is not None, "a profile belongs to somebody"
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user.pk)
        email = User.objects.normalize_email(profile.email)
        others = User.objects.exclude(pk=user.pk).filter(Q(email__iexact=email) | Q(username__iexact=email))
        if email and others.exists():
            raise AddressTaken(_("Somebody else has this mail address here. Use another, or ask your leader."))
        wanted = {
            "full_name": profile.full_name,
            "email": email,
            "language": profile.language,
            "theme": profile.theme,
            "elder_mode": profile.elder_mode,
        }
        changed = [field for field, value in wanted.items() if getattr(user, field) != value]
        for field in changed:
            setattr(user, field, wanted[field])
        if changed:
            user.save(update_fields=changed)
        told = [field for field in changed if field in ("full_name", "email")]
        if told:
            audit.record("people.profile_changed", actor=user, on=user, data={"fields": told})
    return changed
