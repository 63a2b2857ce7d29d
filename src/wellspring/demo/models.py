"""Which people are the demo's own, and whether this installation has left the demo for good."""

from django.db import models

from wellspring.core.models import User


class DemoPerson(models.Model):
    """Somebody of the demo community; her account is nobody's and ends with the demo."""

    user = models.OneToOneField(User, models.CASCADE, related_name="demo_person")
    key = models.SlugField(max_length=40, unique=True)
    """Her key in `demo.people.PEOPLE`."""
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)


class Farewell(models.Model):
    """The demo was left; where there is a row, it never comes back."""

    left_at = models.DateTimeField(auto_now_add=True)
