"""The desk's pages about sources: the list, one source with its settings and history, pausing and retiring."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError, told
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.paging import page_of
from wellspring.engine.errors import DiscoveryError
from wellspring.library.forms.sources import SourceFilterForm, SourceForm
from wellspring.library.models import Source
from wellspring.library.queries.sources import refusals_of, sources_on_the_desk, sources_with_health, visits_of
from wellspring.library.queries.trials import Matches, known_addresses, matches
from wellspring.library.services.source_changes import (
    change_source,
    pause_source,
    restore_source,
    resume_source,
    retire_source,
    visit_source_now,
)
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

HERE = {"page_here": "library:desk_sources"}
VISITS_SHOWN = 10


@require_safe
@requires(Permission.MANAGE_SOURCES)
def sources(request: HttpRequest) -> HttpResponse:
    form = SourceFilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = sources_on_the_desk(
        viewer=viewer(request),
        words=asked.get("q", ""),
        channel=asked.get("channel"),
        health=asked.get("health", ""),
        reuse=asked.get("reuse", ""),
    )
    page, problem = page_of(found, request.GET.get("page"), per_page=50)
    context = {
        **HERE,
        "form": form,
        "page": page,
        "problem": problem,
        "rows": sources_with_health(list(page.object_list)),
        "clear": request.path if any(asked.values()) else "",
    }
    return render(request, "library/desk/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings, health and history of a source. POST `preview` counts what the pattern lets through, else saves."""
    found = get_object_or_404(Source.objects.select_related("channel"), pk=pk)
    form = SourceForm(request.POST or None, source=found)
    meanwhile: ChangedMeanwhile | None = None
    shows_matches = request.method == "POST" and "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not shows_matches:
        try:
            change_source(
                actor=viewer(request),
                source_id=found.pk,
                version=form.cleaned_data["version"] or 0,
                wanted=form.settings,
            )
        except ChangedMeanwhile as error:
            meanwhile = error
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except (DomainError, DiscoveryError) as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("library:desk_source", found.pk)
    context = {
        **HERE,
        "page_up": (_("Sources"), reverse("library:desk_sources")),
        "source": found,
        "row": sources_with_health([found])[0],
        "form": form,
        "meanwhile": meanwhile,
        "matches": _matches(form, found) if shows_matches else None,
        "visits": visits_of(found)[:VISITS_SHOWN],
    }
    return render(request, "library/desk/source.html", context)


@require_safe
@requires(Permission.MANAGE_SOURCES)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every visit; with `?show=refused` the addresses that were not captured."""
    found = get_object_or_404(Source, pk=pk)
    shows_refused = request.GET.get("show") == "refused"
    things = refusals_of(found) if shows_refused else visits_of(found)
    page, problem = page_of(things, request.GET.get("page"), per_page=50)
    context = {
        **HERE,
        "source": found,
        "page": page,
        "visits": page.object_list,
        "problem": problem,
        "shows_refused": shows_refused,
        "page_up": _up_to(found),
        "tabs": (
            (_("Visits"), request.path, not shows_refused),
            (_("Addresses not captured"), f"{request.path}?show=refused", shows_refused),
        ),
    }
    return render(request, "library/desk/source_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks before a source is retired."""
    found = get_object_or_404(Source, pk=pk, retired_at=None)
    if request.method == "POST":
        retire_source(actor=viewer(request), source=found)
        messages.success(request, _("“%(name)s” is retired. What was captured from it stays.") % {"name": found.name})
        return redirect("library:desk_source", found.pk)
    context = {**HERE, "page_up": _up_to(found), "source": found, "row": sources_with_health([found])[0]}
    return render(request, "library/desk/source_retire.html", context)


Change = Callable[[Actor, Source], None]
_CHANGES: dict[str, tuple[Change, str]] = {
    "pause": (lambda actor, one: pause_source(actor=actor, source=one), "paused"),
    "resume": (lambda actor, one: resume_source(actor=actor, source=one), "resumed"),
    "visit": (lambda actor, one: visit_source_now(actor=actor, source=one), "due"),
    "restore": (lambda actor, one: restore_source(actor=actor, source=one), "restored"),
}


@require_POST
@requires(Permission.MANAGE_SOURCES)
def state(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Pause, resume, visit now or bring back, as the button `do` says."""
    found = get_object_or_404(Source, pk=pk)
    change, done = _CHANGES.get(request.POST.get("do", ""), (None, ""))
    if change is not None:
        try:
            change(viewer(request), found)
        except DomainError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _done(done) % {"name": found.name})
    return redirect("library:desk_source", found.pk)


def _done(what: str) -> str:
    return {
        "paused": _("“%(name)s” is paused."),
        "resumed": _("“%(name)s” is visited again."),
        "due": _("“%(name)s” is visited within a minute while the crawler runs."),
        "restored": _("“%(name)s” is back."),
    }[what]


def _up_to(found: Source) -> tuple[str, str]:
    return found.name, reverse("library:desk_source", args=[found.pk])


def _matches(form: SourceForm, found: Source) -> Matches | None:
    if "pattern" in form.errors:
        return None
    return matches(known_addresses(found), form["pattern"].value() or "")
