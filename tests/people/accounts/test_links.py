"""One-time sign-in links: who may make one for whom, and that each lets in once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.people.factories import make_member, make_org, make_user, make_viewer
from wellspring.core.models import AuditEntry, User
from wellspring.people.accounts.errors import AccountClosed, LinkUnusable, NotForYourself
from wellspring.people.accounts.services import issue_sign_in_link, set_password_by_link, usable_link
from wellspring.people.accounts.services.links import HOUR
from wellspring.people.models import Level, Member, SignInLink
from wellspring.people.viewer import INSTALLATION, Viewer, viewer_of

pytestmark = pytest.mark.django_db

GOOD = "青石桥下水长流 88"


@pytest.fixture
def leader() -> Viewer:
    return make_viewer("leader")


@pytest.fixture
def worker() -> Member:
    return make_member("worker")


def secret_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_a_link_sets_a_new_password_once_and_ends_other_sessions(leader: Viewer, worker: Member) -> None:
    elsewhere = Client()
    elsewhere.force_login(worker.user)
    link = issue_sign_in_link(actor=leader, user=worker.user)
    client = Client()
    opened = client.get(link.path, follow=True)
    assert opened.status_code == 200
    assert secret_of(link.path) not in opened.request["PATH_INFO"]
    done = client.post("/sign-in/link/", {"new_password1": GOOD, "new_password2": GOOD}, follow=True)
    assert done.status_code == 200
    worker.user.refresh_from_db()
    assert worker.user.check_password(GOOD)
    assert not elsewhere.get("/manage/").wsgi_request.user.is_authenticated
    assert Client().get(link.path).status_code == 410


def test_what_is_kept_of_a_link_does_not_open_anything(leader: Viewer, worker: Member) -> None:
    link = issue_sign_in_link(actor=leader, user=worker.user)
    kept = SignInLink.objects.get()
    assert secret_of(link.path) not in str(vars(kept))
    with pytest.raises(LinkUnusable):
        usable_link(kept.digest)


def test_a_second_use_is_told_to_tell_the_leader(leader: Viewer, worker: Member) -> None:
    secret = secret_of(issue_sign_in_link(actor=leader, user=worker.user).path)
    set_password_by_link(secret, GOOD)
    with pytest.raises(LinkUnusable, match="已经用过"):
        set_password_by_link(secret, "another good one 77")
    worker.user.refresh_from_db()
    assert worker.user.check_password(GOOD)


def test_an_old_and_a_replaced_link_say_so(leader: Viewer, worker: Member) -> None:
    first = secret_of(issue_sign_in_link(actor=leader, user=worker.user, valid_for=HOUR).path)
    second = secret_of(issue_sign_in_link(actor=leader, user=worker.user, valid_for=HOUR).path)
    with pytest.raises(LinkUnusable, match="已被新的"):
        usable_link(first)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkUnusable, match="已经过期"):
        usable_link(second)


def test_a_bad_password_is_refused_and_the_link_holds(leader: Viewer, worker: Member) -> None:
    link = issue_sign_in_link(actor=leader, user=worker.user)
    client = Client()
    client.get(link.path)
    answer = client.post("/sign-in/link/", {"new_password1": "12345678", "new_password2": "12345678"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    usable_link(secret_of(link.path))


def test_nobody_gets_into_an_account_that_may_do_more_than_her_own(leader: Viewer) -> None:
    administrator = make_member("administrator")
    operator = make_member("worker", user=User.objects.create_superuser("operator"))
    for member in (administrator, operator):
        with pytest.raises(PermissionDenied):
            issue_sign_in_link(actor=leader, user=member.user)
    elsewhere = make_member("worker", org=make_org("荷塘社区"))
    make_member("worker", user=elsewhere.user)
    with pytest.raises(PermissionDenied):
        issue_sign_in_link(actor=leader, user=elsewhere.user)


def test_a_right_that_begins_tomorrow_counts_already(leader: Viewer, worker: Member) -> None:
    make_member(
        "leader", org=make_org("荷塘社区"), user=worker.user, joined_on=timezone.localdate() + timedelta(days=1)
    )
    with pytest.raises(PermissionDenied):
        issue_sign_in_link(actor=leader, user=worker.user)


def test_a_leader_above_may_and_a_leader_beside_may_not() -> None:
    street = make_org("枫桥街道", level=Level.SUBDISTRICT)
    here, beside = make_org("柳湾社区", parent=street), make_org("荷塘社区", parent=street)
    member = make_member("leader", org=here)
    issue_sign_in_link(actor=make_viewer("leader", org=street), user=member.user)
    with pytest.raises(PermissionDenied):
        issue_sign_in_link(actor=make_viewer("leader", org=beside), user=member.user)
    with pytest.raises(PermissionDenied):
        issue_sign_in_link(actor=make_viewer("worker", org=here), user=member.user)


def test_who_left_a_unit_gets_no_link_from_its_leader(leader: Viewer) -> None:
    former = make_member(left_on=timezone.localdate())
    with pytest.raises(PermissionDenied):
        issue_sign_in_link(actor=leader, user=former.user)


def test_not_for_oneself_and_not_for_a_closed_account(leader: Viewer, worker: Member) -> None:
    assert leader.user is not None
    with pytest.raises(NotForYourself):
        issue_sign_in_link(actor=leader, user=leader.user)
    worker.user.is_active = False
    worker.user.save()
    with pytest.raises(AccountClosed):
        issue_sign_in_link(actor=leader, user=worker.user)


def test_closing_the_account_stops_its_links(worker: Member) -> None:
    link = issue_sign_in_link(actor=INSTALLATION, user=worker.user)
    User.objects.filter(pk=worker.user.pk).update(is_active=False)
    assert Client().get(link.path).status_code == 410


def test_making_and_using_a_link_are_written_down(leader: Viewer, worker: Member) -> None:
    secret = secret_of(issue_sign_in_link(actor=leader, user=worker.user).path)
    set_password_by_link(secret, GOOD)
    used, made = AuditEntry.objects.all()[:2]
    assert (made.action, made.actor, made.object_id) == ("people.sign_in_link_made", leader.user, worker.user.pk)
    assert (used.action, used.actor) == ("people.password_set_by_link", worker.user)
    assert secret not in str(made.data)


def test_the_desk_shows_a_new_link_with_its_code_once(leader: Viewer, worker: Member) -> None:
    client = Client()
    assert leader.user is not None
    client.force_login(leader.user)
    page = f"/manage/people/{worker.user.pk}/sign-in-link/"
    assert client.get(page).status_code == 200
    made = client.post(page, {"valid_for": "1"}).content.decode()
    assert "http://testserver/sign-in/link/" in made
    assert '<svg class="qr"' in made
    assert "http://testserver/sign-in/link/" not in client.get(page).content.decode()
    outsider = make_user()
    assert client.get(f"/manage/people/{outsider.pk}/sign-in-link/").status_code == 404
    assert client.get(f"/manage/people/{make_member('administrator').user.pk}/sign-in-link/").status_code == 403
    assert viewer_of(worker.user).is_authenticated
