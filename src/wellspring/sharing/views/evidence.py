"""Evidence of a talk: searched, added, uploaded, explained and taken out, in the editor or on a page of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wellspring.core.attachments.errors import AttachmentProblem
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.forms.evidence import EvidenceSearch, UploadForm
from wellspring.sharing.models import Evidence, Talk
from wellspring.sharing.queries.evidence import evidence_of, evidence_to_change, found_evidence
from wellspring.sharing.queries.talks import own_talks
from wellspring.sharing.services.evidence import (
    add_file,
    add_idea,
    add_snapshot,
    move_evidence,
    note_evidence,
    remove_evidence,
)

HERE = "sharing:mine"


@require_safe
@requires(Permission.TAKE_PART)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence of a talk with the search for more; to htmx the part of the editor alone."""
    talk = _own(request, pk)
    return _shown(request, talk)


@require_POST
@requires(Permission.TAKE_PART)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a found report (`snapshot`) or idea (`idea`) into the talk."""
    talk, who = _own(request, pk), viewer(request)
    note = request.POST.get("note", "")
    try:
        if (snapshot := _number(request, "snapshot")) is not None:
            add_snapshot(actor=who, talk=talk, snapshot_id=snapshot, note=note)
        elif (idea := _number(request, "idea")) is not None:
            add_idea(actor=who, talk=talk, idea_id=idea, note=note)
    except TalkProblem as problem:
        return _answer(request, talk, problem.message)
    return _answer(request, talk)


@require_POST
@requires(Permission.TAKE_PART)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a picture or paper in."""
    talk = _own(request, pk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, talk, upload_form=form)
    file = form.cleaned_data["file"]
    try:
        add_file(actor=viewer(request), talk=talk, file=file, name=file.name, note=form.cleaned_data["note"])
    except (AttachmentProblem, TalkProblem) as problem:
        form.add_error("file", problem.message)
        return _shown(request, talk, upload_form=form)
    return _answer(request, talk)


@require_POST
@requires(Permission.TAKE_PART)
def change(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One piece: its note saved, moved up or down, taken out, as `do` says."""
    talk, who = _own(request, pk), viewer(request)
    piece: Evidence = get_object_or_404(evidence_to_change(who, talk).select_related("talk"), pk=row)
    do = request.POST.get("do", "note")
    try:
        if do == "remove":
            remove_evidence(actor=who, evidence=piece)
        elif do in {"up", "down"}:
            move_evidence(actor=who, evidence=piece, by=-1 if do == "up" else 1)
        else:
            note_evidence(actor=who, evidence=piece, note=request.POST.get("note", ""))
    except TalkProblem as problem:
        return _answer(request, talk, problem.message)
    return _answer(request, talk)


def evidence_context(request: HttpRequest, talk: Talk) -> dict[str, Any]:
    """What the evidence part of a page needs."""
    who = viewer(request)
    search = EvidenceSearch(request.GET if "q" in request.GET else None, talk=talk)
    context: dict[str, Any] = {"evidence": evidence_of(who, talk), "search": search, "upload_form": UploadForm()}
    if search.is_bound and search.is_valid():
        wanted = search.cleaned_data
        found = found_evidence(who, q=wanted["q"], topic=wanted["topic"], months=wanted["months"], besides=talk)
        chosen = {row.row.snapshot_id for row in context["evidence"]}, {row.row.idea_id for row in context["evidence"]}
        query = "?" + urlencode({name: request.GET.get(name, "") for name in ("q", "topic", "months")})
        context |= {"found": found, "chosen_reports": chosen[0], "chosen_ideas": chosen[1], "query": query}
    return context


def _own(request: HttpRequest, pk: int) -> Talk:
    return get_object_or_404(own_talks(viewer(request)), pk=pk)


def _number(request: HttpRequest, name: str) -> int | None:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None


def _answer(request: HttpRequest, talk: Talk, problem: str = "") -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _shown(request, talk, problem=problem)
    if problem:
        messages.error(request, problem)
    query = request.POST.get("back", "")
    return redirect(f"{reverse('sharing:evidence', kwargs={'pk': talk.pk})}{query if query.startswith('?') else ''}")


def _shown(request: HttpRequest, talk: Talk, **more: Any) -> HttpResponse:
    context = {"talk": talk, "page_here": HERE, **evidence_context(request, talk), **more}
    context["page_up"] = (_("Back to the draft"), reverse("sharing:talk_edit", kwargs={"pk": talk.pk}))
    if request.headers.get("HX-Request"):
        return render(request, "sharing/talks/_evidence.html", context)
    wrong = "upload_form" in more
    return render(request, "sharing/talks/evidence.html", context, status=422 if wrong else 200)
