"""The editor of a talk by its buttons alone, and what its script is answered."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.core.attachments import samples
from tests.library.factories import make_snapshot
from tests.people.factories import make_member
from tests.sharing.factories import make_idea, make_remark, make_session, make_talk
from tests.web.pages import parsed, words
from wellspring.sharing.models import AgendaSlot, Idea, Talk, TalkState

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"X-Autosave": "1", "HX-Request": "true"}


def client_of(talk: Talk) -> Client:
    client = Client()
    client.force_login(talk.author.user)
    return client


def filled(client: Client, talk: Talk, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the editor as it is shown."""
    page = parsed(client.get(f"/sharing/talks/{talk.pk}/edit/"))
    form = page.css_first("#talk-form")
    sent: dict[str, Any] = {}
    for field in form.css("input[name], textarea[name]"):
        value = field.attributes.get("value") or (field.text().removeprefix("\n") if field.tag == "textarea" else "")
        sent.setdefault(field.attributes["name"], []).append(value)
    return {**sent, "topic": "", **changes}


def titles(talk: Talk) -> list[str]:
    return list(talk.suggestions.values_list("title", flat=True))


def test_a_talk_begins_with_a_place_on_the_agenda_and_opens_the_editor() -> None:
    member = make_member()
    slot = AgendaSlot.objects.create(session=make_session(), speaker=member)
    client = Client()
    client.force_login(member.user)
    answer = client.post(f"/sharing/talks/new/?slot={slot.pk}", {"title": "误时投放怎么办", "topic": ""})
    slot.refresh_from_db()
    assert slot.talk is not None
    assert answer["Location"] == f"/sharing/talks/{slot.talk.pk}/edit/"
    assert client.get(f"/sharing/talks/new/?slot={slot.pk}")["Location"] == answer["Location"]


def test_nobody_begins_a_talk_where_every_unit_of_hers_is_closed() -> None:
    talk = make_talk()
    type(talk.org).objects.filter(pk=talk.org_id).update(closed_on="2025-01-01")
    assert client_of(talk).get("/sharing/talks/new/").status_code == 403


def test_its_buttons_save_move_add_and_remove_suggestions_without_a_script() -> None:
    talk = make_talk(suggestions=("一", "二"))
    client = client_of(talk)
    address = f"/sharing/talks/{talk.pk}/edit/"
    client.post(address, filled(client, talk, title="新题目", do="down:1"))
    talk.refresh_from_db()
    assert (talk.title, titles(talk)) == ("新题目", ["二", "一"])
    added = client.post(address, filled(client, talk, do="add"))
    page = parsed(client.get(added["Location"]))
    assert len(page.css("#talk-form [name=suggestion_title]")) == 3
    assert page.css_first("#suggestion-new") is not None
    client.post(address, filled(client, talk, do="remove:1"))
    assert titles(talk) == ["一"]
    assert client.post(address, filled(client, talk, do="evidence"))["Location"].endswith("/evidence/")
    assert client.post(address, filled(client, talk, do="hand_in"))["Location"].endswith("/hand-in/")


def test_what_is_too_long_is_told_and_everything_typed_stays() -> None:
    talk = make_talk()
    client = client_of(talk)
    sent = filled(client, talk, title="题" * 81, causes="上班早", suggestion_title=["建" * 81])
    answer = client.post(f"/sharing/talks/{talk.pk}/edit/", sent)
    page = parsed(answer)
    assert answer.status_code == 422
    assert page.css_first("[name=causes]").text().strip() == "上班早"
    assert page.css_first("[name=title]").attributes["value"] == "题" * 81
    assert page.css_first("[name=suggestion_title]").attributes["value"] == "建" * 81
    assert len(page.css(".error-summary li")) == 2


def test_the_second_window_is_shown_the_difference_and_its_text_stays() -> None:
    talk = make_talk(title="旧题目")
    client = client_of(talk)
    first, second = (filled(client, talk) for _ in range(2))
    client.post(f"/sharing/talks/{talk.pk}/edit/", {**first, "title": "第一个窗口"})
    answer = client.post(f"/sharing/talks/{talk.pk}/edit/", {**second, "title": "第二个窗口"})
    page = parsed(answer)
    assert answer.status_code == 422
    assert [words(page, tag) for tag in (".difference del", ".difference ins")] == ["第一个窗口", "第二个窗口"]
    sent = {**second, "title": "第二个窗口", "version": page.css_first("[name=version]").attributes["value"]}
    client.post(f"/sharing/talks/{talk.pk}/edit/", sent)
    talk.refresh_from_db()
    assert talk.title == "第二个窗口"


def test_its_script_is_told_version_and_ids_and_what_another_window_saved() -> None:
    talk = make_talk(title="旧题目")
    client = client_of(talk)
    address = f"/sharing/talks/{talk.pk}/edit/"
    first, second = (filled(client, talk) for _ in range(2))
    sent = {**first, "title": "写着", "suggestion_id": ["", ""], "suggestion_title": ["", "二"]}
    told = client.post(address, {**sent, "suggestion_details": ["", ""]}, headers=BY_SCRIPT).json()
    assert (told["version"], told["ids"]) == (1, [None, talk.suggestions.get().pk])
    again = client.post(address, {**first, "title": "又写"}, headers=BY_SCRIPT)
    assert again.status_code == 200
    clash = client.post(address, {**second, "title": "<b>别处</b>"}, headers=BY_SCRIPT)
    assert clash.status_code == 409
    assert clash.json()["version"] == 2
    assert "&lt;b&gt;别处" in clash.json()["html"]
    wrong = client.post(address, {**first, "title": "题" * 81}, headers=BY_SCRIPT)
    assert (wrong.status_code, len(wrong.json()["wrong"])) == (422, 1)


