"""Remarks and endorsements: who may say what, once, and who is told."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from wellspring.core.models import AuditEntry, Notification
from wellspring.people.models import Member
from wellspring.people.viewer import viewer_of
from wellspring.sharing.errors import RemarkProblem
from wellspring.sharing.models import AgendaSlot, Endorsement, Idea, Remark, SessionState, SharingSession
from wellspring.sharing.queries.discussion import discussion_of, discussion_of_idea
from wellspring.sharing.services.endorsements import endorse_idea, take_endorsement_back
from wellspring.sharing.services.remarks import LONGEST, MOST_IN_A_MINUTE, add_remark, withdraw_remark

pytestmark = pytest.mark.django_db


def say(member: Member, idea: Idea, text: str = "晚上八点最需要人。", once: str = "") -> Remark:
    return add_remark(actor=viewer_of(member.user), idea=idea, text=text, once=once or str(uuid.uuid4()))


def on_a_running_session(**fields: object) -> tuple[SharingSession, Idea]:
    talk = make_talk(state="ready")
    session = make_session(state=SessionState.RUNNING, **fields)
    AgendaSlot.objects.create(session=session, speaker=talk.author, talk=talk)
    return session, make_idea(proposer=talk.author, suggestion=talk.suggestions.get())


def test_a_remark_is_said_at_the_session_that_is_running_and_phones_learn_of_it() -> None:
    session, idea = on_a_running_session()
    remark = say(make_member(), idea)
    session.refresh_from_db()
    assert (remark.session, session.live_version) == (session, 1)
    session.state = SessionState.HELD
    session.save()
    assert say(make_member(), idea).session is None


def test_the_proposer_is_told_in_one_notice_that_grows_and_not_of_her_own_words() -> None:
    _session, idea = on_a_running_session()
    say(idea.proposer, idea)
    assert not Notification.objects.exists()
    say(make_member(), idea)
    say(make_member(), idea)
    notice = Notification.objects.get()
    assert (notice.user, notice.count) == (idea.proposer.user, 2)
    assert notice.url.endswith(f"#idea-{idea.pk}")


def test_what_was_written_on_after_a_lost_answer_is_not_lost() -> None:
    member, (_session, idea) = make_member(), on_a_running_session()
    say(member, idea, once="one-and-the-same")
    for _ in range(2):
        say(member, idea, "改为晚上七点。", once="one-and-the-same")
    assert [remark.text for remark in idea.remarks.all()] == ["晚上八点最需要人。", "改为晚上七点。"]


def test_the_same_form_sent_twice_is_one_remark() -> None:
    member, (_session, idea) = make_member(), on_a_running_session()
    first = say(member, idea, once="one-and-the-same")
    assert say(member, idea, once="one-and-the-same") == first
    assert Remark.objects.count() == 1


@pytest.mark.parametrize(("text", "code"), [("  \n", "remark_empty"), ("好" * (LONGEST + 1), "remark_too_long")])
def test_what_says_nothing_or_too_much_is_refused_with_what_to_do(text: str, code: str) -> None:
    with pytest.raises(RemarkProblem) as refused:
        say(make_member(), make_idea(), text)
    assert refused.value.code == code


def test_nobody_drowns_the_others_in_one_minute() -> None:
    member, (_session, idea) = make_member(), on_a_running_session()
    for _ in range(MOST_IN_A_MINUTE):
        say(member, idea)
    with pytest.raises(RemarkProblem) as refused:
        say(member, idea)
    assert refused.value.code == "remarks_too_many"
    assert say(make_member(), idea).pk


def test_only_those_who_take_part_in_the_unit_say_something() -> None:
    idea = make_idea(is_open=True)
    for nobody in (make_viewer("observer"), make_viewer("leader", org=make_org("荷塘社区"))):
        with pytest.raises(PermissionDenied):
            add_remark(actor=nobody, idea=idea, text="好", once=str(uuid.uuid4()))
        with pytest.raises(PermissionDenied):
            endorse_idea(actor=nobody, idea=idea)


def test_a_remark_is_taken_back_by_its_author_or_taken_out_by_the_chair_and_keeps_its_place() -> None:
    chair, author = make_member(), make_member()
    session, idea = on_a_running_session(host=chair)
    mine, other = say(author, idea, "先试一个月。"), say(author, idea, "不合适的话。")
    with pytest.raises(PermissionDenied):
        withdraw_remark(actor=make_viewer(), remark=mine)
    withdraw_remark(actor=viewer_of(author.user), remark=mine)
    withdraw_remark(actor=viewer_of(chair.user), remark=other)
    withdraw_remark(actor=viewer_of(chair.user), remark=other)
    assert idea.remarks.filter(withdrawn_at=None).count() == 0
    assert [said.is_withdrawn for said in discussion_of_idea(make_viewer(), idea).remarks] == [True, True]
    told = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(told) == ["sharing.remark_withdrawn", "sharing.remark_taken_out"]
    session.refresh_from_db()
    assert session.live_version == 4


def test_phones_learn_of_a_remark_taken_out_that_was_written_before_the_session() -> None:
    session, idea = on_a_running_session()
    remark = make_remark(idea)
    assert remark.session is None
    withdraw_remark(actor=viewer_of(remark.author.user), remark=remark)
    session.refresh_from_db()
    assert session.live_version == 1


def test_an_endorsement_counts_once_and_can_be_taken_back() -> None:
    session, idea = on_a_running_session()
    friend = make_member(full_name="陆听荷")
    for _ in range(2):
        endorse_idea(actor=viewer_of(friend.user), idea=idea)
    one = discussion_of_idea(viewer_of(friend.user), idea)
    assert (one.endorsers, one.is_endorsed) == (("陆听荷",), True)
    take_endorsement_back(actor=viewer_of(friend.user), idea=idea)
    take_endorsement_back(actor=viewer_of(friend.user), idea=idea)
    assert not Endorsement.objects.exists()
    session.refresh_from_db()
    assert session.live_version == 4


def test_nobody_backs_her_own_suggestion() -> None:
    idea = make_idea()
    with pytest.raises(RemarkProblem):
        endorse_idea(actor=viewer_of(idea.proposer.user), idea=idea)


def test_what_was_said_is_read_by_a_number_of_queries_that_does_not_grow(django_assert_max_num_queries: object) -> None:
    talk = make_talk(state="ready", suggestions=("一", "二", "三"))
    colleagues = [make_member() for _ in range(4)]
    for suggestion in talk.suggestions.all():
        idea = make_idea(proposer=talk.author, suggestion=suggestion)
        for number in range(20):
            make_remark(idea, f"{number}", author=colleagues[number % 4])
        for colleague in colleagues:
            Endorsement.objects.create(idea=idea, member=colleague)
    viewer = make_viewer()
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # the fixture
        found = discussion_of(viewer, talk, newest=5)
        assert [said.author for one in found for said in one.remarks]
    assert [said.remark.text for said in found[0].remarks] == ["19", "18", "17", "16", "15"]
    assert (found[0].hidden, found[0].remark_count, len(found[0].endorsers)) == (15, 20, 4)
