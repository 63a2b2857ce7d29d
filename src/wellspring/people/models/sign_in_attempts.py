"""Attempts to sign in, counted where every process and host sees them."""

from django.db import models


class SignInAttempt(models.Model):
    """One failed attempt, or one under way, in one of the counts it belongs to. Rows of a day ago are swept away."""

    bucket = models.CharField(max_length=40)
    """Keyed digest of what is counted, such as an account together with an address: what was typed is not kept."""
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["bucket", "at"], name="attempts_of_a_bucket"),
            models.Index(fields=["at"], name="attempts_by_age"),
        ]
