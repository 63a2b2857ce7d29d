"""Invitations to join a unit by link or QR code."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User

from .members import Member
from .orgs import OrgUnit


class InvitationState(models.TextChoices):
    OPEN = "open", _("waiting")
    USED = "used", _("accepted")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


class Invitation(models.Model):
    """For one person, once, until a day. The link itself is not kept, only its digest."""

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the link's last part, in hex."""
    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="invitations", verbose_name=_("unit"))
    full_name = models.CharField(_("name"), max_length=80)
    post = models.CharField(_("post"), max_length=60, blank=True)
    roles = models.JSONField(_("roles"), default=list)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """None: the installation, by a command."""
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    """The membership that came of it."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.full_name} · {self.org}"

    @property
    def state(self) -> InvitationState:
        if self.used_at:
            return InvitationState.USED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN
