"""The audit trail: who did what to what, when; each entry sealed together with the one before."""

from django.db import models


class AuditEntry(models.Model):
    """One line of the chain. Written by `core.audit.record` only; no code changes or deletes one."""

    number = models.BigIntegerField(primary_key=True)
    """1, 2, 3 … without gaps: a missing line shows."""
    at = models.DateTimeField()
    actor = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="audit_entries")
    """None: the installation itself, such as a command or the crawler."""
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    """A model's label in lower case, such as `people.member`."""
    object_id = models.BigIntegerField(null=True)
    org_path = models.CharField(max_length=200, blank=True)
    """Path of the unit it happened in, `/1/5/`: who may read it. Empty: about the installation as a whole."""
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["object_type", "object_id", "-number"], name="audit_by_object"),
            models.Index(fields=["actor", "-number"], name="audit_by_actor"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]
