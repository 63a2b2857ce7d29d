"""What the office asked for and the worker does: trials of addresses, OPML files, pages handed in, refilings."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wellspring.core.errors import told_stored
from wellspring.core.models import User
from wellspring.engine.records import SourceKind

from .snapshots import Snapshot
from .sources import Channel, Source


class Asked(models.Model):
    """Work that somebody waits for: state first, so that no crash loses it."""

    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    """Message id; `error_data` fills its placeholders."""
    error_data = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def told_error(self) -> str:
        """Why it came to nothing, in the language that is active now; empty where it did not fail."""
        return told_stored(self.error_message, self.error_data) or self.error_code


class OpmlImport(models.Model):
    """A list of sources that somebody brought; its new addresses are tried as `SourceTrial` rows."""

    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=120, blank=True)
    known = models.JSONField(default=list)
    """`[name in the file, id of the source]` of addresses that are sources already."""
    unusable = models.JSONField(default=list)
    """`[name in the file, address, message id]` of lines that cannot be a source."""


class SourceTrial(Asked):
    """An address looked at before it becomes a source, and what was found there."""

    url = models.URLField(max_length=2000)
    pattern = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opml = models.ForeignKey(OpmlImport, models.CASCADE, null=True, related_name="trials")
    wishes = models.JSONField(default=dict)
    """What an OPML line says about the source to be: name, channel, interval, …"""
    final_url = models.CharField(max_length=2000, blank=True)
    kind = models.CharField(max_length=10, blank=True, choices=[(kind.value, kind.value) for kind in SourceKind])
    name = models.CharField(max_length=80, blank=True)
    found = models.PositiveIntegerField(default=0)
    pages = models.JSONField(default=list)
    """`[address, title or ""]` of what was found, before narrowing by the pattern, at most 500."""
    sitemaps = models.PositiveIntegerField(default=0)
    feeds = models.JSONField(default=list)
    robots_reason = models.CharField(max_length=120, blank=True)
    robots_url = models.CharField(max_length=2000, blank=True)
    sample = models.JSONField(default=dict)
    """One of the pages as it was read: `url`, `title`, `published_at`, … or `error` with `data`."""
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="trials")
    """What it became."""

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["id"], condition=Q(finished_at=None), name="trial_to_do")]


class HandIn(Asked):
    """An address that somebody handed in. Who did stands in the audit trail alone."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    url = models.CharField(max_length=2000)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="+")
    """Where she wants it filed; None: wherever the page's own column leads, else the general channel."""
    capture = models.ForeignKey("library.Capture", models.SET_NULL, null=True, related_name="hand_ins")
    snapshot = models.ForeignKey(Snapshot, models.SET_NULL, null=True, related_name="hand_ins")
    was_known = models.BooleanField(default=False)
    """The library had it already."""

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["id"], condition=Q(finished_at=None), name="hand_in_to_do")]


class Refiling(models.Model):
    """Snapshots gone through again, newest first, after topics changed or a channel went into another."""

    moves = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="+")
    """The channel whose snapshots go into the one it was merged into; None: topics are found anew."""
    asked_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    top = models.BigIntegerField(null=True)
    """The newest snapshot when it began."""
    position = models.BigIntegerField(null=True)
    """Snapshots below this id are still to be gone through."""
    finished_at = models.DateTimeField(null=True)
    superseded = models.BooleanField(default=False)
    """Given up because the vocabulary changed again: a later one begins anew."""

    class Meta:
        ordering = ("-id",)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 100
