"""Forms of the desk about sources: an address to try, the settings of a source, the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wellspring.core.errors import told
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import narrowed
from wellspring.library.models import Channel, Reuse, Source
from wellspring.library.queries.lists import channels
from wellspring.library.queries.sources import Health
from wellspring.library.services.source_changes import SourceSettings, settings_of

REUSE_CHOICES = (
    (Reuse.UNKNOWN, _("Not known yet: readers see an excerpt and the way to the publisher")),
    (Reuse.FULL_TEXT, _("Full text: the publisher agreed, or the text is free by law")),
    (Reuse.EXCERPT, _("Excerpt: the beginning only, and the way to the publisher")),
    (Reuse.LINK_ONLY, _("Link only: title, time and the way to the publisher")),
)
LANGUAGES = (("", _("as each page says")), ("zh", _("Chinese")), ("en", _("English")))


class TryForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("Of a feed, a sitemap, or a page that lists reports, such as a column of a news site."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    pattern = forms.CharField(
        label=_("Only addresses like"),
        max_length=200,
        required=False,
        help_text=_("Regular expression, such as /content/ or \\d{6}\\.html; empty: all."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_pattern(self) -> str:
        return _usable_pattern(self.cleaned_data["pattern"])


class SourceForm(forms.Form):
    """The settings of a source, saved or still to be saved."""

    name = forms.CharField(
        label=pgettext_lazy("name of a thing", "Name"), max_length=80, help_text=_("As readers see it.")
    )
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=Channel.objects.none(), empty_label=None)
    reuse = forms.ChoiceField(
        label=_("What may be shown"),
        choices=REUSE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("Ask the publisher before full text is shown. A change holds on every page at once."),
    )
    pattern = TryForm.base_fields["pattern"]
    interval_minutes = forms.IntegerField(label=_("Minutes between visits"), min_value=1, max_value=525_600)
    delay_seconds = forms.FloatField(
        label=_("Seconds between requests"),
        min_value=0,
        max_value=86_399,
        required=False,
        help_text=_("Empty: as everywhere in this installation."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, source: Source | None = None, initial: Any = None) -> None:
        if source is not None:
            standing = settings_of(source)
            initial = {name: getattr(standing, name) for name in SourceSettings.__slots__}
            initial["version"] = source.version
        super().__init__(data, initial=initial)
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = channels()

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_pattern(self) -> str:
        return _usable_pattern(self.cleaned_data["pattern"])

    @property
    def settings(self) -> SourceSettings:
        """What a valid form asks for."""
        told = self.cleaned_data
        return SourceSettings(
            name=told["name"],
            channel=told["channel"],
            reuse=Reuse(told["reuse"]),
            pattern=told["pattern"],
            interval_minutes=told["interval_minutes"],
            delay_seconds=told["delay_seconds"],
            language=told["language"],
        )


class SourceFilterForm(forms.Form):
    """Filters of the desk's list. What is not among the choices filters nothing."""

    q = forms.CharField(label=_("Name or address"), max_length=100, required=False)
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.none(), required=False, empty_label=_("All"), to_field_name="slug"
    )
    health = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (Health.FAILING, _("failing")),
            (Health.WELL, _("well")),
            (Health.NEW, _("not visited yet")),
            (Health.PAUSED, _("paused")),
            (Health.RETIRED, _("retired")),
        ],
    )
    reuse = forms.ChoiceField(label=_("May be shown"), required=False, choices=[("", _("All")), *Reuse.choices])

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = channels()


def _usable_pattern(pattern: str) -> str:
    try:
        narrowed((), pattern)
    except DiscoveryError as error:
        raise ValidationError(told(error)) from None
    return pattern
