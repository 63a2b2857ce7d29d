"""Foreign WARC files that were imported, and how far."""

from django.db import models


class ImportedFile(models.Model):
    """One file by its content: the same file under another name is the same row."""

    name = models.CharField(max_length=255)
    """As it was called when it was first imported, without its folder."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the whole file, 64 hex digits."""
    size = models.BigIntegerField()
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    """None: the import was interrupted; the next one goes on at `position`."""
    position = models.BigIntegerField(default=0)
    """Byte from which the file is still to be read: every record before it is settled."""
    records = models.BigIntegerField(default=0)
    """How many records lie before `position`."""
    captured = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    """Records that are no answer of a web server, such as requests and metadata."""
    failures = models.JSONField(default=list)
    """What could not be read: offset, message id and its data; the first thousand."""
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-begun_at", "-id")

    def __str__(self) -> str:
        return self.name