def test_its_script_learns_that_one_is_signed_out_or_the_talk_can_no_longer_be_saved() -> None:
    talk = make_talk()
    client = client_of(talk)
    address = f"/sharing/talks/{talk.pk}/edit/"
    sent = filled(client, talk)
    assert Client().post(address, sent, headers=BY_SCRIPT).status_code == 401
    Talk.objects.update(state=TalkState.GIVEN)
    assert client.post(address, sent, headers=BY_SCRIPT).status_code == 403
    talk.delete()
    assert client.post(address, sent, headers=BY_SCRIPT).status_code == 404


def test_handing_in_shows_what_is_missing_and_what_was_there_before() -> None:
    make_idea(title="在东门设误时投放点", status="declined", decision_reason="没有人清运")
    talk = make_talk(title="", suggestions=("楼道口设误时投放点",))
    client = client_of(talk)
    page = parsed(client.get(f"/sharing/talks/{talk.pk}/hand-in/"))
    assert "汇报还没有标题" in words(page, ".hand-in-missing")
    assert "没有人清运" in words(page, ".similar")
    assert page.css_first("form.form-foot button") is None
    assert client.post(f"/sharing/talks/{talk.pk}/hand-in/", {"version": talk.version}).status_code == 422
    Talk.objects.update(title="误时投放怎么办")
    for _ in range(2):
        answer = client.post(f"/sharing/talks/{talk.pk}/hand-in/", {"version": talk.version})
        assert answer["Location"] == f"/sharing/talks/{talk.pk}/"
    assert Idea.objects.filter(suggestion__talk=talk).count() == 1


def test_a_discussed_suggestion_cannot_be_written_over_in_the_editor() -> None:
    talk = make_talk(state="ready", suggestions=("一", "二"))
    ideas = [make_idea(proposer=talk.author, suggestion=each) for each in talk.suggestions.all()]
    make_remark(ideas[0])
    page = parsed(client_of(talk).get(f"/sharing/talks/{talk.pk}/edit/"))
    fields = page.css("#talk-form [name=suggestion_title]")
    assert ["readonly" in field.attributes for field in fields] == [True, False]
    assert page.css_first("#talk-form").attributes.get("data-autosaves", "no") == "no"


def test_evidence_is_searched_and_taken_and_the_search_stays() -> None:
    talk, snapshot = make_talk(), make_snapshot(title="议事亭里的长桌")
    client = client_of(talk)
    page = parsed(client.get(f"/sharing/talks/{talk.pk}/evidence/?q="))
    form = next(each for each in page.css("#evidence-found form"))
    back = form.css_first("[name=back]").attributes["value"]
    answer = client.post(form.attributes["action"], {"snapshot": snapshot.pk, "back": back})
    assert answer["Location"].startswith(f"/sharing/talks/{talk.pk}/evidence/?q=")
    shown = parsed(client.get(answer["Location"]))
    assert "议事亭里的长桌" in words(shown, ".evidence-list")
    assert "已选用" in words(shown, "#evidence-found")
    gone = client.post(form.attributes["action"], {"snapshot": 10**17}, follow=True)
    assert "已不在资讯库" in gone.content.decode()


def test_a_file_that_is_not_taken_is_explained_where_it_was_chosen() -> None:
    talk = make_talk()
    client = client_of(talk)
    address = f"/sharing/talks/{talk.pk}/evidence/upload/"
    refused = client.post(address, {"file": SimpleUploadedFile("a.svg", b"<svg/>"), "note": "记着"})
    page = parsed(refused)
    assert refused.status_code == 422
    assert page.css_first("#upload-note").attributes["value"] == "记着"
    assert page.css_first(".evidence-upload .field-errors") is not None
    taken = client.post(address, {"file": SimpleUploadedFile("a.jpg", samples.photo()), "note": ""}, headers=BY_SCRIPT)
    assert parsed(taken).css_first(".evidence-picture img") is not None


def test_every_page_of_a_talk_keeps_to_its_queries(django_assert_max_num_queries: Any) -> None:
    talk = make_talk(state="ready", suggestions=("一", "二", "三"))
    for each in talk.suggestions.all():
        idea = make_idea(proposer=talk.author, suggestion=each)
        for _ in range(10):
            make_remark(idea)
    client = client_of(talk)
    for address, most in ((f"/sharing/talks/{talk.pk}/", 18), (f"/sharing/talks/{talk.pk}/screen/", 10)):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_another_ones_draft_is_not_there() -> None:
    talk = make_talk()
    other = client_of(make_talk())
    for place in ("", "screen/", "edit/", "hand-in/", "delete/", "copy/", "evidence/", "similar/"):
        assert other.get(f"/sharing/talks/{talk.pk}/{place}").status_code == 404
    once = {"text": "好", "once": str(uuid.uuid4())}
    assert other.post(f"/sharing/talks/{talk.pk}/evidence/upload/", once).status_code == 404
