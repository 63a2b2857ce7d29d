"""What was received: captures are written once and never changed; readings say what became of each."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wellspring.core.errors import told_stored
from wellspring.engine.records import CaptureKind, PageKind

from .imports import ImportedFile
from .sources import Source, Visit


class Capture(models.Model):
    """One response in the archive. Immutable: no code updates a row."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CaptureKind])
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="captures")
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="captures")
    url = models.URLField(max_length=2000)
    requested_url = models.URLField(max_length=2000)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=200, blank=True)
    captured_at = models.DateTimeField()
    """When the response was received; of an imported capture, when the file says it was, which nobody here saw."""
    received_at = models.DateTimeField(default=timezone.now)
    """When this installation received it: the time that its log can stand for."""
    imported_from = models.ForeignKey(ImportedFile, models.PROTECT, null=True, related_name="captures")
    imported_record = models.CharField(max_length=200, blank=True)
    """WARC-Record-ID in the imported file."""
    imported_place = models.BigIntegerField(null=True)
    """Byte at which the record begins in the imported file; of a file packed as a whole, in what unpacking it gives."""
    ip = models.GenericIPAddressField(null=True)
    warc_file = models.CharField(max_length=120)
    warc_offset = models.BigIntegerField()
    warc_length = models.BigIntegerField()
    record_id = models.CharField(max_length=60, unique=True)
    record_digest = models.CharField(max_length=64)
    """SHA-256 of the bytes as they lie in the archive. Sealed in the log, it makes the quick check as good as the
    thorough one."""
    payload_digest = models.CharField(max_length=64)
    payload_length = models.BigIntegerField()
    revisit_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="revisits")
    robots_reason = models.CharField(max_length=120, blank=True)
    robots_capture = models.ForeignKey("self", models.PROTECT, null=True, related_name="allowed")
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["url", "-id"], name="capture_by_url"),
            models.Index(fields=["requested_url"], name="capture_by_requested_url"),
            models.Index(fields=["payload_digest"], name="capture_by_digest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["warc_file", "warc_offset"], name="one_capture_per_place"),
            models.UniqueConstraint(
                fields=["imported_from", "imported_place"],
                condition=Q(imported_from__isnull=False),
                name="a_record_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.url}"


class Reading(models.Model):
    """What the extractor made of a captured page, and by which version. A page without one is still to be read."""

    capture = models.OneToOneField(Capture, models.CASCADE, related_name="reading")
    extractor_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, blank=True, choices=[(kind.value, kind.value) for kind in PageKind])
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    """The message's id in the catalogue; `error_data` fills its placeholders."""
    error_data = models.JSONField(default=dict)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="") ^ Q(error_code=""), name="reading_has_kind_or_error"),
        ]
        indexes = [models.Index(fields=["extractor_version", "capture"], name="reading_by_version")]

    @property
    def told_error(self) -> str:
        """Why the page could not be read, in the language that is active now; empty where it was read."""
        return told_stored(self.error_message, self.error_data)


class Refusal(models.Model):
    """An address that was not captured, and why, so that it can be looked up. One row an address and reason."""

    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="refusals")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="refusals")
    url = models.CharField(max_length=2000)
    error_code = models.CharField(max_length=40)
    error_message = models.TextField()
    error_data = models.JSONField(default=dict)
    refused_at = models.DateTimeField(default=timezone.now)
    """The last time."""
    times = models.PositiveIntegerField(default=1)
    """How often in a row."""
    retry_at = models.DateTimeField(null=True)
    """Not asked again before; None: settled, the address was captured after all."""

    class Meta:
        ordering = ("-refused_at", "-id")
        indexes = [
            models.Index(fields=["url"], name="refusal_by_url"),
            models.Index(fields=["source", "-refused_at", "-id"], name="refusal_by_source"),
        ]
