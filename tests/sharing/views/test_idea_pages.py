"""Pages of ideas: what stands on them for whom, and at what price."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from tests.sharing.long_idea import make_long_idea
from tests.web.pages import parsed, words
from wellspring.people.models import Level, Member
from wellspring.sharing.models import AgendaSlot, Idea, IdeaStatus, SessionState, StudyVersion
from wellspring.topics.models import Topic

pytestmark = pytest.mark.django_db


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def test_the_board_has_a_column_for_every_state_and_what_came_back_stands_first() -> None:
    worker = make_member()
    make_idea(title="先提的")
    make_idea(title="重提的", returned_at=timezone.now())
    make_idea(title="后提的")
    make_idea(title="金的", status=IdeaStatus.GOLDEN, is_golden=True)
    make_idea(proposer=make_member(org=make_org("荷塘社区")), title="别处的")
    tree = parsed(client_of(worker).get("/sharing/ideas/"))
    assert len(tree.css(".board-column")) == len(IdeaStatus)
    first = tree.css_first("#collected")
    assert [node.text() for node in first.css(".idea-card-title")] == ["重提的", "后提的", "先提的"]
    assert "3" in first.css_first(".tag-count").text()
    assert "别处的" not in tree.text()


def test_the_list_is_narrowed_by_state_proposer_words_and_days() -> None:
    worker, other = make_member(), make_member(full_name="范青")
    make_idea(title="错时投放", proposer=other, status=IdeaStatus.GOLDEN, is_golden=True)
    make_idea(title="楼道管家", proposer=worker)
    client = client_of(worker)

    def shown(query: str) -> list[str]:
        return [node.text() for node in parsed(client.get(f"/sharing/ideas/list/?{query}")).css("tbody th")]

    assert shown("status=golden") == ["错时投放"]
    assert shown(f"proposer={other.pk}") == ["错时投放"]
    assert shown("only=mine") == ["楼道管家"]
    assert shown("q=管家") == ["楼道管家"]
    assert shown("until=2020-01-01") == []
    assert len(shown("since=2020-13-77&status=nonsense&topic=x")) == 2
    assert len(shown("since=0001-01-01&until=9999-12-31")) == 2


def test_a_topic_that_was_merged_is_offered_no_more_and_its_ideas_are_found_by_the_other() -> None:
    worker = make_member()
    kept = Topic.objects.create(name="楼道治理", slug="stairs")
    old = Topic.objects.create(name="楼道堆物", slug="clutter", merged_into=kept)
    idea = make_idea(title="楼道管家", proposer=worker, topic=old)
    client = client_of(worker)
    listed = parsed(client.get(f"/sharing/ideas/list/?topic={kept.pk}"))
    assert [node.text() for node in listed.css("tbody th")] == ["楼道管家"]
    offered = parsed(client.get("/sharing/ideas/add/"))
    assert "楼道堆物" not in offered.css_first("select[name=topic]").text()
    changed = parsed(client.get(f"/sharing/ideas/{idea.pk}/change/"))
    assert changed.css_first("select[name=topic] option[selected]").text() == "楼道堆物", "what was chosen stays"


@pytest.mark.parametrize("count", [0, 200])
def test_the_page_of_an_idea_costs_the_same_however_much_was_said(
    django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    idea = make_long_idea(remarks=count, items=1)
    client = client_of(make_member("leader"))
    with django_assert_max_num_queries(19):
        assert client.get(f"/sharing/ideas/{idea.pk}/").status_code == 200
    with django_assert_max_num_queries(18):
        assert client.get(f"/sharing/ideas/{idea.pk}/trace/").status_code == 200


def test_board_and_list_cost_the_same_for_many_ideas(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    worker = make_member()
    for _number in range(40):
        make_remark(make_idea(proposer=worker), author=worker)
    client = client_of(worker)
    with django_assert_max_num_queries(7):
        assert len(parsed(client.get("/sharing/ideas/")).css(".idea-card")) == 12
    with django_assert_max_num_queries(8):
        assert len(parsed(client.get("/sharing/ideas/list/")).css("tbody tr")) == 30


def test_other_communities_read_an_open_idea_without_who_said_what() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    idea = make_long_idea(org=make_org("园东社区", parent=street), remarks=3)
    Idea.objects.filter(pk=idea.pk).update(is_open=True)
    StudyVersion.objects.filter(idea=idea).update(text="每月第三个周六上午")
    neighbour = client_of(make_member(org=make_org("荷塘社区", parent=street)))
    for address in (f"/sharing/ideas/{idea.pk}/", f"/sharing/ideas/{idea.pk}/trace/"):
        text = parsed(neighbour.get(address)).css_first("main").text()
        assert "3 条发言" in text
        assert "上官婉儿" not in text
        assert "每月第三个周六上午" in text
    page = parsed(neighbour.get(f"/sharing/ideas/{idea.pk}/"))
    assert page.css_first(f"a[href='/sharing/ideas/{idea.pk}/copy/']") is not None
    observer = parsed(client_of(make_member("observer", org=street)).get(f"/sharing/ideas/{idea.pk}/"))
    assert observer.css_first(f"a[href='/sharing/ideas/{idea.pk}/copy/']") is None
    assert "上官婉儿" not in observer.css_first("main").text()


def test_a_no_without_a_reason_comes_back_with_what_was_typed() -> None:
    idea = make_idea()
    client = client_of(make_member("leader"))
    address = f"/sharing/ideas/{idea.pk}/decide/"
    answer = client.post(address, {"version": 0, "status": "kept", "reason": "", "revisit_when": "腾出场地以后"})
    assert answer.status_code == 422
    tree = parsed(answer)
    assert "请写明理由" in words(tree, ".error-summary")
    assert tree.css_first("[name=revisit_when]").attributes["value"] == "腾出场地以后"


def test_who_decides_second_is_shown_the_first_decision_and_can_decide_anew() -> None:
    idea = make_idea()
    one, two = client_of(make_member("leader")), client_of(make_member("leader"))
    address = f"/sharing/ideas/{idea.pk}/decide/"
    assert one.post(address, {"version": 0, "status": "golden"}).status_code == 302
    answer = two.post(address, {"version": 0, "status": "declined", "reason": "经费不够"})
    tree = parsed(answer)
    assert answer.status_code == 422
    assert "金点子" in words(tree, ".difference")
    version = tree.css_first("[name=version]").attributes["value"]
    assert two.post(address, {"version": version, "status": "declined", "reason": "经费不够"}).status_code == 302
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.DECLINED


def test_a_season_becomes_the_day_on_which_the_idea_comes_back() -> None:
    idea = make_idea()
    sent = {"version": 0, "status": "kept", "reason": "天冷", "season": "spring"}
    client_of(make_member("leader")).post(f"/sharing/ideas/{idea.pk}/decide/", sent)
    idea.refresh_from_db()
    assert idea.revisit_on is not None
    assert (idea.revisit_on.month, idea.revisit_on.day, idea.revisit_when) == (3, 1, "入春")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_decision_leads_back_to_pages_of_ours_only(back: str) -> None:
    idea = make_idea()
    client = client_of(make_member("leader"))
    sent = {"version": 0, "status": "golden", "next": back}
    assert client.post(f"/sharing/ideas/{idea.pk}/decide/", sent)["Location"] == f"/sharing/ideas/{idea.pk}/"


def test_a_chair_decides_on_the_spot_and_comes_back_to_her_session() -> None:
    talk, host = make_talk(state="ready"), make_member()
    session = make_session(org=talk.org, host=host, state=SessionState.RUNNING)
    AgendaSlot.objects.create(session=session, speaker=talk.author, talk=talk)
    idea = make_idea(proposer=talk.author, suggestion=talk.suggestions.get())
    back = f"/sharing/sessions/{session.pk}/"
    answer = client_of(host).post(f"/sharing/ideas/{idea.pk}/decide/", {"version": 0, "status": "golden", "next": back})
    assert answer["Location"] == back
    assert idea.decisions.get().session == session


def test_the_study_shows_what_changed_between_any_two_versions() -> None:
    idea = make_idea(status=IdeaStatus.STUDYING)
    for number, text in enumerate(("七点到九点设岗", "七点到十点设岗", "七点到十点设岗，每周轮换"), 1):
        StudyVersion.objects.create(idea=idea, number=number, text=text, author=idea.proposer)
    client = client_of(idea.proposer)
    address = f"/sharing/ideas/{idea.pk}/study/"
    assert words(parsed(client.get(address)), ".compared ins") == "，每周轮换"
    both = parsed(client.get(f"{address}?first=3&second=1"))
    assert words(both, ".compared del") == "九点"
    assert client.get(f"{address}?first=x&second=99999999999999999999").status_code == 200


def test_who_writes_on_an_older_version_keeps_her_text_and_sees_the_difference() -> None:
    idea = make_idea(status=IdeaStatus.STUDYING)
    client = client_of(idea.proposer)
    address = f"/sharing/ideas/{idea.pk}/study/write/"
    StudyVersion.objects.create(idea=idea, number=1, text="七点到九点设岗", author=make_member())
    answer = client.post(address, {"version": 0, "text": "八点到九点设岗"})
    tree = parsed(answer)
    assert answer.status_code == 422
    assert tree.css_first("textarea[name=text]").text().strip() == "八点到九点设岗"
    assert (words(tree, ".compared del"), words(tree, ".compared ins")) == ("七点", "八点")
    sent: dict[str, Any] = {"version": 1, "text": "八点到九点设岗"}
    assert client.post(address, sent).status_code == 302
    assert idea.study_versions.count() == 2


def test_an_idea_goes_into_the_plan_by_its_form_and_back_is_one_click() -> None:
    idea = make_idea(status=IdeaStatus.GOLDEN, is_golden=True)
    client = client_of(make_member("leader"))
    address = f"/sharing/ideas/{idea.pk}/adopt/"
    tree = parsed(client.get(address))
    where = tree.css_first("[name=where] option").attributes["value"]
    once = tree.css_first("[name=once]").attributes["value"]
    assert tree.css_first("[name=goal]").attributes["value"] == idea.title
    sent = {
        "where": where,
        "once": once,
        "goal": idea.title,
        "owner": idea.proposer_id,
        "due_on": timezone.localdate().isoformat(),
    }
    assert client.post(address, {**sent, "due_on": "2026-02-30"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    page = parsed(client.get(f"/sharing/ideas/{idea.pk}/"))
    item = page.css_first(".idea-item a").attributes["href"]
    assert item is not None
    assert f"/sharing/ideas/{idea.pk}/" in client.get(item).content.decode()


def test_an_open_idea_is_copied_and_followed_by_its_page() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    idea = make_idea(proposer=make_member(org=make_org("园东社区", parent=street)), is_open=True)
    neighbour = make_member(org=make_org("荷塘社区", parent=street))
    client = client_of(neighbour)
    assert idea.title in parsed(client.get("/sharing/ideas/open/")).text()
    client.post(f"/sharing/ideas/{idea.pk}/follow/", {"follow": "yes"})
    assert idea.follows.get().user == neighbour.user
    answer = client.post(f"/sharing/ideas/{idea.pk}/copy/", {"org": neighbour.org_id})
    copy = idea.copies.get()
    assert answer["Location"] == f"/sharing/ideas/{copy.pk}/"
    assert "园东社区" in words(parsed(client.get(answer["Location"])), ".idea-facts")
