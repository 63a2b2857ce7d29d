"""The editor of a talk: saved by its script as one writes, or by its buttons where no script runs."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import posted
from wellspring.sharing.forms.talks import TalkForm
from wellspring.sharing.models import Talk, TalkState
from wellspring.sharing.queries.discussion import discussed_ideas
from wellspring.sharing.queries.similar import similar_to
from wellspring.sharing.queries.talks import ideas_of, own_talks
from wellspring.sharing.services.talk_words import SuggestionWords, words_of
from wellspring.sharing.services.talks import save_talk
from wellspring.sharing.views.evidence import evidence_context

HERE = "sharing:mine"
_ASKED_SIMILAR = 500


class Row(NamedTuple):
    """One suggestion of the editor."""

    number: int
    words: SuggestionWords
    is_fixed: bool
    """Discussed already: its words stay."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TAKE_PART)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor's page. To its script (`X-Autosave`) JSON: the new version; 409: saved elsewhere; 422."""
    talk = own(request, pk)
    by_script = request.method == "POST" and request.headers.get("X-Autosave") == "1"
    if talk.state == TalkState.GIVEN and by_script:
        return JsonResponse({"code": "talk_given_already"}, status=403)
    if talk.state == TalkState.GIVEN:
        messages.info(request, _("This talk was given and stays as it was. Copy it to go on with it."))
        return redirect("sharing:talk", pk=pk)
    form = TalkForm(posted(request), talk=talk)
    if request.method == "POST":
        if by_script:
            return _autosaved(request, talk, form)
        if (saved := form.saved(lambda data: _save(request, talk, form))) is not None:
            return _after(request, saved)
    window = form["window"].value() if form.is_bound else uuid.uuid4()
    context = {
        "page_here": HERE,
        "talk": talk,
        "form": form,
        "window": window,
        "rows": _rows(talk, form, more=request.GET.get("add") == "1"),
        "autosaves": talk.state == TalkState.DRAFT,
        "owner": talk.author.user_id,
        **evidence_context(request, talk),
    }
    return render(request, "sharing/talks/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(Permission.TAKE_PART)
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the editor: earlier ideas and plan items like the suggestion `?title=&details=`."""
    talk = own(request, pk)
    title, details = (request.GET.get(name, "")[:_ASKED_SIMILAR] for name in ("title", "details"))
    besides = list(ideas_of(talk).values_list("pk", flat=True))
    found = similar_to(viewer(request), title, details, besides=besides, limit=3)
    return render(request, "sharing/talks/_similar.html", {"similar": found})


def own(request: HttpRequest, pk: int) -> Talk:
    """A talk of hers; for everybody else there is none here."""
    return get_object_or_404(own_talks(viewer(request)), pk=pk)


def _autosaved(request: HttpRequest, talk: Talk, form: TalkForm) -> HttpResponse:
    try:
        saved = form.saved(lambda data: _save(request, talk, form), letting=(ChangedMeanwhile,))
    except Talk.DoesNotExist:
        raise Http404 from None
    except ChangedMeanwhile as changed:
        sides = {
            "differences": changed.differences,
            "before_label": _("Saved elsewhere"),
            "now_label": _("In this window"),
        }
        html = render_to_string("core/components/_difference.html", sides)
        return JsonResponse({"version": changed.version, "html": html}, status=409)
    if saved is None:
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"wrong": wrong}, status=422)
    stored = iter(words_of(saved).suggestions)
    ids = [None if each.is_empty else next(stored).pk for each in form.suggestions]
    at = f"{timezone.localtime(saved.saved_at):%H:%M}"
    return JsonResponse({"version": saved.version, "at": at, "ids": ids})


def _save(request: HttpRequest, talk: Talk, form: TalkForm) -> Talk:
    words = form.arranged(request.POST.get("do", ""))
    version, window = form.cleaned_data["version"], form.cleaned_data["window"]
    return save_talk(
        actor=viewer(request), talk=talk, version=version, words=words, window=str(window) if window else ""
    )


def _after(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Where the button that was pressed leads."""
    do = request.POST.get("do", "").partition(":")[0]
    address = reverse("sharing:talk_edit", kwargs={"pk": talk.pk})
    if do == "evidence":
        return redirect("sharing:evidence", pk=talk.pk)
    if do == "hand_in" and talk.state == TalkState.DRAFT:
        return redirect("sharing:talk_hand_in", pk=talk.pk)
    if do == "add":
        return redirect(f"{address}?add=1#suggestion-new")
    if do in {"remove", "up", "down"}:
        return redirect(f"{address}#suggestions")
    messages.success(request, _("Saved."))
    if talk.state != TalkState.DRAFT:
        return redirect("sharing:talk", pk=talk.pk)
    return redirect(address)


def _rows(talk: Talk, form: TalkForm, *, more: bool) -> list[Row]:
    words: list[SuggestionWords] = list(form.suggestions)
    if not words or (more and not form.is_bound):
        words.append(SuggestionWords(""))
    fixed: set[Any] = set()
    if talk.state == TalkState.READY:
        ideas = {idea.pk: idea.suggestion_id for idea in ideas_of(talk)}
        discussed = discussed_ideas(ideas_of(talk))
        fixed = {suggestion for idea, suggestion in ideas.items() if idea in discussed}
    return [Row(number, each, each.pk in fixed) for number, each in enumerate(words, 1)]
