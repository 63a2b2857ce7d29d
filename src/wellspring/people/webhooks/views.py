"""The desk's page about group chats: robots listed, added, changed, tried, switched off, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.models import GroupWebhook
from wellspring.people.permissions import Permission
from wellspring.people.webhooks import services
from wellspring.people.webhooks.errors import TriedTooOften, WebhookProblem
from wellspring.people.webhooks.forms import WebhookForm
from wellspring.people.webhooks.queries import visible_webhooks
from wellspring.people.webhooks.robots import Outcome

HERE = "people:webhooks"
form_page = require_http_methods(["GET", "HEAD", "POST"])
for_managers = requires(Permission.MANAGE_WEBHOOKS)


def _webhook(request: HttpRequest, pk: int) -> GroupWebhook:
    return get_object_or_404(visible_webhooks(viewer=viewer(request)), pk=pk)


def _context(**more: Any) -> dict[str, Any]:
    return {"page_here": HERE, "page_up": (_("Group chats"), reverse(HERE)), **more}


@require_safe
@for_managers
def webhooks(request: HttpRequest) -> HttpResponse:
    """The robots of her units."""
    robots = visible_webhooks(viewer=viewer(request))
    return render(request, "people/webhooks/list.html", {"page_here": HERE, "robots": robots})


@form_page
@for_managers
def add(request: HttpRequest) -> HttpResponse:
    """Give a group chat a robot."""
    form = WebhookForm(request.POST or None, viewer=viewer(request))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("org", "name", "service", "url", "secret")}
        try:
            added = services.add_webhook(actor=viewer(request), **given)
        except WebhookProblem as problem:
            form.add_error(problem.field or None, problem.message)
        else:
            messages.success(request, _("The robot is kept. Send a trial message to see whether it works."))
            return redirect("people:webhook", added.pk)
    return render(request, "people/webhooks/add.html", _context(form=form))


@form_page
@for_managers
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One robot: how it is, and its form."""
    robot = _webhook(request, pk)
    form = WebhookForm(request.POST or None, viewer=viewer(request), webhook=robot)
    differences: tuple[Difference, ...] = ()
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "service", "url", "secret")}
        version = form.cleaned_data["version"] or 0
        try:
            services.change_webhook(actor=viewer(request), webhook=robot, version=version, **given)
        except ChangedMeanwhile as conflict:
            form.add_error(None, conflict.message)
            form.data = {**request.POST.dict(), "version": str(conflict.version)}
            differences = conflict.differences
        except WebhookProblem as problem:
            form.add_error(problem.field or None, problem.message)
        else:
            messages.success(request, _("The change is kept."))
            return redirect("people:webhook", robot.pk)
    return render(request, "people/webhooks/one.html", _context(robot=robot, form=form, differences=differences))


@require_POST
@for_managers
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial message and show what the robot answered."""
    robot = _webhook(request, pk)
    try:
        answer = services.try_webhook(actor=viewer(request), webhook=robot)
    except TriedTooOften as problem:
        messages.warning(request, problem.message)
        return redirect("people:webhook", robot.pk)
    if answer.outcome is Outcome.TOLD:
        messages.success(request, _("The robot took the message. Look into the group chat."))
    else:
        said = _("The robot did not take the message: %(said)s") % {"said": answer.said}
        messages.error(request, said)
    return redirect("people:webhook", robot.pk)


@require_POST
@for_managers
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a robot on or off."""
    robot = _webhook(request, pk)
    on = request.POST.get("on") == "1"
    services.switch_webhook(actor=viewer(request), webhook=robot, on=on)
    messages.success(request, _("The robot is switched on.") if on else _("The robot is switched off."))
    return redirect("people:webhook", robot.pk)


@form_page
@for_managers
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a robot, after a question."""
    robot = _webhook(request, pk)
    if request.method == "POST":
        services.remove_webhook(actor=viewer(request), webhook=robot)
        messages.success(request, _("The robot of the group “%(name)s” is removed.") % {"name": robot.name})
        return redirect(HERE)
    return render(request, "people/webhooks/remove.html", _context(robot=robot))
