"""The page of the audit trail: who may read which entries, narrowing, and its size."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.people.factories import make_member, make_org
from wellspring.core import audit
from wellspring.core.models import User
from wellspring.people.models import Level, Member
from wellspring.people.queries.audit import visible_entries
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db


def write(action: str = "people.account_disabled", *, on: Any = None, actor: User | None = None, **data: Any) -> int:
    with transaction.atomic():
        return audit.record(action, actor=actor, on=on, data=data).number


def seen_by(member: Member, **wanted: Any) -> set[int]:
    entries = visible_entries(viewer=viewer_of(member.user), wanted=wanted)
    return set(entries.values_list("number", flat=True))


@pytest.fixture
def house() -> dict[str, Member]:
    city = make_org("苏州市", level=Level.CITY)
    east, west = make_org("园东社区", parent=city), make_org("荷塘社区", parent=city)
    return {
        "administrator": make_member("administrator", org=city, full_name="林工"),
        "leader": make_member("leader", org=east, full_name="沈书记"),
        "worker": make_member("worker", org=east, full_name="小徐"),
        "stranger": make_member("worker", org=west, full_name="外人"),
    }


def test_a_leader_reads_what_happened_in_her_unit_and_what_her_people_did(house: dict[str, Member]) -> None:
    in_unit = write(on=house["worker"])
    in_other_unit = write(on=house["stranger"])
    of_library = write("library.source_added", actor=house["worker"].user, name="本地日报")
    of_library_by_other = write("library.source_added", actor=house["stranger"].user, name="别处日报")
    her_account = write(on=house["worker"].user)
    by_the_system = write("demo.left")
    assert seen_by(house["leader"]) == {in_unit, of_library, her_account}
    everything = {in_unit, in_other_unit, of_library, of_library_by_other, her_account, by_the_system}
    assert seen_by(house["administrator"]) == everything


def test_what_somebody_of_two_communities_did_elsewhere_stays_there(house: dict[str, Member]) -> None:
    both = house["worker"].user
    make_member("worker", org=house["stranger"].org, user=both)
    elsewhere = write(on=house["stranger"], actor=both)
    assert elsewhere not in seen_by(house["leader"])


def test_who_may_not_see_the_trail_sees_nothing_of_it(house: dict[str, Member]) -> None:
    write(on=house["worker"])
    assert seen_by(house["worker"]) == set()


def test_the_trail_is_narrowed_by_person_action_day_and_object(house: dict[str, Member]) -> None:
    first = write(on=house["worker"], actor=house["leader"].user)
    second = write("people.role_given", on=house["stranger"], actor=house["administrator"].user, role="mentor")
    admin = house["administrator"]
    assert seen_by(admin, who="沈书") == {first}
    assert seen_by(admin, who=admin.user.username) == {second}
    assert seen_by(admin, action="people.role_given") == {second}
    assert seen_by(admin, object=f"people.member:{house['worker'].pk}") == {first}


def test_a_filter_that_is_nonsense_keeps_what_was_typed_and_shows_the_page(house: dict[str, Member]) -> None:
    write(on=house["worker"])
    client = Client()
    client.force_login(house["leader"].user)
    page = client.get("/manage/audit/?since=gestern&action=nothing.such&object=x&page=99&who=%00")
    assert page.status_code == 200
    assert "gestern" in page.content.decode()


def test_a_day_that_is_asked_for_is_the_day_here(house: dict[str, Member]) -> None:
    number = write(on=house["worker"])
    client = Client()
    client.force_login(house["leader"].user)
    assert client.get("/manage/audit/?since=2030-01-01").context["page"].paginator.count == 0
    assert client.get("/manage/audit/?since=2020-01-01&until=2099-12-31").context["rows"][0].entry.number == number


def test_a_page_of_fifty_entries_takes_few_queries(
    house: dict[str, Member], django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        member = make_member("worker", org=house["leader"].org, full_name=f"人{number}")
        write(on=member, actor=member.user)
        write(on=member.user, actor=house["leader"].user)
    client = Client()
    client.force_login(house["leader"].user)
    with django_assert_max_num_queries(12):
        page = client.get("/manage/audit/").content.decode()
    assert "人29" in page
