"""The desk's pages about topics: the vocabulary, one topic with a preview of its words, retiring and merging."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError, told
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.library.forms.vocabulary import MergeForm, TopicForm
from wellspring.library.models import Refiling
from wellspring.library.queries.vocabulary import (
    last_topic_refiling,
    preview_of_words,
    refilings_under_way,
    topics_on_the_desk,
)
from wellspring.library.services.vocabulary import merge_topics, restore_topic, retire_topic, save_topic
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.topics.models import Topic
from wellspring.topics.services import move_topic

HERE = {"page_here": "library:desk_topics"}


@require_safe
@requires(Permission.MANAGE_TOPICS)
def topics(request: HttpRequest) -> HttpResponse:
    used, gone = topics_on_the_desk(viewer=viewer(request))
    context = {
        **HERE,
        "rows": used,
        "gone": gone,
        "refilings": refilings_under_way(viewer=viewer(request)),
        "last": last_topic_refiling(),
    }
    return render(request, "library/desk/topics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_TOPICS)
def new_topic(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_TOPICS)
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Topic, pk=pk, merged_into=None))


@require_POST
@requires(Permission.MANAGE_TOPICS)
def state(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Up, down or back into use, as the button `do` says."""
    found = get_object_or_404(Topic, pk=pk)
    what = request.POST.get("do")
    if what in ("up", "down"):
        move_topic(actor=viewer(request), topic=found, up=what == "up")
    elif what == "restore":
        restore_topic(actor=viewer(request), topic=found)
        messages.success(request, _("“%(name)s” is looked for again.") % {"name": found.name})
    return redirect(f"{reverse('library:desk_topics')}#topic-{found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_TOPICS)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks before a topic is retired."""
    found = get_object_or_404(Topic, pk=pk, merged_into=None, retired_at=None)
    if request.method == "POST":
        retire_topic(actor=viewer(request), topic=found)
        messages.success(request, _("“%(name)s” is retired.") % {"name": found.name})
        return redirect("library:desk_topics")
    return render(request, "library/desk/topic_retire.html", {**HERE, "page_up": _up_to(found), "topic": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_TOPICS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks into which other topic one goes."""
    found = get_object_or_404(Topic, pk=pk, merged_into=None, retired_at=None)
    form = MergeForm(request.POST or None, thing=found)
    if request.method == "POST" and form.is_valid():
        try:
            merge_topics(actor=viewer(request), topic=found, into=form.chosen)
        except DomainError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Merged. Snapshots follow in the background."))
            return redirect("library:desk_topics")
    context = {**HERE, "page_up": _up_to(found), "thing": found, "form": form, "is_topic": True}
    return render(request, "library/desk/merge.html", context)


@require_safe
@requires(Permission.MANAGE_TOPICS)
def refiling(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a refiling is: the part of a page, polled."""
    found = get_object_or_404(Refiling.objects.select_related("moves__merged_into"), pk=pk)
    return render(request, "library/desk/_refiling.html", {"refiling": found})


def _edit(request: HttpRequest, found: Topic | None) -> HttpResponse:
    form = TopicForm(request.POST or None, topic=found)
    meanwhile: ChangedMeanwhile | None = None
    previews = request.method == "POST" and "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not previews:
        try:
            saved, refiling = save_topic(
                actor=viewer(request), topic=found, version=form.cleaned_data["version"] or 0, wanted=form.wanted
            )
        except ChangedMeanwhile as error:
            meanwhile = error
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, told(error))
        else:
            text = _("Saved. Snapshots are filed again in the background.") if refiling else _("Saved.")
            messages.success(request, text)
            return redirect(f"{reverse('library:desk_topics')}#topic-{saved.pk}")
    preview = preview_of_words(viewer=viewer(request), topic=found, words=form.words) if previews else None
    context = {
        **HERE,
        "page_up": (_("Topics"), reverse("library:desk_topics")),
        "topic": found,
        "form": form,
        "meanwhile": meanwhile,
        "preview": preview,
    }
    return render(request, "library/desk/topic.html", context)


def _up_to(found: Topic) -> tuple[str, str]:
    return found.name, reverse("library:desk_topic", args=[found.pk])
