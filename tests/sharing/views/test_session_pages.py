"""The list of sessions and a session's page before it begins: what stands there for whom, at what price."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_idea, make_session, make_talk
from tests.web.pages import page, parsed, words
from wellspring.people.models import Leave, Member
from wellspring.sharing.models import AgendaSlot, Attendance, SessionState, SharingSession, SlotState, SlotSwap

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def address(session: SharingSession) -> str:
    return reverse("sharing:session", kwargs={"pk": session.pk})


def filled(session: SharingSession, count: int, **fields: Any) -> list[AgendaSlot]:
    return [
        AgendaSlot.objects.create(session=session, speaker=make_member(), position=number, **fields)
        for number in range(count)
    ]


def test_an_empty_list_says_what_to_do_first() -> None:
    leaders = page(client_of(make_member("leader")), "/sharing/")
    assert leaders.css_first(f".empty a[href='{reverse('sharing:session_add')}']") is not None
    workers = page(client_of(make_member()), "/sharing/")
    assert workers.css_first(".empty a") is None
    assert "由负责人或本月轮值主席安排" in words(workers, ".empty")


def test_the_list_shows_what_comes_and_what_was_held_with_its_figures() -> None:
    me = make_member()
    make_session(title="下一次")
    held = make_session(title="上一次", state=SessionState.HELD, starts_at=timezone.now() - timedelta(days=9))
    slots = filled(held, 2, begun_at=timezone.now(), ended_at=timezone.now())
    talk = make_talk(author=slots[0].speaker, state="given", suggestions=("一", "二", "三"))
    for suggestion in talk.suggestions.all():
        make_idea(proposer=talk.author, suggestion=suggestion)
    slots[0].talk = talk
    slots[0].save()
    Attendance.objects.create(session=held, member=me)
    tree = page(client_of(me), "/sharing/")
    assert "下一次" in words(tree, ".session-list")
    cells = [cell.text().strip() for cell in tree.css(".past-figures dd")]
    assert cells == ["2", "3", "1"]


def test_the_list_costs_the_same_however_long_it_is(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    me = make_member("leader")
    for number in range(9):
        filled(make_session(host=make_member(), starts_at=timezone.now() + timedelta(days=number + 1)), 2)
        make_session(state=SessionState.HELD, starts_at=timezone.now() - timedelta(days=number + 1))
    client = client_of(me)
    with django_assert_max_num_queries(12):
        page(client, "/sharing/")


def test_whoever_is_proposed_finds_what_to_do_and_why_she() -> None:
    session = make_session()
    me = make_member()
    AgendaSlot.objects.create(
        session=session, speaker=me, why={"last_on": "2025-03-05", "months": 7, "in_year": 1, "ready": False}
    )
    part = words(page(client_of(me), address(session)), ".my-part")
    assert "您被提名为汇报人" in part
    assert "上次分享是2025年3月5日，7 个月前" in part
    assert "同意汇报" in part


def test_a_colleagues_draft_is_not_told_on_the_agenda() -> None:
    session = make_session()
    talk = make_talk(author=make_member(), title="还没写完的想法")
    AgendaSlot.objects.create(session=session, speaker=talk.author, talk=talk, state=SlotState.AGREED)
    assert "还没写完的想法" not in page(client_of(make_member("leader")), address(session)).html
    assert "还没写完的想法" in page(client_of(talk.author), address(session)).html


def test_reasons_for_declining_are_for_whoever_leads_and_for_herself() -> None:
    session = make_session()
    slot = AgendaSlot.objects.create(
        session=session, speaker=make_member(), state=SlotState.DECLINED, state_reason="要去街道开会"
    )
    assert "要去街道开会" in page(client_of(make_member("leader")), address(session)).html
    assert "要去街道开会" in page(client_of(slot.speaker), address(session)).html
    assert "要去街道开会" not in page(client_of(make_member()), address(session)).html


def test_who_leads_sees_whom_to_ask_and_asks_with_one_tap() -> None:
    leader, worker = make_member("leader"), make_member(full_name="李芳")
    session = make_session()
    client = client_of(leader)
    assert "李芳" in words(page(client, address(session)), ".candidates")
    client.post(reverse("sharing:propose", kwargs={"pk": session.pk}), {"member": worker.pk})
    slot = AgendaSlot.objects.get()
    assert (slot.speaker, slot.state) == (worker, SlotState.PROPOSED)
    assert page(client_of(make_member()), address(session)).css_first(".candidates") is None


def test_who_leads_is_told_of_a_chair_or_speaker_who_will_not_be_there() -> None:
    chair = make_member(full_name="李芳", left_on=timezone.localdate() + timedelta(days=1))
    session = make_session(host=chair)
    away = AgendaSlot.objects.create(session=session, speaker=make_member(full_name="范青")).speaker
    day = timezone.localtime(session.starts_at).date()
    Leave.objects.create(member=away, from_on=day, until_on=day)
    tree = page(client_of(make_member("leader")), address(session))
    told = " ".join(node.text() for node in tree.css(".notice.is-wrong"))
    assert "李芳" in told
    assert "范青" in told
    assert page(client_of(make_member()), address(session)).css_first(".notice.is-wrong") is None


def test_an_idea_that_came_back_is_remembered_on_the_next_agenda() -> None:
    session, me = make_session(), make_member()
    make_idea(proposer=me, title="冬季晚餐配送", returned_at=timezone.now())
    make_idea(proposer=me, title="还没回来的")
    told = words(page(client_of(me), address(session)), ".session-main")
    assert "冬季晚餐配送" in told
    assert "还没回来的" not in told


def test_a_session_that_nobody_began_says_so() -> None:
    session = make_session(starts_at=timezone.now() - timedelta(days=2))
    leader, worker = client_of(make_member("leader")), client_of(make_member())
    make_session(title="今早的", starts_at=timezone.now() - timedelta(hours=3))
    listed = page(worker, "/sharing/")
    assert "今早的 未举行" in words(listed, ".session-list")
    assert "未举行" in words(listed, ".past-list")
    assert session.title not in words(listed, ".session-list")
    assert "取消" in words(page(leader, address(session)), ".notice.is-wrong")
    assert page(worker, address(session)).css_first(".my-part") is None


def test_who_only_looks_on_is_shown_to_the_open_ideas() -> None:
    assert client_of(make_member("observer")).get("/sharing/")["Location"] == reverse("sharing:ideas")


def test_what_was_done_with_a_session_is_for_those_who_see_the_trail() -> None:
    session = make_session(host=make_member(full_name="主持"))
    client_of(make_member("leader")).post(
        reverse("sharing:session_cancel", kwargs={"pk": session.pk}), {"reason": "停电"}
    )
    assert "timeline" in page(client_of(make_member("leader")), address(session)).html
    assert "timeline" not in page(client_of(make_member()), address(session)).html


def test_a_number_that_makes_no_sense_is_told_and_asks_nobody() -> None:
    leader = make_member("leader", "worker")
    session = make_session()
    for sent in ({"count": "0"}, {"count": "99"}, {"count": "x"}, {}, {"count": "-3"}, {"member": "9" * 30}):
        answer = client_of(leader).post(reverse("sharing:propose", kwargs={"pk": session.pk}), sent, follow=True)
        assert "一次可提名" in words(parsed(answer), ".notice.is-wrong"), sent
    assert not AgendaSlot.objects.exists()


def test_a_speaker_volunteers_declines_and_comes_back_by_buttons() -> None:
    session, me = make_session(), make_member()
    client = client_of(me)
    client.post(reverse("sharing:volunteer", kwargs={"pk": session.pk}))
    slot = AgendaSlot.objects.get()
    assert slot.is_volunteer
    refused = client.post(reverse("sharing:slot_decline", kwargs={"pk": slot.pk}), {"reason": " "})
    assert refused.status_code == 422
    client.post(reverse("sharing:slot_decline", kwargs={"pk": slot.pk}), {"reason": "出差"})
    slot.refresh_from_db()
    assert (slot.state, slot.state_reason) == (SlotState.ABSENT, "出差")
    client.post(reverse("sharing:slot_agree", kwargs={"pk": slot.pk}))
    slot.refresh_from_db()
    assert slot.state == SlotState.AGREED


def test_a_swap_is_asked_for_shown_and_agreed_to() -> None:
    session = make_session()
    one, other = filled(session, 2, state=SlotState.AGREED)
    client = client_of(one.speaker)
    form = page(client, reverse("sharing:slot_swap", kwargs={"pk": one.pk}))
    assert form.css_first(f"input[value='slot-{other.pk}']") is not None
    client.post(
        reverse("sharing:slot_swap", kwargs={"pk": one.pk}), {"partner": f"slot-{other.pk}", "note": "我三点要接孩子"}
    )
    asked = client_of(other.speaker)
    assert "我三点要接孩子" in words(page(asked, address(session)), ".my-part")
    swap = SlotSwap.objects.get()
    for _ in range(2):
        asked.post(reverse("sharing:swap_answer", kwargs={"pk": swap.pk}), {"answer": "yes"})
    order = AgendaSlot.objects.filter(session=session).order_by("position")
    assert [slot.pk for slot in order] == [other.pk, one.pk]
    assert client_of(make_member()).post(f"/sharing/swaps/{swap.pk}/answer/", {"answer": "yes"}).status_code == 404


def test_another_communitys_session_answers_as_a_missing_one_does() -> None:
    session = make_session(org=make_org("荷塘社区"))
    client = client_of(make_member("leader"))
    assert client.get(address(session)).status_code == 404
    assert client.post(reverse("sharing:propose", kwargs={"pk": session.pk}), {"count": 1}).status_code == 404


def test_who_was_chair_and_left_leads_no_more() -> None:
    chair = make_member()
    session = make_session(host=chair)
    assert client_of(chair).get(reverse("sharing:session_change", kwargs={"pk": session.pk})).status_code == 200
    chair.left_on = date(2025, 1, 1)
    chair.save()
    assert client_of(chair).get(reverse("sharing:session_change", kwargs={"pk": session.pk})).status_code == 403
