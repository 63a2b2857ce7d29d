"""One-time links: made at the desk, used by whoever forgot her password."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wellspring.core.models import User
from wellspring.core.qr import qr_svg
from wellspring.people.accounts.errors import AccountClosed, LinkUnusable, NotForYourself
from wellspring.people.accounts.forms.links import IssueLinkForm
from wellspring.people.accounts.forms.profile import NewPasswordForm
from wellspring.people.accounts.queries import manageable_user, member_managed
from wellspring.people.accounts.rights import may_help
from wellspring.people.accounts.services import issue_sign_in_link, set_password_by_link, usable_link
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

_KEPT = "sign_in_link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose how long it holds; then the link and its QR code, shown this once."""
    try:
        user = manageable_user(viewer=viewer(request), pk=pk)
    except User.DoesNotExist:
        raise Http404 from None
    if viewer(request).user != user and not may_help(viewer(request), user):
        raise PermissionDenied
    form = IssueLinkForm(request.POST or None)
    member = member_managed(viewer=viewer(request), user=user)
    up = (user.get_full_name(), reverse("people:member", args=[member.pk])) if member else None
    context = {"person": user, "form": form, "page_here": "people:members", "page_up": up}
    if request.method == "POST" and form.is_valid():
        try:
            link = issue_sign_in_link(
                actor=viewer(request),
                user=user,
                valid_for=form.duration(),
                ends_second_factor=form.cleaned_data["ends_second_factor"],
            )
        except (NotForYourself, AccountClosed) as error:
            form.add_error(None, error.message)
        else:
            address = request.build_absolute_uri(link.path)
            context |= {"link": link, "address": address, "qr": qr_svg(address, label=_("QR code of the link"))}
    return render(request, "people/accounts/make_link.html", context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep the secret in the session and go on to a page whose address tells nothing."""
    try:
        usable_link(secret)
    except LinkUnusable as error:
        return render(request, "people/accounts/link_unusable.html", {"said": error.message}, status=410)
    request.session[_KEPT] = secret
    return redirect("people:new_password")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """The new password of whoever opened a one-time link."""
    secret = request.session.get(_KEPT, "")
    if not secret:
        return redirect("sign_in")
    try:
        person = usable_link(secret).user
        form = NewPasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            set_password_by_link(secret, form.cleaned_data["new_password1"])
            request.session.pop(_KEPT, None)
            messages.success(request, _("Your new password holds from now on. Sign in with it."))
            return redirect("sign_in")
    except LinkUnusable as error:
        request.session.pop(_KEPT, None)
        return render(request, "people/accounts/link_unusable.html", {"said": error.message}, status=410)
    return render(request, "people/accounts/new_password.html", {"person": person, "form": form})
