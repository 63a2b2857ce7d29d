"""How an item goes: short updates, postponements with their reasons, and the outcome against the baseline."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import Attachment, User

from .items import PlanItem


class Progress(models.Model):
    """A short update. It stays as it was written; what was wrong is put right by the next."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="progress")
    text = models.TextField(_("what happened"))
    value = models.DecimalField(_("value now"), max_digits=14, decimal_places=2, null=True, blank=True)
    """Of the item's measure, at that time."""
    is_at_risk = models.BooleanField(_("at risk"), default=False)
    pictures = models.ManyToManyField(Attachment, blank=True, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    once = models.CharField(max_length=40, null=True, unique=True, editable=False)
    """Of the form by which it was written: sent twice, it writes one update."""

    class Meta:
        ordering = ("written_at", "id")


class Postponement(models.Model):
    """An item's due day was moved, and why."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="postponements")
    from_on = models.DateField()
    until_on = models.DateField(_("new due day"))
    reason = models.TextField(_("reason"))
    postponed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    postponed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("postponed_at", "id")


class Verdict(models.TextChoices):
    REACHED = "reached", _("reached")
    PARTLY = "partly", _("partly reached")
    MISSED = "missed", _("not reached")


class Outcome(models.Model):
    """What became of an item, once: measured against the baseline."""

    item = models.OneToOneField(PlanItem, models.CASCADE, related_name="outcome")
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict.choices)
    value = models.DecimalField(_("value at the end"), max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("what came of it"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
