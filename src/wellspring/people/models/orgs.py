"""City, district, subdistrict, community, grid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    CITY = "city", _("city")
    DISTRICT = "district", _("district")
    SUBDISTRICT = "subdistrict", _("subdistrict")
    COMMUNITY = "community", _("community")
    GRID = "grid", _("grid")

    @property
    def rank(self) -> int:
        """0 for a city, 4 for a grid."""
        return list(Level).index(self)


class OrgUnit(models.Model):
    """A unit of organisation; whoever holds a role in it holds it in everything below as well."""

    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, editable=False)
    """Ids from the root down to itself, `/1/5/9/`: what is below has it as its beginning. Kept by the services."""
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    """First day on which nobody can be taken on any more; the name stays in everything of the past."""
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts changes, as a member's."""

    class Meta:
        ordering = ("path",)
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="one_unit_of_a_name_below_another"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(parent=None), name="one_root_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
