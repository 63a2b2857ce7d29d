"""People with a password, and browsers in which they try it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.people.factories import make_member, make_user
from wellspring.core.models import User

PASSWORD = "月色入户 2024"
OTHER = "荷风送香气 77"


def make_person(*roles: str, **fields: Any) -> User:
    """A member who signs in with PASSWORD."""
    user = make_user(**fields)
    user.set_password(PASSWORD)
    user.save()
    make_member(*roles, user=user)
    return user


def sign_in(client: Client, user: User | str, password: str = PASSWORD, **meta: Any) -> bool:
    """Try it as the page does; whether somebody is signed in now."""
    name = user if isinstance(user, str) else user.username
    client.post("/sign-in/", {"username": name, "password": password}, **meta)
    return who_is(client) is not None


def who_is(client: Client) -> User | None:
    user = client.get("/healthz").wsgi_request.user
    return user if user.is_authenticated else None
