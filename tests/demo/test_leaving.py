"""`wellspring demo leave`: the demo never comes back, and nothing that is real goes with it."""

import fcntl

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.library.factories import make_capture, make_snapshot, make_source
from tests.people.factories import make_member
from wellspring.cli.demo import command
from wellspring.cli.up import settle_demo
from wellspring.core import audit
from wellspring.core.models import AuditEntry, IndexChange, User
from wellspring.demo.community import demo_people, load_community
from wellspring.demo.leaving import AlreadyLeft, leave_demo
from wellspring.demo.people import PEOPLE
from wellspring.demo.reset import NotADemo, StillRunning, reset_demo
from wellspring.demo.seed import demo_sources, load_demo
from wellspring.library.models import Capture, Reading, Snapshot, Source
from wellspring.library.services.rereading import Choice, waiting
from wellspring.people.models import Invitation, Member, OrgUnit
from wellspring.people.services.invitations import invite
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _filled() -> None:
    load_demo(base_port=9000)
    source = demo_sources()[0]
    capture = make_capture("http://127.0.0.1:9000/1.html", source=source)
    make_snapshot(source=source, capture=capture, channel=source.channel)
    Reading.objects.update_or_create(capture=capture, defaults={"extractor_version": 1, "kind": "article"})


def test_what_was_entered_meanwhile_stays_and_the_demo_goes() -> None:
    own = make_source(name="本地日报")
    snapshot = make_snapshot(source=own)
    real = make_member("worker", org=OrgUnit.objects.get(name="园东社区"))
    leave_demo()
    assert list(Source.objects.all()) == [own]
    assert list(Snapshot.objects.all()) == [snapshot]
    assert list(Member.objects.all()) == [real]
    assert OrgUnit.objects.filter(name="园东社区", closed_on=None).exists()
    assert viewer_of(User.objects.get(pk=real.user_id)).places
    assert AuditEntry.objects.filter(action="demo.left").exists()
    assert list(audit.broken_links()) == []


def test_what_was_received_stays_in_the_archive_but_is_never_read_again() -> None:
    leave_demo()
    capture = Capture.objects.get(url="http://127.0.0.1:9000/1.html")
    assert not list(waiting(Choice(capture_ids=(capture.pk,))))
    assert capture.pk not in [pk for pk, _again in waiting(Choice(read_before=timezone.now()))]
    assert IndexChange.objects.exists(), "the index lets go of it"


def test_units_without_anybody_real_go_as_well() -> None:
    leave_demo()
    assert not OrgUnit.objects.exists()


def test_a_demo_person_somebody_was_stays_as_a_former_member_who_can_never_sign_in() -> None:
    person = demo_people()[0].user
    person.last_login = timezone.now()
    person.set_password("visitors-choice-71")
    person.save()
    with transaction.atomic():
        audit.record("demo.person_added", actor=person, data={"name": "小吴"})
    signed_in = Client()
    signed_in.force_login(person)
    leave_demo()
    person.refresh_from_db()
    assert not person.is_active
    assert not person.has_usable_password()
    assert not Client().login(username=person.username, password="visitors-choice-71")
    assert not viewer_of(person).places
    assert signed_in.get("/manage/").status_code == 302, "her open session ends as well"
    assert Member.objects.get().left_on is not None
    assert not OrgUnit.objects.filter(closed_on=None).exists()
    assert demo_people() == []


def test_nobody_comes_in_afterwards_by_what_a_demo_person_handed_out() -> None:
    leader = viewer_of(demo_people()[5].user)
    community = OrgUnit.objects.get(name="园东社区")
    make_member("worker", org=community)  # somebody real, so that the unit stays open
    invite(actor=leader, org=community, full_name="来客", roles=["worker"])
    leave_demo()
    assert not Invitation.objects.filter(used_at=None, revoked_at=None).exists()


def test_who_became_administrator_during_the_demo_is_named() -> None:
    make_member("administrator", org=OrgUnit.objects.get(name="苏州市"), full_name="钱真")
    done = CliRunner().invoke(command, ["leave", "--yes"])
    assert "钱真" in done.output


def test_the_demo_never_comes_back() -> None:
    leave_demo()
    assert not settle_demo(True, 8711)
    load_community()
    assert demo_people() == []
    with pytest.raises(NotADemo, match="退出演示"):
        reset_demo(base_port=9000)
    with pytest.raises(AlreadyLeft):
        leave_demo()


def test_a_running_installation_does_not_leave() -> None:
    with (settings.ENVIRONMENT.data / "up.lock").open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StillRunning, match="Ctrl-C"):
            leave_demo()
    assert len(demo_people()) == len(PEOPLE)


def test_the_command_says_what_goes_asks_and_names_the_next_step() -> None:
    refused = CliRunner().invoke(command, ["leave"], input="n\n")
    assert refused.exit_code == 1
    assert str(len(PEOPLE)) in refused.output
    assert len(demo_people()) == len(PEOPLE)
    done = CliRunner().invoke(command, ["leave", "--yes"])
    assert done.exit_code == 0, done.output
    assert "admin" in done.output
    assert demo_people() == []
