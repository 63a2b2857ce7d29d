"""The operators' tables at /admin/: for administrators of the whole installation, as long as they are that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wellspring.people.middleware import viewer
from wellspring.people.models import RoleName
from wellspring.people.viewer import Viewer

_ROOT_DEPTH = 2
"""Slashes in the path of a root unit, `/1/`."""


class OperatorSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever `wellspring admin` let in, until the role is taken away or her membership ends."""
        return super().has_permission(request) and is_administrator_of_all(viewer(request))

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class: Any = None, **options: Any
    ) -> None:
        """Tables of ours only. Those of accounts are changed by services, which check and are told in the trail."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        ours = [model for model in models if model.__module__.startswith("wellspring.")]
        super().register(ours, admin_class, **options)

    def password_change(  # type: ignore[override]  # a redirect is no TemplateResponse
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where the old password is asked for, and guesses at it are counted."""
        return redirect("people:password")


def is_administrator_of_all(who: Viewer) -> bool:
    """Administrator of a root unit today."""
    return any(RoleName.ADMINISTRATOR in place.roles and place.path.count("/") == _ROOT_DEPTH for place in who.places)
