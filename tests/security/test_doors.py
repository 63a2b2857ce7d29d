"""Whoever may not look may not change either: POST at every address, by everybody who is not let in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_idea
from tests.web.addresses import TABLE
from tests.web.addresses.answers import WHO
from tests.web.pages import parsed
from tests.web.test_permissions import addresses, client_of  # noqa: F401  # the fixture
from wellspring.core.models import AuditEntry, User
from wellspring.people.models import Level
from wellspring.sharing.models import Remark

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", WHO)
def test_who_may_not_look_may_not_change(addresses: dict[str, str], who: str) -> None:  # noqa: F811  # the fixture
    client = client_of(who)
    before = AuditEntry.objects.count()
    let_in = []
    for name, path in addresses.items():
        told = TABLE[name].of(who, closed=False)
        if told not in {302, 403, 404} or not path.startswith("/manage/"):
            continue
        answer = client.post(path, {"version": "0", "org": "1", "name": "x", "roles": ["administrator"]})
        if answer.status_code not in {302, 403, 404, 405} or (
            answer.status_code == 302 and not answer["Location"].startswith("/sign-in/")
        ):
            let_in.append((name, answer.status_code))
    assert let_in == []
    assert AuditEntry.objects.count() == before


def test_a_leader_changes_nothing_of_an_administrator_in_her_own_unit() -> None:
    org = make_org("园东社区", parent=make_org("苏州市", level=Level.CITY))
    leader = make_member("leader", org=org)
    above = make_member("administrator", org=org, full_name="林工")
    client = Client(raise_request_exception=False)
    client.force_login(leader.user)
    kept = User.objects.filter(pk=above.user_id).values().get()
    for way in ("sign-in-link", "sessions"):
        assert client.post(f"/manage/people/{above.user_id}/{way}/", {"valid_for": "24"}).status_code == 403, way
    for way in ("end", "disable", "enable"):
        assert client.post(f"/manage/people/{above.pk}/{way}/", {}).status_code in {403, 404}, way
    everything = {"full_name": "x", "email": "evil@example.org", "joined_on": "2024-01-01", "version": "0"}
    client.post(f"/manage/people/{above.pk}/change/", everything)
    for own in (leader, above):
        client.post(f"/manage/people/{own.pk}/roles/", {"roles": ["administrator", "leader", "archivist"]})
    assert User.objects.filter(pk=above.user_id).values().get() == kept
    assert {role.name for role in leader.roles.all()} == {"leader"}
    assert {role.name for role in above.roles.all()} == {"administrator"}


def test_what_was_typed_is_not_lost_when_the_session_has_run_out(client: Client) -> None:
    idea = make_idea()
    sent = {"text": "晚上八点最需要人。<b>", "once": "8d0e", "next": "/sharing/"}
    path = f"/sharing/remarks/on/{idea.pk}/"
    answer = client.post(path, sent)
    assert answer.status_code == 401
    page = parsed(answer)
    assert [field.text() for field in page.css("textarea")] == ["晚上八点最需要人。<b>"]
    assert f"next={path}" in page.css_first("a.button[target]").attributes["href"]
    in_place = client.post(path, sent, headers={"HX-Request": "true"})
    assert (in_place.status_code, in_place["HX-Retarget"]) == (200, "body"), "htmx shows nothing of a 401"
    assert not Remark.objects.exists()
    assert client.post(path, {"once": "8d0e"}).status_code == 302, "there is nothing to keep"
