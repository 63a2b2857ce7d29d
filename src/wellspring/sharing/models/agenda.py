"""Who speaks when at a session, and swaps between speakers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.models import Member

from .sessions import SharingSession
from .talks import Talk


class SlotState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    ABSENT = "absent", _("could not come")


class AgendaSlot(models.Model):
    """One speaker's time at one session."""

    session = models.ForeignKey(SharingSession, models.CASCADE, related_name="slots")
    speaker = models.ForeignKey(Member, models.PROTECT, related_name="slots")
    talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="slots")
    """None until she chose or began one; a talk that was not given can be put on another agenda."""
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    state = models.CharField(max_length=8, choices=SlotState.choices, default=SlotState.PROPOSED)
    is_volunteer = models.BooleanField(default=False)
    """She put herself down."""
    why = models.JSONField(default=dict)
    """What spoke for her when she was proposed: plain values, worded when shown."""
    state_reason = models.CharField(_("reason"), max_length=200, blank=True)
    """Why she declined or could not come."""
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """The slot that has begun and not ended is what the meeting is at."""

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(begun_at__isnull=False, ended_at=None),
                name="one_speaks_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["session", "speaker"],
                condition=Q(state__in=("proposed", "agreed")),
                name="one_speaks_once_at_a_session",
            ),
        ]


class SlotSwap(models.Model):
    """A speaker asks another to change places with her, at this session or another."""

    slot = models.ForeignKey(AgendaSlot, models.CASCADE, related_name="swaps_asked")
    """Of whom asks."""
    other = models.ForeignKey(AgendaSlot, models.CASCADE, related_name="swaps_offered", null=True)
    """Of whom is asked; None where she has none and would simply take it."""
    asked = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(null=True)
    """None: not answered yet, or withdrawn where `answered_at` stands."""

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=Q(answered_at=None), name="one_open_swap_of_a_slot")
        ]
