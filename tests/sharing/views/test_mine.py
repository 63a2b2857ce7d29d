"""One's own page, and the page of a session after it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people.factories import make_member
from tests.sharing.day import Day, make_day
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from wellspring.people.viewer import viewer_of
from wellspring.sharing.models import AgendaSlot, Attendance, Idea, IdeaStatus
from wellspring.sharing.queries.mine import takeaways_of

pytestmark = pytest.mark.django_db


def held() -> Day:
    day = make_day(state="held")
    AgendaSlot.objects.filter(session=day.session).update(begun_at=timezone.now(), ended_at=timezone.now())
    return day


def test_takeaways_are_ones_own_and_nobody_elses(client: Client) -> None:
    day = held()
    mine, other = make_member(), make_member()
    Attendance.objects.create(session=day.session, member=mine, takeaway="先问老人缺什么。")
    Attendance.objects.create(session=day.session, member=other, takeaway="别人的收获。")
    assert [each.takeaway for each in takeaways_of(viewer_of(mine.user))] == ["先问老人缺什么。"]
    client.force_login(mine.user)
    for page in (reverse("sharing:mine"), reverse("sharing:session", args=[day.session.pk])):
        shown = client.get(page).content.decode()
        assert "先问老人缺什么。" in shown
        assert "别人的收获。" not in shown


def test_a_takeaway_is_noted_on_the_sessions_page_and_changed_later(client: Client) -> None:
    day = held()
    member = make_member()
    Attendance.objects.create(session=day.session, member=member)
    client.force_login(member.user)
    address = reverse("sharing:takeaway", args=[day.session.pk])
    assert address in client.get(reverse("sharing:session", args=[day.session.pk])).content.decode()
    shown = client.post(address, {"version": 0, "text": "先试后推。"}, follow=True).content.decode()
    assert "先试后推。" in shown
    late = client.post(address, {"version": 0, "text": "从另一台手机写的。"})
    assert late.status_code == 422
    assert "从另一台手机写的。" in late.content.decode()
    assert "先试后推。" in late.content.decode()


def test_who_was_not_there_keeps_what_she_typed(client: Client) -> None:
    day = held()
    client.force_login(make_member().user)
    answer = client.post(reverse("sharing:takeaway", args=[day.session.pk]), {"version": 0, "text": "写了很多"})
    assert answer.status_code == 422
    assert "写了很多" in answer.content.decode()


def test_ones_own_page_shows_drafts_talks_and_ideas_with_their_state(client: Client) -> None:
    member = make_member()
    make_talk(author=member, title="还在写的汇报")
    make_talk(author=member, title="讲过的汇报", state="given", given_at=timezone.now())
    make_idea(proposer=member, title="错时志愿岗", status=IdeaStatus.GOLDEN, is_golden=True)
    make_talk(title="别人的汇报")
    client.force_login(member.user)
    shown = client.get(reverse("sharing:mine")).content.decode()
    for words in ("还在写的汇报", "讲过的汇报", "错时志愿岗", "金点子"):
        assert words in shown
    assert "别人的汇报" not in shown


def test_an_empty_own_page_says_what_to_do_first(client: Client) -> None:
    client.force_login(make_member().user)
    assert "先从一次分享会开始" in client.get(reverse("sharing:mine")).content.decode()


def test_a_full_own_page_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    member = make_member()
    for number in range(30):
        make_talk(author=member, state="given", given_at=timezone.now())
        make_remark(make_idea(proposer=member))
        session = make_session(state="held", begun_at=timezone.now())
        Attendance.objects.create(session=session, member=member, takeaway=f"第{number}次的收获")
    client.force_login(member.user)
    client.get(reverse("sharing:mine"))
    with django_assert_max_num_queries(12):
        client.get(reverse("sharing:mine"))


def test_the_page_after_tells_what_became_of_it(client: Client, django_assert_max_num_queries: Any) -> None:
    day = held()
    idea = Idea.objects.get(suggestion__talk=day.slots[0].talk)
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.DECLINED, decision_reason="物业已有安排。")
    for number in range(200):
        make_remark(idea, f"第{number}句", author=day.host, session=day.session)
    client.force_login(make_member().user)
    page = reverse("sharing:session", args=[day.session.pk])
    client.get(page)
    with django_assert_max_num_queries(12):
        shown = client.get(page).content.decode()
    for words in ("物业已有安排。", "200 条发言", reverse("sharing:minutes", args=[day.session.pk])):
        assert words in shown
