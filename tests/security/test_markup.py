"""Markup that people type in is text on every page, in both languages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.library.factories import make_snapshot, make_source
from tests.people.factories import make_member, make_org
from tests.web.addresses import named_addresses
from wellspring.people.services.invitations import invite
from wellspring.people.services.roles import give_role
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db

TYPED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
RUNS = re.compile(r"<script>alert|<img src=x|<svg/onload")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_markup_in_names_posts_and_titles_is_text_everywhere(language: str) -> None:
    org = make_org(TYPED[:60])
    administrator = make_member("administrator", org=org, full_name=TYPED[:80])
    worker = make_member("worker", org=org, full_name=TYPED[:80], post=TYPED[:60], phone=TYPED[:30])
    source = make_source(name=TYPED[:80])
    snapshot = make_snapshot(source=source, title=TYPED)
    actor = viewer_of(administrator.user)
    give_role(actor=actor, member=worker, role="mentor")
    paths = {invite(actor=actor, org=org, full_name=TYPED[:80], post=TYPED[:60]).path}
    ids = (worker.pk, administrator.pk, worker.user_id, org.pk, source.pk, source.channel_id, snapshot.pk)
    for name in named_addresses():
        for arguments in ({}, {"slug": source.channel.slug}, *({"pk": pk} for pk in ids)):
            try:
                paths.add(reverse(name, kwargs=arguments))
            except NoReverseMatch:
                continue
    client = Client(raise_request_exception=False)
    client.force_login(administrator.user)
    client.cookies["language"] = language
    shown = 0
    for path in sorted(paths):
        answer = client.get(path)
        if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        assert not RUNS.search(page), path
        shown += "&lt;script&gt;alert" in page
    assert shown >= 10
