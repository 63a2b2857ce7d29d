"""What a talk rests on: reports of the library, earlier ideas, pictures and papers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import Attachment
from wellspring.library.models import Snapshot

from .ideas import Idea
from .talks import Talk


class Evidence(models.Model):
    """One piece of evidence of a talk: exactly one of snapshot, idea and attachment, unless that is gone."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(Snapshot, models.SET_NULL, null=True, related_name="+")
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    """As it was called when it was chosen: what is gone from the library can still be named."""
    note = models.CharField(_("what it shows"), max_length=300, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["talk", "snapshot"], name="a_report_once_in_a_talk"),
            models.UniqueConstraint(fields=["talk", "idea"], name="an_idea_once_in_a_talk"),
            models.CheckConstraint(
                condition=~Q(snapshot__isnull=False, idea__isnull=False)
                & ~Q(snapshot__isnull=False, attachment__isnull=False)
                & ~Q(idea__isnull=False, attachment__isnull=False),
                name="evidence_is_one_thing",
            ),
        ]
