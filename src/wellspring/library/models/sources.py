"""Where reports come from: channels, sources and the visits paid to them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.engine.errors import MoreLeft
from wellspring.engine.records import SourceKind

INTERRUPTED = "interrupted"
"""Error code of a visit that ended with its crawler."""


class Channel(models.Model):
    """A category (类别) of the library; every snapshot is filed in one."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    column_names = models.JSONField(
        _("column names"), default=list, blank=True, help_text=_("Names of columns on news sites that are filed here.")
    )
    position = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")
    """Where its reports went; such a channel is not listed any more, its address leads there."""
    version = models.PositiveIntegerField(default=0, editable=False)
    """Grows with every change on the desk, so that two people editing at once are told."""

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class Reuse(models.TextChoices):
    """What the publisher allows us to show. Unknown is treated as excerpt."""

    UNKNOWN = "unknown", _("not known yet: excerpt")
    FULL_TEXT = "full_text", _("full text")
    EXCERPT = "excerpt", _("excerpt")
    LINK_ONLY = "link_only", _("link only")


class Source(models.Model):
    """A feed, sitemap or list page that is visited regularly."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    url = models.URLField(_("address"), max_length=2000, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=[(kind.value, kind.value) for kind in SourceKind])
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="sources", verbose_name=_("channel"))
    reuse = models.CharField(_("reuse"), max_length=10, choices=Reuse, default=Reuse.UNKNOWN)
    pattern = models.CharField(
        _("pattern"), max_length=200, blank=True, help_text=_("Regular expression that a report's address must match.")
    )
    interval_minutes = models.PositiveIntegerField(_("minutes between visits"), default=60)
    delay_seconds = models.FloatField(
        _("seconds between requests"), null=True, blank=True, help_text=_("Empty: the installation's own.")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Of its reports, where a page does not say; empty: unknown."),
    )
    active = models.BooleanField(_("active"), default=True)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)
    """Not visited and not listed any more; what was captured from it stays."""
    version = models.PositiveIntegerField(default=0, editable=False)
    """Grows with every change on the desk, so that two people editing at once are told."""
    next_visit_at = models.DateTimeField(_("next visit"), default=timezone.now, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


def visit_failed(error_code: str) -> bool:
    """Whether a visit that ended so counts as a failure of its source."""
    return error_code not in ("", INTERRUPTED, MoreLeft.code)


class Visit(models.Model):
    """One visit to a source: what it pointed to, what was captured, what was refused and why it ended."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="visits")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)
    captured = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    """Message id; `error_data` fills its placeholders."""
    error_data = models.JSONField(default=dict)
    crawler = models.CharField(max_length=120, blank=True)
    """Host and token of the crawler that opened it, so that the visits of a dead one can be told and closed."""

    @property
    def failed(self) -> bool:
        """It ended with an error; not one after which the next visit just goes on."""
        return visit_failed(self.error_code)

    class Meta:
        ordering = ("-started_at",)
        indexes = [
            models.Index(fields=["source", "-started_at"], name="visit_by_source"),
            models.Index(fields=["crawler"], condition=models.Q(finished_at=None), name="visit_unfinished"),
        ]
