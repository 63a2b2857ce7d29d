"""Days on which a member is away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .members import Member


class LeaveKind(models.TextChoices):
    ANNUAL = "annual", _("annual leave")
    PERSONAL = "personal", _("personal leave")
    SICK = "sick", _("sick leave")
    FAMILY = "family", _("marriage, birth or bereavement leave")
    COMPENSATORY = "compensatory", _("time off in lieu")
    TRAINING = "training", _("training")
    TRIP = "trip", _("official trip")
    OTHER = "other", _("other leave")


class Leave(models.Model):
    """A member is away from the first to the last day, both included; cancelling deletes the row.

    Kind and note are for herself and for those who manage people; everybody else sees only that she is away.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="leaves")
    kind = models.CharField(_("kind"), max_length=14, choices=LeaveKind.choices, default=LeaveKind.ANNUAL)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="leave_ends_on_or_after_its_first_day"
            )
        ]
        indexes = [models.Index(fields=["from_on", "until_on"], name="leave_by_days")]

    def __str__(self) -> str:
        return f"{self.member} {self.from_on:%Y-%m-%d}–{self.until_on:%Y-%m-%d}"

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.until_on - self.from_on).days + 1
