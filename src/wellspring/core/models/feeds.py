"""Private calendar feeds."""

from django.db import models


class CalendarFeed(models.Model):
    """Somebody's feed is on; `turn` is part of its address, so counting on takes the address before it back."""

    user = models.OneToOneField("core.User", models.CASCADE, related_name="calendar_feed")
    turn = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)
    renewed_at = models.DateTimeField(auto_now=True)
