"""重点难点问题: the hard topics that reports, talks, mentors and cases share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    synonyms = models.JSONField(
        _("synonyms"), default=list, blank=True, help_text=_("Words by which reports speak of it.")
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, editable=False)
    """Not looked for and not offered any more; what names it keeps it."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")
    version = models.PositiveIntegerField(default=0, editable=False)
    """Grows with every change on the desk, so that two people editing at once are told."""

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> list[str]:
        """Every word that finds this topic in a text."""
        return [self.name, *self.synonyms]
