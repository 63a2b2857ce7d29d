"""What readers see: snapshots, their pictures and topics."""

from django.db import models
from django.db.models import Q

from wellspring.engine.records import Precision
from wellspring.topics.models import Topic

from .captures import Capture
from .sources import Channel, Reuse, Source

_LATEST = Q(is_latest=True)


class Snapshot(models.Model):
    """The news record of one captured article. Of several captures of one address, one snapshot is the latest."""

    capture = models.OneToOneField(Capture, models.PROTECT, related_name="snapshot")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="snapshots")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="snapshots")
    original_url = models.URLField(max_length=2000)
    is_latest = models.BooleanField(default=True)
    title = models.CharField(max_length=300)
    published_at = models.DateTimeField(null=True)
    published_precision = models.CharField(max_length=6, blank=True, choices=[(p.value, p.value) for p in Precision])
    source_name = models.CharField(max_length=100, blank=True)
    authors = models.JSONField(default=list)
    editor = models.CharField(max_length=60, blank=True)
    reprinted_from = models.CharField(max_length=100, blank=True)
    column_name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    body = models.JSONField(default=list)
    excerpt = models.CharField(max_length=200, blank=True)
    evidence = models.JSONField(default=dict)
    captured_at = models.DateTimeField()
    dated_at = models.DateTimeField()
    """Publish time, or capture time where the page gives none: what lists are ordered by."""
    extractor_version = models.PositiveIntegerField(default=0)
    """Of the extractor that read this record; 0 where it is not known. `Reading` says which looked at the page last."""
    read_at = models.DateTimeField(null=True)
    """When that version read it."""
    topics = models.ManyToManyField(Topic, through="SnapshotTopic", related_name="snapshots")

    class Meta:
        ordering = ("-dated_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["original_url"], condition=_LATEST, name="one_latest_per_address"),
        ]
        indexes = [
            models.Index(fields=["-dated_at", "-id"], condition=_LATEST, name="snapshot_by_date"),
            models.Index(fields=["channel", "-dated_at", "-id"], condition=_LATEST, name="snapshot_by_channel"),
            models.Index(fields=["source_name", "-dated_at"], condition=_LATEST, name="snapshot_by_outlet"),
            models.Index(fields=["captured_at"], condition=_LATEST, name="snapshot_by_capture_time"),
            models.Index(fields=["original_url", "-id"], name="snapshot_by_address"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reuse(self) -> Reuse:
        """What may be shown of it. A page handed in by hand, without a source, is treated like an unknown one."""
        return Reuse(self.source.reuse) if self.source else Reuse.UNKNOWN

    @property
    def shows_full_text(self) -> bool:
        """Body, pictures and the page as captured may be shown."""
        return self.reuse == Reuse.FULL_TEXT

    @property
    def shows_excerpt(self) -> bool:
        return self.reuse != Reuse.LINK_ONLY

    @property
    def shown_excerpt(self) -> str:
        return self.excerpt if self.shows_excerpt else ""


class Picture(models.Model):
    """A picture of a report, kept locally. Without a capture and without an error it is still to be fetched."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=2000)
    caption = models.CharField(max_length=300, blank=True)
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="pictures")
    error_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["snapshot", "position"], name="picture_position")]
        indexes = [
            models.Index(fields=["id"], condition=Q(capture=None, error_code=""), name="picture_to_fetch"),
        ]


class SnapshotTopic(models.Model):
    """A topic found in a snapshot, with the words that told."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="snapshot_links")
    words = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "topic"], name="topic_once_per_snapshot")]
