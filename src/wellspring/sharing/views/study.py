"""The study of an idea: versions of the details with their differences, writing the next, deadline and people."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission
from wellspring.people.views.pages import asked_number, form_page, posted
from wellspring.sharing.differences import compared
from wellspring.sharing.forms.study import DetailsForm, StudyForm
from wellspring.sharing.models import Idea, IdeaStatus, StudyVersion
from wellspring.sharing.queries.idea_pages import colleagues_of
from wellspring.sharing.queries.ideas import may_decide, own_ideas
from wellspring.sharing.queries.study import comparison_of, may_write_details, versions_of
from wellspring.sharing.services.study import change_study, write_details
from wellspring.sharing.views.ideas import FORM, HERE, SHELL, up_to


@require_safe
@requires(Permission.TAKE_PART)
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest details, every version, and two of them compared (`?first=1&second=3`)."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    versions = versions_of(found)
    in_study = found.status == IdeaStatus.STUDYING
    context = {
        "page_here": HERE,
        "page_up": up_to(found),
        "idea": found,
        "versions": versions,
        "comparison": comparison_of(versions, asked_number(request, "first"), asked_number(request, "second")),
        "contributors": list(found.contributors.select_related("user")),
        "may_write": in_study and may_write_details(who, found),
        "may_change": in_study and may_decide(who, found),
    }
    return render(request, "sharing/ideas/study.html", context)


@FORM
@requires(Permission.TAKE_PART)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version; where somebody wrote one meanwhile, the difference stands above the form."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    if not may_write_details(who, found):
        raise PermissionDenied
    last = found.study_versions.last()
    form = DetailsForm(posted(request), last=last)

    def save(data: dict[str, object]) -> StudyVersion:
        number = data.pop("version")
        return write_details(actor=who, idea=found, number=number, **data)  # type: ignore[arg-type]  # of many kinds

    if request.method == "POST" and (made := form.saved(save)) is not None:
        messages.success(request, _("Version %(number)s was saved.") % {"number": made.number})
        return redirect("sharing:idea_study", pk=pk)
    context = {
        "page_here": HERE,
        "page_up": (_("Study"), f"{up_to(found)[1]}study/"),
        "idea": found,
        "form": form,
        "lines": compared(last.text, str(form["text"].value() or "")) if form.differences and last else [],
    }
    return render(request, "sharing/ideas/study_write.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(Permission.TAKE_PART)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the study another deadline or other contributors."""
    who = viewer(request)
    found = get_object_or_404(own_ideas(who), pk=pk)
    if not may_decide(who, found):
        raise PermissionDenied
    form = StudyForm(posted(request), idea=found, members=colleagues_of(who, found))

    def save(data: dict[str, object]) -> Idea:
        return change_study(actor=who, idea=found, **data)  # type: ignore[arg-type]  # of many kinds

    if request.method == "POST" and form.saved(save) is not None:
        messages.success(request, _("Saved."))
        return redirect("sharing:idea_study", pk=pk)
    return form_page(
        request,
        form=form,
        title=_("Study of “%(idea)s”") % {"idea": found.title},
        submit=_("Save"),
        here=HERE,
        up=(_("Study"), f"{up_to(found)[1]}study/"),
        shell=SHELL,
    )
