"""What tests of the desk share: clients signed in by role, and a site on loopback that may be fetched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client

from tests.people.factories import make_member
from tests.servers.news_site import NewsSite
from wellspring.people.viewer import Viewer, viewer_of


def signed_in(*roles: str) -> tuple[Client, Viewer]:
    """A client and the viewer behind it; an archivist where no role is given. Pages come in English."""
    member = make_member(*(roles or ("archivist",)))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member.user)
    return client, viewer_of(member.user)


@contextmanager
def news_site(monkeypatch: Any, **fields: Any) -> Iterator[NewsSite]:
    """A news site that this installation may fetch, without waiting between requests."""
    with NewsSite(**fields).served() as site:
        allowed = dataclasses.replace(
            settings.ENVIRONMENT, guard_exceptions=frozenset({("127.0.0.1", site.port)}), crawl_delay=0.01
        )
        monkeypatch.setattr(settings, "ENVIRONMENT", allowed)
        yield site
