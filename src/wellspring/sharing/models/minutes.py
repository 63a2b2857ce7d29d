"""The minutes of a session: written from what happened, edited, signed off."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User

from .sessions import SharingSession


class Minutes(models.Model):
    """What is kept of a session on paper. Without a row they are written anew from what happened at every look."""

    session = models.OneToOneField(SharingSession, models.CASCADE, related_name="minutes_kept")
    text = models.TextField(_("minutes"))
    """Plain text: a line that begins with `# ` is a heading, one that begins with `- ` a point."""
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    """From then on they stay as they are; taking the signature back is recorded."""
    version = models.PositiveIntegerField(default=0, editable=False)
