"""Lists of sources brought and taken away as OPML files."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.errors import told, told_stored
from wellspring.library.models import OpmlImport, Source
from wellspring.library.opml import OpmlUnreadable, written_opml
from wellspring.library.services.opml_imports import save_chosen, start_opml_import
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission


class OpmlForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("OPML file"), help_text=gettext_lazy("As feed readers export it, at most 1 MB.")
    )


def _here() -> dict[str, object]:
    return {"page_here": "library:desk_sources", "page_up": (_("Sources"), reverse("library:desk_sources"))}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def bring(request: HttpRequest) -> HttpResponse:
    form = OpmlForm(request.POST, request.FILES) if request.method == "POST" else OpmlForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = start_opml_import(actor=viewer(request), content=file.read(1_000_001), file_name=file.name or "")
        except OpmlUnreadable as error:
            form.add_error("file", told(error))
        else:
            return redirect("library:desk_opml_import", brought.pk)
    return render(request, "library/desk/opml.html", {**_here(), "form": form})


@require_safe
@requires(Permission.MANAGE_SOURCES)
def take_away(request: HttpRequest) -> HttpResponse:
    """Every source that is not retired, as a file."""
    sources = Source.objects.filter(retired_at=None).select_related("channel")
    content = written_opml(sources, title=settings.ENVIRONMENT.site_name or _("Wellspring"))
    answer = HttpResponse(content, content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sources.opml"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_SOURCES)
def brought(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file lists: known, being tried, usable, unusable. POST saves the ticked ones."""
    found = get_object_or_404(OpmlImport, pk=pk)
    if request.method == "POST":
        chosen = {
            int(one) for one in request.POST.getlist("trial") if one.isascii() and one.isdigit() and len(one) < 19
        }
        saved, problems = save_chosen(actor=viewer(request), brought=found, chosen=chosen)
        text = ngettext("%(count)s source was added.", "%(count)s sources were added.", len(saved))
        (messages.success if saved else messages.warning)(request, text % {"count": len(saved)})
        for problem in problems[:5]:
            messages.error(request, problem)
        return redirect("library:desk_opml_import", found.pk)
    trials = list(found.trials.select_related("source"))
    context = {
        **_here(),
        "opml": found,
        "trials": trials,
        "waiting": sum(1 for trial in trials if trial.finished_at is None),
        "done": sum(1 for trial in trials if trial.finished_at is not None),
        "usable": any(trial.kind and trial.source_id is None for trial in trials),
        "unusable": [(name or url, told_stored(message, data)) for name, url, message, data in found.unusable],
    }
    return render(request, "library/desk/opml_import.html", context)
