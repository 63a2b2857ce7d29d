"""Trying an address: asking for it, watching it, and saving what was found as a source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wellspring.core.errors import DomainError, told
from wellspring.engine.errors import EngineError
from wellspring.library.forms.sources import SourceForm, TryForm
from wellspring.library.models import Reuse, SourceTrial
from wellspring.library.queries.lists import channels
from wellspring.library.queries.trials import matches, visible_trials
from wellspring.library.services.trials import save_trial, start_trial
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


def _here() -> dict[str, object]:
    return {"page_here": "library:desk_sources", "page_up": (_("Sources"), reverse("library:desk_sources"))}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def try_address(request: HttpRequest) -> HttpResponse:
    form = TryForm(request.POST or None, initial={"url": request.GET.get("url", "")[:2000]})
    if request.method == "POST" and form.is_valid():
        try:
            trial = start_trial(
                actor=viewer(request), url=form.cleaned_data["url"], pattern=form.cleaned_data["pattern"]
            )
        except (DomainError, EngineError) as error:
            form.add_error("url", told(error))
        else:
            return redirect("library:desk_trial", trial.pk)
    return render(request, "library/desk/try.html", {**_here(), "form": form, "back": reverse("library:desk_sources")})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """How the trial goes, then what was found. POST `preview` counts what the pattern lets through, else saves."""
    found = get_object_or_404(visible_trials(viewer=viewer(request)), pk=pk)
    if found.finished_at is None:
        return render(request, "library/desk/trial.html", {**_here(), "trial": found})
    form = SourceForm(request.POST or None, initial=_suggested(found))
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            source = save_trial(actor=viewer(request), trial=found, settings=form.settings)
        except (DomainError, EngineError) as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Saved. The first visit begins within a minute while the crawler runs."))
            return redirect("library:desk_source", source.pk)
    context: dict[str, object] = {**_here(), "trial": found, "form": form, "matches": None}
    if "pattern" not in form.errors:
        context["matches"] = matches(found.pages, form["pattern"].value() or "")
    return render(request, "library/desk/trial.html", context)


def _suggested(found: SourceTrial) -> dict[str, Any]:
    wishes = found.wishes
    channel = channels().filter(slug=wishes.get("channel", "")).first() or channels().first()
    return {
        "name": wishes.get("name") or found.name,
        "channel": channel,
        "reuse": wishes.get("reuse") or Reuse.UNKNOWN,
        "pattern": found.pattern,
        "interval_minutes": wishes.get("interval_minutes") or 60,
        "delay_seconds": wishes.get("delay_seconds"),
        "language": wishes.get("language", ""),
    }
