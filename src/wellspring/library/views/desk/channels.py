"""The desk's pages about channels: the list in its order, one channel, and merging it into another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.errors import DomainError, told
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.library.forms.vocabulary import ChannelForm, MergeForm
from wellspring.library.models import Channel
from wellspring.library.queries.vocabulary import channels_on_the_desk, refilings_under_way
from wellspring.library.services.channels import merge_channels, move_channel, save_channel
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.permissions import Permission

HERE = {"page_here": "library:desk_channels"}


@require_safe
@requires(Permission.MANAGE_CHANNELS)
def channels(request: HttpRequest) -> HttpResponse:
    used, gone = channels_on_the_desk(viewer=viewer(request))
    refilings = [one for one in refilings_under_way(viewer=viewer(request)) if one.moves_id]
    return render(request, "library/desk/channels.html", {**HERE, "rows": used, "gone": gone, "refilings": refilings})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_CHANNELS)
def new_channel(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_CHANNELS)
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Channel, pk=pk, merged_into=None))


@require_POST
@requires(Permission.MANAGE_CHANNELS)
def state(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Up or down, as the button `do` says."""
    found = get_object_or_404(Channel, pk=pk)
    if request.POST.get("do") in ("up", "down"):
        move_channel(actor=viewer(request), channel=found, up=request.POST["do"] == "up")
    return redirect(f"{reverse('library:desk_channels')}#channel-{found.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_CHANNELS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks into which other channel one goes."""
    found = get_object_or_404(Channel, pk=pk, merged_into=None)
    form = MergeForm(request.POST or None, thing=found)
    if request.method == "POST" and form.is_valid():
        try:
            merge_channels(actor=viewer(request), channel=found, into=form.chosen)
        except DomainError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Merged. Its old address leads to “%(name)s”.") % {"name": form.chosen.name})
            return redirect("library:desk_channels")
    context = {
        **HERE,
        "page_up": (found.name, reverse("library:desk_channel", args=[found.pk])),
        "thing": found,
        "form": form,
        "is_topic": False,
    }
    return render(request, "library/desk/merge.html", context)


def _edit(request: HttpRequest, found: Channel | None) -> HttpResponse:
    form = ChannelForm(request.POST or None, channel=found)
    meanwhile: ChangedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_channel(
                actor=viewer(request), channel=found, version=form.cleaned_data["version"] or 0, wanted=form.wanted
            )
        except ChangedMeanwhile as error:
            meanwhile = error
            form.data = {**request.POST.dict(), "version": str(error.version)}
        except DomainError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('library:desk_channels')}#channel-{saved.pk}")
    context = {
        **HERE,
        "page_up": (_("Channels"), reverse("library:desk_channels")),
        "channel": found,
        "form": form,
        "meanwhile": meanwhile,
    }
    return render(request, "library/desk/channel.html", context)
