"""The door, the room's screen and the list of who is here."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import make_member
from tests.sharing.day import make_day
from tests.sharing.factories import make_remark
from wellspring.sharing.models import Attendance, Idea
from wellspring.sharing.services.running import begin_slot

pytestmark = pytest.mark.django_db


def test_the_code_asks_and_a_post_says_that_she_is_here(client: Client) -> None:
    day = make_day()
    address = reverse("sharing:in", args=[day.session.check_in_code])
    member = make_member()
    assert client.get(address).url.endswith(f"?next={address}"), "whoever is not signed in comes back after it"
    client.force_login(member.user)
    assert "您现在在" in client.get(address).content.decode()
    assert not Attendance.objects.exists(), "a link that is only looked at enters nobody"
    assert client.post(address).url == reverse("sharing:session", args=[day.session.pk])
    assert Attendance.objects.get().checked_in_by == "code"
    assert client.get(address).status_code == 302


def test_the_code_of_a_session_that_is_over_says_so(client: Client) -> None:
    day = make_day(state="held")
    client.force_login(make_member().user)
    answer = client.post(reverse("sharing:in", args=[day.session.check_in_code]))
    assert answer.status_code == 422
    assert "请主持人补登记" in answer.content.decode()


def test_the_screen_shows_code_speaker_and_newest_remarks_but_none_withdrawn(client: Client) -> None:
    day = make_day()
    client.force_login(make_member().user)
    address = reverse("sharing:screen", args=[day.session.pk])
    waiting = client.get(address).content.decode()
    assert 'class="qr"' in waiting
    assert day.slots[0].speaker.user.get_full_name() in waiting
    begin_slot(actor=day.chair, slot=day.slots[0])
    idea = Idea.objects.get(suggestion__talk=day.slots[0].talk)
    for number in range(6):
        make_remark(idea, f"第{number}句")
    make_remark(idea, "说错了", withdrawn_at=day.session.starts_at)
    shown = client.get(address).content.decode()
    assert "第5句" in shown
    assert "第0句" not in shown
    assert "说错了" not in shown
    assert "6 条发言" in shown


def test_the_screen_asks_for_itself_and_is_told_when_nothing_is_new(client: Client) -> None:
    day = make_day()
    client.force_login(make_member().user)
    address = reverse("sharing:screen_live", args=[day.session.pk])
    assert client.get(f"{address}?v={day.now().live_version}").status_code == 204
    begin_slot(actor=day.chair, slot=day.slots[0])
    assert 'id="room"' in client.get(f"{address}?v=0").content.decode()


def test_the_chair_ticks_who_is_here_and_takes_out_again(client: Client) -> None:
    day = make_day()
    missing = make_member(full_name="范青")
    address = reverse("sharing:attendance", args=[day.session.pk])
    client.force_login(missing.user)
    assert "checkbox" not in client.get(address).content.decode()
    assert client.post(address, {"member": missing.pk}).status_code == 403
    client.force_login(day.host.user)
    assert "范青" in client.get(address).content.decode()
    shown = client.post(address, {"member": [missing.pk, "x", "9" * 30]}, follow=True).content.decode()
    assert "已登记 1 人" in shown
    row = Attendance.objects.get()
    client.post(reverse("sharing:attendance_out", args=[row.pk]))
    assert not Attendance.objects.exists()


def test_the_door_opens_for_everybody_and_the_start_for_the_chair(client: Client) -> None:
    day = make_day(state="planned", in_minutes=10)
    here, begin = (reverse(f"sharing:{name}", args=[day.session.pk]) for name in ("here", "begin"))
    client.force_login(make_member().user)
    page = client.post(here, follow=True)
    assert "签到成功" in page.content.decode()
    assert begin not in page.content.decode()
    client.force_login(day.host.user)
    assert begin in client.get(reverse("sharing:session", args=[day.session.pk])).content.decode()
