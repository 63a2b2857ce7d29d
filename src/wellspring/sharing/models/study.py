"""实施细则: the details of an idea, worked out version by version."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.models import Member

from .ideas import Idea


class StudyVersion(models.Model):
    """One version of an idea's implementation details; a change is a new version."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="study_versions")
    number = models.PositiveSmallIntegerField()
    """1 for the first."""
    text = models.TextField(_("implementation details"))
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="a_number_once_in_a_study")]
