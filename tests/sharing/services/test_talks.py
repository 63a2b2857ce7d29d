"""Talks: begun, saved by one window and another, handed in, followed by their ideas, taken back, deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_remark, make_session, make_talk
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.models import AgendaSlot, Evidence, Idea, Suggestion, Talk, TalkState
from wellspring.sharing.queries.talks import visible_talks
from wellspring.sharing.services.handing_in import hand_in_talk, take_talk_back
from wellspring.sharing.services.talk_words import SuggestionWords, words_of
from wellspring.sharing.services.talks import begin_talk, copy_talk, delete_talk, save_talk

pytestmark = pytest.mark.django_db


def author_of(talk: Talk) -> Viewer:
    return viewer_of(talk.author.user)


def save(talk: Talk, *, version: int | None = None, window: str = "one", **changes: object) -> Talk:
    words = replace(words_of(Talk.objects.get(pk=talk.pk)), **changes)
    talk.refresh_from_db()
    at = talk.version if version is None else version
    return save_talk(actor=author_of(talk), talk=talk, version=at, words=words, window=window)


def titles(talk: Talk) -> list[str]:
    return list(talk.suggestions.values_list("title", flat=True))


def handed_in(*suggestions: str) -> Talk:
    talk = make_talk(suggestions=suggestions or ("一", "二"))
    hand_in_talk(actor=author_of(talk), talk=talk, version=talk.version)
    return Talk.objects.get(pk=talk.pk)


def test_a_talk_begun_for_a_place_on_the_agenda_stands_there_once() -> None:
    member = make_member()
    slot = AgendaSlot.objects.create(session=make_session(), speaker=member)
    actor = viewer_of(member.user)
    talk = begin_talk(actor=actor, org=member.org, slot=slot)
    assert begin_talk(actor=actor, org=member.org, slot=slot) == talk
    slot.refresh_from_db()
    assert slot.talk == talk
    with pytest.raises(PermissionDenied):
        begin_talk(actor=make_viewer(), org=member.org, slot=slot)


def test_the_same_form_sent_twice_begins_and_copies_one_talk() -> None:
    member = make_member()
    actor = viewer_of(member.user)
    first = begin_talk(actor=actor, org=member.org, title="垃圾分类的难处")
    assert begin_talk(actor=actor, org=member.org, title="垃圾分类的难处") == first
    assert begin_talk(actor=actor, org=member.org, title="楼道堆物") != first
    copied = copy_talk(actor=actor, talk=first)
    assert copied != first
    assert copy_talk(actor=actor, talk=first) == copied
    save(copied, causes="上班族赶不上。")
    assert copy_talk(actor=actor, talk=first) != copied, "one that was written on is no second click"


def test_a_draft_is_seen_by_its_author_alone_and_handed_in_by_all_of_the_unit() -> None:
    talk, colleague = make_talk(), make_viewer()
    assert not visible_talks(colleague).exists()
    assert visible_talks(author_of(talk)).get() == talk
    hand_in_talk(actor=author_of(talk), talk=talk, version=0)
    assert visible_talks(colleague).get() == talk
    assert not visible_talks(make_viewer("leader", org=make_org("荷塘社区"))).exists()
    assert not visible_talks(make_viewer("observer")).exists()


def test_suggestions_are_kept_in_their_order_and_empty_ones_left_out() -> None:
    talk = make_talk(suggestions=("一", "二"))
    first, second = words_of(talk).suggestions
    save(talk, suggestions=(second, SuggestionWords(""), SuggestionWords("三", "细说"), first))
    assert titles(talk) == ["二", "三", "一"]
    kept = words_of(talk).suggestions
    assert {second.pk, first.pk} < {each.pk for each in kept}
    save(talk, suggestions=kept[1:2])
    assert titles(talk) == ["三"]


def test_a_second_window_is_told_what_the_first_saved_and_can_then_overwrite_it_knowingly() -> None:
    talk = make_talk(title="旧题目")
    save(talk, version=0, window="one", title="第一个窗口")
    with pytest.raises(ChangedMeanwhile) as told:
        save(talk, version=0, window="two", title="第二个窗口")
    assert [(each.now, each.wanted) for each in told.value.differences] == [("第一个窗口", "第二个窗口")]
    assert save(talk, version=told.value.version, window="two", title="第二个窗口").title == "第二个窗口"


def test_a_window_whose_answer_was_lost_goes_on_without_being_told_of_itself() -> None:
    talk = make_talk()
    save(talk, version=0, window="one", title="写到一半")
    assert save(talk, version=0, window="one", title="写完了").title == "写完了"


def test_saving_what_stands_already_is_no_conflict_and_no_new_version() -> None:
    talk = make_talk()
    save(talk, version=0, window="one", causes="上班早")
    again = save(talk, version=0, window="two")
    assert (again.version, again.causes) == (1, "上班早")


def test_nobody_else_saves_hands_in_or_deletes_a_talk() -> None:
    talk, leader = make_talk(), make_viewer("leader")
    for change in (
        lambda: save_talk(actor=leader, talk=talk, version=0, words=words_of(talk)),
        lambda: hand_in_talk(actor=leader, talk=talk, version=0),
        lambda: take_talk_back(actor=leader, talk=talk),
        lambda: delete_talk(actor=leader, talk=talk),
        lambda: copy_talk(actor=leader, talk=talk),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_handing_in_makes_an_idea_of_each_suggestion_once() -> None:
    talk = make_talk(suggestions=("一", "二"))
    ideas = hand_in_talk(actor=author_of(talk), talk=talk, version=0)
    assert hand_in_talk(actor=author_of(talk), talk=talk, version=0) == ideas
    assert [idea.title for idea in ideas] == ["一", "二"]
    talk.refresh_from_db()
    assert talk.state == TalkState.READY
    assert talk.handed_in_at is not None
    assert AuditEntry.objects.filter(action="sharing.talk_handed_in").count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": ""}, "talk_without_title"),
        ({"suggestions": ()}, "talk_without_suggestion"),
        ({"suggestions": ("",)}, "suggestion_without_title"),
    ],
)
def test_a_talk_without_title_or_suggestion_is_not_handed_in(fields: dict[str, object], code: str) -> None:
    talk = make_talk(**fields)  # type: ignore[arg-type]  # one of several
    Suggestion.objects.filter(talk=talk).update(details="怎么做")
    with pytest.raises(TalkProblem) as refused:
        hand_in_talk(actor=author_of(talk), talk=talk, version=0)
    assert refused.value.code == code


def test_what_was_saved_after_the_question_is_not_handed_in_unseen() -> None:
    talk = make_talk()
    save(talk, title="又改了")
    with pytest.raises(ChangedMeanwhile):
        hand_in_talk(actor=author_of(talk), talk=talk, version=0)


def test_ideas_follow_the_words_as_long_as_nobody_has_said_anything() -> None:
    talk = handed_in("一", "二")
    first, second = words_of(talk).suggestions
    save(talk, suggestions=(replace(second, title="二，改过"), SuggestionWords("三")))
    ideas = Idea.objects.filter(suggestion__talk=talk).order_by("suggestion__position")
    assert [idea.title for idea in ideas] == ["二，改过", "三"]
    assert not Suggestion.objects.filter(pk=first.pk).exists()
    talk.refresh_from_db()
    assert talk.handed_in_at is not None
    assert talk.saved_at > talk.handed_in_at
    assert AuditEntry.objects.filter(action="sharing.talk_changed").count() == 1


def test_a_discussed_suggestion_keeps_its_words_and_other_words_become_an_idea_of_their_own() -> None:
    talk = handed_in("一", "二")
    first, _second = words_of(talk).suggestions
    make_remark(Idea.objects.get(suggestion=first.pk), "好主意")
    for _ in range(2):
        save(talk, version=1, suggestions=(replace(first, title="一，改过"),))
    assert titles(talk) == ["一", "一，改过"]
    assert set(Idea.objects.values_list("title", flat=True)) == {"一", "一，改过"}
    save(talk, suggestions=words_of(talk).suggestions[1:])
    assert sorted(titles(talk)) == ["一", "一，改过"]


def test_a_talk_is_taken_back_until_somebody_says_something() -> None:
    talk = handed_in()
    take_talk_back(actor=author_of(talk), talk=talk)
    talk.refresh_from_db()
    assert (talk.state, talk.handed_in_at, Idea.objects.count()) == (TalkState.DRAFT, None, 0)
    ideas = hand_in_talk(actor=author_of(talk), talk=talk, version=talk.version)
    make_remark(ideas[0], "好主意")
    with pytest.raises(TalkProblem) as refused:
        take_talk_back(actor=author_of(talk), talk=talk)
    assert refused.value.code == "talk_discussed"
    with pytest.raises(TalkProblem):
        delete_talk(actor=author_of(talk), talk=talk)


def test_a_window_that_was_open_when_the_talk_was_handed_in_does_not_change_it_unasked() -> None:
    talk = make_talk()
    save(talk, version=0, window="one", causes="上班早")
    talk.refresh_from_db()
    hand_in_talk(actor=author_of(talk), talk=talk, version=talk.version)
    with pytest.raises(ChangedMeanwhile):
        save(talk, version=1, window="one", causes="上班早，下班晚")


def test_a_given_talk_stays_as_it_was() -> None:
    talk = make_talk(state=TalkState.GIVEN)
    with pytest.raises(TalkProblem) as refused:
        save(talk, title="事后改")
    assert refused.value.code == "talk_given_already"


def test_a_copy_has_words_and_evidence_and_is_a_draft_of_its_own() -> None:
    talk = make_talk(state=TalkState.GIVEN)
    Evidence.objects.create(talk=talk, title="议事亭里的长桌", note="第九次恳谈")
    copied = copy_talk(actor=author_of(talk), talk=talk)
    assert (copied.state, copied.title, titles(copied)) == (TalkState.DRAFT, talk.title, titles(talk))
    assert copied.evidence.get().note == "第九次恳谈"


def test_a_deleted_draft_leaves_its_place_on_the_agenda_empty() -> None:
    talk = make_talk()
    slot = AgendaSlot.objects.create(session=make_session(), speaker=talk.author, talk=talk)
    actor = author_of(talk)
    delete_talk(actor=actor, talk=talk)
    delete_talk(actor=actor, talk=talk)
    slot.refresh_from_db()
    assert slot.talk is None
    assert AuditEntry.objects.filter(action="sharing.talk_deleted").count() == 1
