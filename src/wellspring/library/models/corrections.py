"""What an archivist set right in a snapshot, beside what the page was read to say."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wellspring.core.models import User

from .snapshots import Snapshot


class Field(models.TextChoices):
    """What can be set right."""

    TITLE = "title", _("Title")
    PUBLISHED = "published_at", _("Published")
    SOURCE = "source_name", _("Source")
    AUTHORS = "authors", _("Authors")
    EDITOR = "editor", _("Editor")
    REPRINTED = "reprinted_from", _("Reprinted from")
    CHANNEL = "channel", _("Channel")
    TOPICS = "topics", _("Topics")

    @property
    def message(self) -> str:
        """The label's message id, for the audit trail: the reader's language is not the writer's."""
        with override("en"):
            return str(self.label)


class Correction(models.Model):
    """One field of one snapshot as the library has it. The bytes as captured, and what was read of them, stay."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="corrections")
    field = models.CharField(_("field"), max_length=20, choices=Field.choices)
    value = models.JSONField()
    """Text; authors: a list; published_at: `{"at": ISO time or null, "precision": …}`; channel: its id; topics: ids."""
    was = models.JSONField()
    """As read from the page, in the same form; follows a newer extractor."""
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="carried_to")
    """The correction of an earlier version of the page that this one continues."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "field"], condition=Q(withdrawn_at=None), name="one_standing_correction_per_field"
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_by_time")]

    def __str__(self) -> str:
        return f"{self.get_field_display()} · {self.snapshot_id}"
