"""A unit's work plan of one month, quarter or year."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellspring.core.models import User
from wellspring.people.models import OrgUnit


class Period(models.TextChoices):
    MONTH = "month", gettext_lazy("month")
    QUARTER = "quarter", gettext_lazy("quarter")
    YEAR = "year", gettext_lazy("year")

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


class WorkPlan(models.Model):
    """What a unit wants to do in a period. One of a kind and period in a unit."""

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="plans", verbose_name=gettext_lazy("unit"))
    period = models.CharField(gettext_lazy("period"), max_length=7, choices=Period.choices)
    starts_on = models.DateField(gettext_lazy("first day"))
    """First day of the month, quarter or year."""
    note = models.TextField(gettext_lazy("note"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    """From then on it is history: what was not finished was carried, dropped or is carried later."""
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts changes: a form that was opened before the last one is told so."""

    class Meta:
        ordering = ("-starts_on", "period", "id")
        constraints = [
            models.UniqueConstraint(fields=["org", "period", "starts_on"], name="one_plan_of_a_unit_and_period")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ends_on(self) -> date:
        """Last day of the period."""
        months = self.starts_on.year * 12 + self.starts_on.month - 1 + Period(self.period).months
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)

    @property
    def name(self) -> str:
        """Such as 2025年3月工作计划, in the active language."""
        words = {"year": self.starts_on.year, "month": self.starts_on.month}
        if self.period == Period.MONTH:
            return _("Work plan %(year)s-%(month)02d") % words
        if self.period == Period.QUARTER:
            return _("Work plan %(year)s, quarter %(quarter)s") % {**words, "quarter": (self.starts_on.month + 2) // 3}
        return _("Work plan %(year)s") % words
