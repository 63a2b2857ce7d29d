"""分享会: single sessions, series of them, and who was there."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User
from wellspring.core.models.attachments import new_key
from wellspring.people.models import Member, OrgUnit
from wellspring.topics.models import Topic


class Recurrence(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY_WEEKDAY = "monthly_weekday", _("every month, on the same weekday of the same week")
    MONTHLY_DAY = "monthly_day", _("every month, on the same day")


class SessionSeries(models.Model):
    """A session that is held again and again; its sessions are made ahead, rest days moved or left out."""

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="session_series", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=80)
    recurrence = models.CharField(_("how often"), max_length=16, choices=Recurrence.choices)
    first_on = models.DateField(_("first day"))
    """Weekday, week of the month and day of the month are this day's."""
    until_on = models.DateField(_("until"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=90)
    place = models.CharField(_("place"), max_length=80)
    moves_off_rest_days = models.BooleanField(_("on a rest day: the next workday"), default=True)
    """Otherwise a session that would fall on a rest day is left out."""
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("under way")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class SharingSession(models.Model):
    """One meeting."""

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="sharing_sessions", verbose_name=_("unit"))
    series = models.ForeignKey(SessionSeries, models.PROTECT, null=True, related_name="sessions")
    planned_on = models.DateField(null=True, editable=False)
    """The day the series' rule gave, whatever the session was moved to; None for a single one."""
    title = models.CharField(_("title"), max_length=80)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=90)
    place = models.CharField(_("place"), max_length=80)
    host = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="hosted_sessions", verbose_name=_("chair")
    )
    """Who leads it and decides on its ideas: the chair of the month."""
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.PLANNED)
    move_reason = models.CharField(_("why it was moved"), max_length=200, blank=True)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=200, blank=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    check_in_code = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    """What stands in the QR code on the meeting-room screen; nobody guesses it."""
    is_day_by_hand = models.BooleanField(default=False, editable=False)
    """Somebody moved it: its series and the calendar let its day be from then on."""
    reminded_at = models.DateTimeField(null=True, editable=False)
    """When everybody was told that it is tomorrow."""
    live_version = models.PositiveIntegerField(default=0, editable=False)
    """Grows with everything that phones and the screen show of a running session: a poll asks for this number only."""
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts changes to what the form holds."""

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_on"], name="a_series_makes_a_day_once"),
        ]
        indexes = [models.Index(fields=["org", "starts_at"], name="sessions_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.title} {timezone.localtime(self.starts_at):%Y-%m-%d}"

    @property
    def ends_by_plan(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_missed(self) -> bool:
        """Whether its time went by without anybody having begun or cancelled it."""
        return self.state == SessionState.PLANNED and self.ends_by_plan < timezone.now()


class CheckedInBy(models.TextChoices):
    TAP = "tap", _("herself")
    CODE = "code", _("QR code")
    HAND = "hand", _("entered by the chair")


class Attendance(models.Model):
    """Somebody was there, and what she takes away from it."""

    session = models.ForeignKey(SharingSession, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    checked_in_by = models.CharField(max_length=4, choices=CheckedInBy.choices, default=CheckedInBy.TAP)
    checked_in_at = models.DateTimeField(default=timezone.now)
    takeaway = models.TextField(_("takeaway"), blank=True)
    takeaway_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("checked_in_at", "id")
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_is_there_once")]
