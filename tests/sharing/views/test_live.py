"""What the phones of a running session ask for again and again."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import make_member, make_org
from tests.sharing.day import Day, make_day
from tests.sharing.factories import make_remark
from wellspring.people.viewer import viewer_of
from wellspring.sharing.models import Idea
from wellspring.sharing.services.attendance import check_in
from wellspring.sharing.services.remarks import add_remark
from wellspring.sharing.services.running import begin_slot, end_session

pytestmark = pytest.mark.django_db
UNATTENDED = {"HX-Request": "true", "X-Unattended": "1"}


@pytest.fixture
def day() -> Day:
    day = make_day()
    begin_slot(actor=day.chair, slot=day.slots[0])
    return day


@pytest.fixture
def phone(client: Client) -> Client:
    client.force_login(make_member(full_name="李芳").user)
    return client


def asks(page: str) -> str:
    """The address that a page, or a part of it, says it will ask for."""
    found = re.search(r'id="live" hx-get="([^"]+)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def idea_of(day: Day, number: int = 0) -> Idea:
    talk = day.slots[number].talk
    assert talk is not None
    return Idea.objects.select_related("org", "proposer__user", "suggestion").get(suggestion__talk=talk)


def test_nothing_new_is_said_in_three_queries(day: Day, phone: Client, django_assert_max_num_queries: Any) -> None:
    address = asks(phone.get(reverse("sharing:session", args=[day.session.pk])).content.decode())
    with django_assert_max_num_queries(3):
        answer = phone.get(address, headers=UNATTENDED)
    assert answer.status_code == 204
    assert not answer.content


def test_a_remark_reaches_the_other_phones_and_nothing_else_is_sent(day: Day, phone: Client) -> None:
    address = asks(phone.get(reverse("sharing:session", args=[day.session.pk])).content.decode())
    add_remark(
        actor=viewer_of(make_member().user), idea=idea_of(day), text="晚上八点最需要人。", once=str(uuid.uuid4())
    )
    answer = phone.get(address, headers=UNATTENDED).content.decode()
    assert "晚上八点最需要人。" in answer
    assert f'id="said-{idea_of(day).pk}" hx-swap-oob="true"' in answer
    assert "live-now" not in answer
    assert "<textarea" not in answer, "a half-written remark would be swept away"
    assert phone.get(asks(answer), headers=UNATTENDED).status_code == 204


def test_the_next_speaker_and_who_came_are_shown(day: Day, phone: Client) -> None:
    address = asks(phone.get(reverse("sharing:session", args=[day.session.pk])).content.decode())
    begin_slot(actor=day.chair, slot=day.slots[1])
    check_in(actor=day.speaker(1), session=day.session)
    answer = phone.get(address, headers=UNATTENDED).content.decode()
    for part in ("live-now", "live-agenda", "live-here", "live-talk"):
        assert f'id="{part}" hx-swap-oob="true"' in answer
    assert day.slots[1].talk.title in answer


def test_the_end_is_seen_by_every_phone(day: Day, phone: Client) -> None:
    address = asks(phone.get(reverse("sharing:session", args=[day.session.pk])).content.decode())
    end_session(actor=day.chair, session=day.session)
    answer = phone.get(address, headers=UNATTENDED)
    assert answer.headers["HX-Refresh"] == "true"


def test_who_may_not_see_the_session_hears_nothing(day: Day, client: Client) -> None:
    address = reverse("sharing:live", args=[day.session.pk])
    assert client.get(address, headers=UNATTENDED).headers["HX-Refresh"] == "true"
    assert client.get(address).status_code == 302
    for who in (make_member("leader", org=make_org("荷塘社区")), make_member("observer")):
        client.force_login(who.user)
        assert client.get(f"{address}?v={day.now().live_version}", headers=UNATTENDED).status_code == 404


def test_a_page_of_200_remarks_takes_twelve_queries(
    day: Day, phone: Client, django_assert_max_num_queries: Any
) -> None:
    author = make_member()
    for number in range(200):
        make_remark(idea_of(day), f"第{number}句", author=author, session=day.session)
    address = reverse("sharing:session", args=[day.session.pk])
    phone.get(address)
    with django_assert_max_num_queries(12):
        shown = phone.get(address).content.decode()
    assert "第199句" in shown
    assert "180" in shown, "how many earlier ones there are is said"


def test_a_strange_mark_from_a_phone_shows_everything_anew(day: Day, phone: Client) -> None:
    address = reverse("sharing:live", args=[day.session.pk])
    answer = phone.get(f"{address}?v=x&seen=,,:,talk:%F0:", headers=UNATTENDED)
    assert answer.status_code == 200
    assert 'id="live-talk"' in answer.content.decode()
