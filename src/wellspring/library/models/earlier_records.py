"""What earlier versions of the extractor read, kept where a later one read something else."""

from django.db import models

from .snapshots import Snapshot


class EarlierRecord(models.Model):
    """The news record of a snapshot as an earlier version of the extractor read it, without what was set right."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="earlier_records")
    extractor_version = models.PositiveIntegerField()
    """0: not known."""
    read_at = models.DateTimeField(null=True)
    record = models.JSONField()
    """Whole, in the form of `wellspring extract`, with its evidence."""

    class Meta:
        ordering = ("-extractor_version", "-id")
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "extractor_version"], name="one_earlier_record_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} · {self.extractor_version}"
