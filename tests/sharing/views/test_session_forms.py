"""Setting up, moving and cancelling sessions and series by forms: what is kept, shown first, refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_session
from tests.web.pages import page, parsed, words
from wellspring.people.models import Member
from wellspring.sharing.models import SessionState, SharingSession

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def address(session: SharingSession) -> str:
    return reverse("sharing:session", kwargs={"pk": session.pk})


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    client = client_of(make_member("leader"))
    sent = {
        "title": "十月分享会",
        "day": "2026-02-30",
        "begins": "25:00",
        "minutes": "5",
        "place": "三楼",
        "version": "0",
    }
    answer = client.post(reverse("sharing:session_add"), sent)
    assert answer.status_code == 422
    tree = parsed(answer)
    assert tree.css_first("[name=title]").attributes["value"] == "十月分享会"
    assert "2025-03-05" in words(tree, ".error-summary")
    assert "14:00" in words(tree, ".error-summary")
    assert not SharingSession.objects.exists()


def test_a_rest_day_is_shown_once_and_kept_on_purpose() -> None:
    client = client_of(make_member("leader"))
    day = timezone.localdate() + timedelta(days=10)
    while day.weekday() != 6 or day.month in (1, 2, 9, 10):
        day += timedelta(days=1)
    sent = {
        "title": "分享会",
        "day": day.isoformat(),
        "begins": "14:00",
        "minutes": "90",
        "place": "三楼",
        "version": "0",
    }
    first = client.post(reverse("sharing:session_add"), sent)
    assert first.status_code == 422
    seen = parsed(first).css_first("[name=seen]").attributes["value"]
    assert seen == "rest_day"
    assert client.post(reverse("sharing:session_add"), {**sent, "seen": seen}).status_code == 302
    assert timezone.localtime(SharingSession.objects.get().starts_at).date() == day


def test_a_session_is_moved_cancelled_and_taken_up_again() -> None:
    leader = make_member("leader")
    session = make_session()
    client = client_of(leader)
    day = timezone.localdate() + timedelta(days=8)
    sent = {"day": day.isoformat(), "begins": "09:30", "place": "三楼", "reason": "检查", "version": "0"}
    move = reverse("sharing:session_move", kwargs={"pk": session.pk})
    answer = client.post(move, {**sent, "seen": "rest_day,place_taken"})
    assert answer.status_code == 302
    assert "已改期：检查" in words(page(client_of(make_member()), address(session)), ".notice")
    late = client.post(move, {**sent, "begins": "10:30"})
    assert late.status_code == 422
    assert "09:30" in words(parsed(late), ".difference")
    client.post(reverse("sharing:session_cancel", kwargs={"pk": session.pk}), {"reason": "停电"})
    assert "停电" in words(page(client_of(make_member()), address(session)), ".notice.is-wrong")
    client.post(reverse("sharing:session_reinstate", kwargs={"pk": session.pk}))
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED


def test_a_series_shows_its_days_before_it_is_saved() -> None:
    client = client_of(make_member("leader"))
    first = timezone.localdate() + timedelta(days=1)
    sent = {
        "title": "分享会",
        "recurrence": "weekly",
        "first_on": first.isoformat(),
        "starts_at": "14:00",
        "minutes": "90",
        "place": "三楼",
        "moves_off_rest_days": "yes",
        "version": "0",
    }
    looked = client.post(reverse("sharing:series_add"), {**sent, "look": "yes"})
    assert looked.status_code == 200
    assert len(parsed(looked).css(".series-day")) == 8
    assert not SharingSession.objects.exists()
    saved = client.post(reverse("sharing:series_add"), {**sent, "save": "yes"}, follow=True)
    assert saved.status_code == 200
    assert SharingSession.objects.count() >= 3
    wrong = client.post(reverse("sharing:series_add"), {**sent, "first_on": "2020-01-01", "save": "yes"})
    assert wrong.status_code == 422
    assert "已经过去" in words(parsed(wrong), ".error-summary")


def test_a_leader_of_several_units_chooses_for_which() -> None:
    street = make_org("城南街道", level="subdistrict")
    one, other = make_org("甲社区", parent=street), make_org("乙社区", parent=street)
    make_org("丙社区")
    client = client_of(make_member("leader", org=street))
    tree = page(client, reverse("sharing:session_add") + "?unit=choose")
    assert [link.text() for link in tree.css(".tree a")] == ["城南街道", one.name, other.name]
    assert "甲社区" in words(page(client, f"{reverse('sharing:session_add')}?unit={one.pk}"), ".page-about")
    assert client.get(f"{reverse('sharing:session_add')}?unit={make_org('丙社区').pk}").status_code == 403
