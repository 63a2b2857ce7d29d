"""The sample form of /styleguide/."""

from __future__ import annotations

from django import forms


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is written in Chinese.")
    channel = forms.ChoiceField(label="Channel", choices=[("domestic", "国内"), ("suzhou", "苏州")])
    day = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))


def sample_form() -> SampleForm:
    """A form with one right and one wrong field."""
    form = SampleForm({"name": "", "channel": "suzhou", "day": "2025-03-05"}, auto_id="sample-%s")
    form.is_valid()
    return form
