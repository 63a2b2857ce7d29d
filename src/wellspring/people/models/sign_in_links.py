"""One-time links by which somebody who forgot her password sets a new one."""

from django.db import models

from wellspring.core.models import User


class SignInLink(models.Model):
    """A link that a leader made for somebody. Only the digest of its secret is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 in hex of the secret in the link."""
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="sign_in_links_made")
    """None: made at the machine."""
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ends_second_factor = models.BooleanField(default=False)
    """Whether using it also takes away authenticator app, passkeys and recovery codes, as after a lost telephone."""
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    """Withdrawn, or followed by a newer one."""

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_links_of_a_user")]
