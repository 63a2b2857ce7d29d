"""Whom to ask next: the order, what speaks for and against, and that everybody can follow it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_topic
from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_session, make_talk
from wellspring.people.models import Leave, Member
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState
from wellspring.sharing.queries.speakers import proposed_speakers, tie_break

pytestmark = pytest.mark.django_db

NEXT = datetime(2027, 10, 20, 14, tzinfo=ZoneInfo("Asia/Shanghai"))


def session_on(moment: datetime = NEXT) -> SharingSession:
    return make_session(starts_at=moment)


def spoke(member: Member, *days: date) -> None:
    for day in days:
        moment = datetime.combine(day, time(14), NEXT.tzinfo)
        held = make_session(org=member.org, starts_at=moment, state=SessionState.HELD)
        AgendaSlot.objects.create(session=held, speaker=member, begun_at=moment, ended_at=moment + timedelta(minutes=9))


def names(session: SharingSession) -> list[str]:
    return [each.member.user.full_name for each in proposed_speakers(session)]


def test_who_never_spoke_comes_first_then_whose_turn_is_longest_ago() -> None:
    late, long_ago, never = make_member(full_name="近"), make_member(full_name="远"), make_member(full_name="未")
    spoke(late, date(2027, 9, 8))
    spoke(long_ago, date(2027, 3, 5), date(2026, 3, 5))
    assert names(session_on()) == ["未", "远", "近"]
    assert never.joined_on < NEXT.date()


def test_of_two_who_spoke_on_one_day_who_spoke_less_within_a_year_comes_first() -> None:
    often, seldom = make_member(full_name="多"), make_member(full_name="少")
    spoke(often, date(2027, 5, 5), date(2027, 8, 4))
    spoke(seldom, date(2025, 5, 5), date(2027, 8, 4))
    assert names(session_on()) == ["少", "多"]


def test_of_two_who_never_spoke_who_has_a_talk_ready_on_a_topic_comes_first() -> None:
    topic = make_topic()
    members = [make_member(full_name=name) for name in "甲乙丙"]
    make_talk(author=members[2], topic=topic, state="ready")
    make_talk(author=members[0], topic=make_topic("elderly", "居家养老"), state="ready")
    make_talk(author=members[1], topic=topic, state="draft")
    session = session_on()
    session.topics.add(topic)
    assert names(session)[0] == "丙"
    assert [each.has_talk_ready for each in proposed_speakers(session)] == [True, False, False]


def test_equals_are_drawn_by_the_sessions_number_and_anybody_can_check_it() -> None:
    members = [make_member() for _ in range(6)]
    for session in (session_on(), session_on(NEXT + timedelta(days=14))):
        order = [each.member.pk for each in proposed_speakers(session)]
        assert order == sorted((member.pk for member in members), key=lambda pk: tie_break(session.pk, pk))


def test_who_is_on_leave_new_declined_or_down_elsewhere_comes_last_and_is_told_why() -> None:
    session, other = session_on(), session_on(NEXT + timedelta(days=14))
    away, new, declined, down, free = (make_member(full_name=name) for name in ("假", "新", "谢", "已", "可"))
    Leave.objects.create(member=away, from_on=NEXT.date(), until_on=NEXT.date())
    new.joined_on = NEXT.date() - timedelta(days=20)
    new.save()
    AgendaSlot.objects.create(session=session, speaker=declined, state=SlotState.DECLINED)
    AgendaSlot.objects.create(session=other, speaker=down)
    spoke(free, date(2027, 9, 8))
    candidates = proposed_speakers(session)
    assert candidates[0].member == free
    assert [each.may_be_proposed for each in candidates] == [True, False, False, False, False]
    with override("zh-hans"):
        said = {each.member.user.full_name: each.reasons()[0] for each in candidates}
    assert said == {
        "可": "上次分享是2027年9月8日，1 个月前",
        "假": "当天请假，不提名",
        "新": "入职 2 周，先听后讲",
        "谢": "已表示这次不能参加",
        "已": "11月3日已安排汇报",
    }


def test_only_the_units_own_social_workers_are_asked_and_none_twice() -> None:
    session = session_on()
    make_member("leader")
    make_member("mentor")
    make_member("observer")
    make_member(org=make_org("荷塘社区"))
    make_member(left_on=date(2027, 10, 1))
    on_it, worker = make_member(), make_member("leader", "worker")
    AgendaSlot.objects.create(session=session, speaker=on_it)
    assert [each.member for each in proposed_speakers(session)] == [worker]


def test_talks_of_an_earlier_membership_count_and_what_was_planned_only_does_not() -> None:
    before = make_member(left_on=date(2026, 1, 1))
    spoke(before, date(2025, 3, 5))
    again = make_member(user=before.user, joined_on=date(2027, 1, 1))
    never = make_member()
    missed = make_session(starts_at=NEXT - timedelta(days=30), state=SessionState.HELD)
    AgendaSlot.objects.create(session=missed, speaker=never, state=SlotState.ABSENT)
    candidates = proposed_speakers(session_on())
    assert [each.member for each in candidates] == [never, again]
    assert [each.given for each in candidates] == [0, 1]


def test_the_order_costs_the_same_for_a_large_unit(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        spoke(make_member(), date(2027, 1, 1) + timedelta(days=number))
    session = session_on()
    with django_assert_max_num_queries(1):
        assert len(proposed_speakers(session)) == 30
