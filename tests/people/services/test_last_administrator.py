"""The last administrator stays, whichever way she might go, and also when two remove each other at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.people.factories import make_member, make_org
from wellspring.people.errors import LastAdministrator
from wellspring.people.models import Level, Member
from wellspring.people.queries.administrators import administrators
from wellspring.people.services.members import end_membership
from wellspring.people.services.persons import disable_account
from wellspring.people.services.roles import take_role
from wellspring.people.viewer import INSTALLATION, Actor, viewer_of

WAYS: dict[str, Callable[[Actor, Member], object]] = {
    "leaves": lambda actor, member: end_membership(actor=actor, member=member),
    "loses the role": lambda actor, member: take_role(actor=actor, member=member, role="administrator"),
    "is disabled": lambda actor, member: disable_account(actor=actor, user=member.user),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_the_last_administrator_stays(way: str) -> None:
    last, other = make_member("administrator"), make_member("administrator")
    WAYS[way](viewer_of(last.user), other)
    for actor in (viewer_of(last.user), INSTALLATION):
        with pytest.raises(LastAdministrator, match="最后一位管理员"):
            WAYS[way](actor, last)
    assert list(administrators()) == [last]


@pytest.mark.django_db
def test_an_administrator_below_the_root_or_disabled_does_not_count() -> None:
    root = make_org("枫桥街道", level=Level.SUBDISTRICT)
    last = make_member("administrator", org=root)
    make_member("administrator", org=make_org("柳湾社区", parent=root))
    gone = make_member("administrator", org=root)
    gone.user.is_active = False
    gone.user.save()
    with pytest.raises(LastAdministrator):
        end_membership(actor=INSTALLATION, member=last)


@pytest.mark.django_db
def test_where_there_never_was_one_nothing_is_in_the_way() -> None:
    end_membership(actor=INSTALLATION, member=make_member("worker"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
def test_two_administrators_who_remove_each_other_at_once_leave_one(way: str) -> None:
    pair = [make_member("administrator"), make_member("administrator")]
    actors = [viewer_of(member.user) for member in pair]
    start, failures = threading.Barrier(2), []

    def remove(number: int) -> None:
        start.wait()
        try:
            WAYS[way](actors[number], pair[1 - number])
        except LastAdministrator as kept:
            failures.append(kept)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 1
    assert administrators().count() == 1
