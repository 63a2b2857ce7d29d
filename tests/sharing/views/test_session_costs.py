"""What a session's page costs before, during and after: twelve queries for everybody, however much was said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_topic
from tests.people.factories import make_member
from tests.sharing.day import Day, make_day
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from tests.web.pages import page
from wellspring.people.models import Leave, Member
from wellspring.sharing.models import (
    AgendaSlot,
    Attendance,
    Decision,
    Endorsement,
    Evidence,
    Idea,
    IdeaStatus,
    SharingSession,
    SlotState,
    SlotSwap,
    Suggestion,
)
from wellspring.sharing.services.running import begin_slot, end_session

pytestmark = pytest.mark.django_db

MOST = 12
REMARKS = 200
EVERYBODY = ("worker", "chair", "leader", "administrator")


def client_of(who: str, chair: Member) -> Client:
    """Somebody of the unit who comes back to the page: what is read once for a process stands already."""
    client = Client()
    client.force_login(chair.user if who == "chair" else make_member(*{who, "worker"}).user)
    return client


def address(session: SharingSession) -> str:
    return reverse("sharing:session", args=[session.pk])


def full_agenda() -> SharingSession:
    """A session that may begin now, with everything that its page can show."""
    topics = [make_topic(), make_topic("elderly", "居家养老")]
    chair = make_member(full_name="徐静")
    session = make_session(host=chair, starts_at=timezone.now() + timedelta(minutes=10))
    session.topics.set(topics)
    other = make_session(host=chair)
    for number in range(12):
        speaker = make_member()
        talk = make_talk(author=speaker, topic=topics[number % 2], state="ready")
        Evidence.objects.create(talk=talk, title="错时投放的报道")
        slot = AgendaSlot.objects.create(
            session=session, speaker=speaker, talk=talk, position=number, state=SlotState.AGREED, why={"in_year": 1}
        )
        elsewhere = AgendaSlot.objects.create(session=other, speaker=make_member(), state=SlotState.AGREED)
        SlotSwap.objects.create(slot=elsewhere, other=slot, asked=speaker, note="我那天要接孩子")
        make_talk(author=make_member(), topic=topics[0], state="ready", handed_in_at=timezone.now())
        make_idea(proposer=speaker, returned_at=timezone.now())
        AgendaSlot.objects.create(
            session=session, speaker=make_member(), state=SlotState.DECLINED, state_reason="要去街道开会"
        )
        held = make_session(state="held", starts_at=timezone.now() - timedelta(days=9))
        AgendaSlot.objects.create(session=held, speaker=make_member(), begun_at=held.starts_at)
    day = timezone.localtime(session.starts_at).date()
    for member in Member.objects.all()[:9]:
        Leave.objects.create(member=member, from_on=day, until_on=day)
    return session


def full_day(*, suggestions: int = 4) -> Day:
    """A session under way: four suggestions of who speaks, two hundred remarks, some decided, everybody there."""
    day = make_day(speakers=6)
    talk = day.slots[0].talk
    assert talk is not None
    for number in range(1, suggestions):
        suggestion = Suggestion.objects.create(talk=talk, position=number, title=f"第{number}条")
        Idea.objects.create(org=talk.org, suggestion=suggestion, proposer=talk.author, title=suggestion.title)
    authors = [make_member() for _ in range(20)]
    ideas = list(Idea.objects.filter(suggestion__talk=talk))
    for number in range(REMARKS):
        make_remark(
            ideas[number % len(ideas)], f"第{number}句", author=authors[number % len(authors)], session=day.session
        )
    for author in authors:
        Attendance.objects.create(session=day.session, member=author)
        Endorsement.objects.create(idea=ideas[0], member=author)
    Idea.objects.filter(pk=ideas[-1].pk).update(status=IdeaStatus.DECLINED, decision_reason="物业已有安排。")
    Decision.objects.create(idea=ideas[-1], status=IdeaStatus.DECLINED, reason="物业已有安排。")
    begin_slot(actor=day.chair, slot=day.slots[0])
    return day


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_before_takes_twelve_queries_for_everybody(
    who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = full_agenda()
    assert session.host is not None
    client = client_of(who, session.host)
    page(client, address(session))
    with django_assert_max_num_queries(MOST):
        tree = page(client, address(session))
    leads = who != "worker"
    assert len(tree.css(".agenda .slot")) == 12
    assert (tree.css_first(".candidates") is not None) == leads
    assert (tree.css_first(".notice.is-wrong") is not None) == leads
    assert (tree.css_first(".session-trail") is not None) == (who in ("leader", "administrator"))


def test_a_speaker_with_a_swap_to_answer_pays_no_more(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    session = full_agenda()
    client = Client()
    client.force_login(session.slots.all()[0].speaker.user)
    page(client, address(session))
    with django_assert_max_num_queries(MOST):
        tree = page(client, address(session))
    assert "我那天要接孩子" in tree.css_first(".my-part").text()


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_during_takes_twelve_queries_for_everybody(
    who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    day = full_day()
    client = client_of(who, day.host)
    page(client, address(day.session))
    with django_assert_max_num_queries(MOST):
        tree = page(client, address(day.session))
    assert f"第{REMARKS - 1}句" in tree.html
    assert len(tree.css(".suggestions .suggestion")) == 4
    assert (tree.css_first(".day-decide") is not None) == (who != "worker")


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_after_takes_twelve_queries_for_everybody(
    who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    day = full_day()
    end_session(actor=day.chair, session=day.session)
    client = client_of(who, day.host)
    page(client, address(day.session))
    with django_assert_max_num_queries(MOST):
        tree = page(client, address(day.session))
    assert "50 条发言" in tree.html
    assert "物业已有安排。" in tree.html
    assert (tree.css_first(".timeline") is not None) == (who != "worker")
