"""Attachments as they are read, and one's own portrait."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.attachments.errors import AttachmentProblem
from wellspring.core.attachments.files import path_of
from wellspring.core.attachments.kinds import PICTURES
from wellspring.core.attachments.purposes import attachment_purposes
from wellspring.core.models import Attachment
from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer
from wellspring.people.services.portraits import remove_portrait, set_portrait

_POLICY = "default-src 'none'; sandbox"


class PortraitForm(forms.Form):
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(PICTURES)}),
        allow_empty_file=True,
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 15 MB. It is cut to a square; the place is removed."),
    )


@require_safe
@members_only
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The bytes of an attachment, for whom its purpose allows; for all others there is none."""
    attachment = Attachment.objects.filter(key=key).first()
    purpose = attachment_purposes().get(attachment.purpose) if attachment else None
    if attachment is None or purpose is None or not purpose.may_read(viewer(request), attachment):
        raise Http404
    if request.headers.get("If-None-Match") == f'"{attachment.digest}"':
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        try:
            opened = path_of(attachment.digest).open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(
            opened,
            as_attachment=attachment.content_type not in PICTURES,
            filename=attachment.name,
            content_type=attachment.content_type,
        )
    response["Content-Security-Policy"] = _POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=300"
    response["ETag"] = f'"{attachment.digest}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def portrait(request: HttpRequest) -> HttpResponse:
    """One's own portrait: shown, chosen, exchanged."""
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        picture = form.cleaned_data["picture"]
        try:
            set_portrait(actor=viewer(request), file=picture, name=picture.name)
        except AttachmentProblem as problem:
            form.add_error("picture", problem.message)
        else:
            messages.success(request, _("Your portrait is shown beside your name now."))
            return redirect("people:portrait")
    return render(request, "people/portrait.html", {"form": form})


@require_POST
@members_only
def remove(request: HttpRequest) -> HttpResponse:
    """No portrait any more."""
    if remove_portrait(actor=viewer(request)):
        messages.success(request, _("Your portrait is removed."))
    return redirect("people:portrait")
