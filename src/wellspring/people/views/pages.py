"""What pages of the desk and of the workbench share: a form page and a page that asks before something is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from wellspring.people.forms.telling import TellingForm

DESK = "people/desk_base.html"


def form_page(
    request: HttpRequest,
    *,
    form: TellingForm,
    title: str,
    submit: str,
    here: str,
    up: tuple[str, str],
    about: str = "",
    shell: str = DESK,
    **more: Any,
) -> HttpResponse:
    """A page with one form. `here`: url_name of the list it belongs to; `up`: words and address of the page above;
    `shell`: the template around it, an app's own base.

    `told_about` among the rest: the object whose timeline stands below. 422 where the form was sent and something is
    wrong with it.
    """
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "page_here": here,
        "page_up": up,
        "about": about,
        "shell": shell,
        **more,
    }
    return render(request, "people/form_page.html", context, status=422 if form.is_bound else 200)


def confirm_page(
    request: HttpRequest,
    *,
    title: str,
    text: str,
    submit: str,
    here: str,
    up: tuple[str, str],
    points: tuple[str, ...] = (),
    form: TellingForm | None = None,
    grave: bool = False,
    refused: str = "",
    shell: str = DESK,
) -> HttpResponse:
    """A page that says what is about to happen and asks. `refused`: why it was not done; `shell`: as above."""
    context = {
        "title": title,
        "text": text,
        "submit": submit,
        "points": points,
        "form": form,
        "grave": grave,
        "refused": refused,
        "page_here": here,
        "page_up": up,
        "shell": shell,
    }
    wrong = refused or (form is not None and form.is_bound)
    return render(request, "people/confirm_page.html", context, status=422 if wrong else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form: bound by any POST, even one with nothing ticked; None to show it first."""
    return request.POST if request.method == "POST" else None


def asked_number(request: HttpRequest, name: str) -> int | None:
    """The id that the address asks for; None for none, and for what is none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
