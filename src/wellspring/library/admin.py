"""The operators' tables: sources and channels to edit, what was captured to look up and never to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wellspring.core.errors import told
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.fetch.discover import narrowed
from wellspring.library.models import Capture, Channel, Refusal, Snapshot, Source, Visit
from wellspring.library.services.visits import make_due


class SourceForm(forms.ModelForm[Source]):
    url = forms.URLField(label=_("address"), max_length=2000, assume_scheme="https")

    class Meta:
        model = Source
        fields = (
            "name",
            "url",
            "kind",
            "channel",
            "reuse",
            "pattern",
            "interval_minutes",
            "delay_seconds",
            "active",
            "next_visit_at",
        )

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"]
        try:
            narrowed((), pattern)
        except DiscoveryError as error:
            raise ValidationError(told(error)) from None
        return pattern

    def clean_interval_minutes(self) -> int:
        minutes: int = self.cleaned_data["interval_minutes"]
        if minutes < 1:
            raise ValidationError(_("Visit a source at most once a minute."))
        return minutes

    def clean_delay_seconds(self) -> float | None:
        seconds: float | None = self.cleaned_data["delay_seconds"]
        if seconds is not None and not 0 <= seconds < 86_400:
            raise ValidationError(_("Wait between 0 and 86400 seconds."))
        return seconds


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    form = SourceForm
    list_display = ("name", "kind", "channel", "reuse", "active", "next_visit_at")
    list_filter = ("active", "kind", "reuse", "channel")
    list_select_related = ("channel",)
    search_fields = ("name", "url")
    actions = ("visit_now",)

    @admin.action(description=_("Visit now"), permissions=("change",))
    def visit_now(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        chosen = list(queryset)
        for source in chosen:
            make_due(source.pk)
        done = ngettext("%(count)s source is due now.", "%(count)s sources are due now.", len(chosen))
        self.message_user(request, done % {"count": len(chosen)}, messages.SUCCESS)


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin[Channel]):
    list_display = ("name", "name_en", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name", "name_en", "slug")


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """To look up; nothing is added, changed or deleted by hand."""

    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    list_display = ("id", "captured_at", "kind", "status", "url")
    list_filter = ("kind",)
    search_fields = ("=url", "=requested_url", "=payload_digest")


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("id", "title", "source_name", "channel", "dated_at", "is_latest")
    list_filter = ("channel", "is_latest")
    list_select_related = ("channel",)
    search_fields = ("title", "=original_url")


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    list_display = ("id", "source", "started_at", "finished_at", "found", "captured", "refused", "error_code")
    list_filter = ("error_code",)
    list_select_related = ("source",)


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    list_display = ("id", "refused_at", "error_code", "times", "retry_at", "url")
    list_filter = ("error_code",)
    search_fields = ("=url",)
