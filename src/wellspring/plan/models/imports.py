"""Spreadsheets with plan items that were uploaded and wait to be taken over."""

from django.db import models

from wellspring.core.models import User

from .plans import WorkPlan


class PlanImport(models.Model):
    """A spreadsheet that was read but changed nothing yet: its rows, and what is wrong with them."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="imports")
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    """One object per row; see `plan.services.checking.PlanRow`."""
    problems = models.JSONField(default=list)
    """One object per problem: row, column, what. Nothing is taken over while there are any."""
    warnings = models.JSONField(default=list)
    """As `problems`, but they do not stand in the way."""
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    item_ids = models.JSONField(default=list)
    """What it added, once confirmed."""

    class Meta:
        ordering = ("-created_at",)
