"""Minutes: written by themselves, edited, signed off, as a Word file."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from tests.people.factories import make_member, make_viewer
from tests.plan.factories import make_item, make_plan
from tests.sharing.day import Day, make_day
from tests.sharing.factories import make_remark
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry
from wellspring.sharing.errors import DayProblem
from wellspring.sharing.minutes_word import word_file
from wellspring.sharing.models import Attendance, Decision, Idea, IdeaStatus, Minutes, SlotState
from wellspring.sharing.queries.minutes import minutes_of
from wellspring.sharing.services.minutes import reset_minutes, save_minutes, sign_minutes, take_signature_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    """A session that was held: the first spoke, the second was ill."""
    now = timezone.now()
    day = make_day(state="held", begun_at=now - timedelta(minutes=80), ended_at=now)
    first, second = day.slots
    first.begun_at, first.ended_at = now - timedelta(minutes=70), now - timedelta(minutes=50)
    first.save()
    second.state, second.state_reason = SlotState.ABSENT, "生病"
    second.save()
    return day


def idea_of(day: Day) -> Idea:
    return Idea.objects.get(suggestion__talk=day.slots[0].talk)


def test_minutes_write_themselves_from_what_happened(day: Day) -> None:
    idea = idea_of(day)
    make_remark(idea, "可以先在三号楼试。", author=day.host, session=day.session)
    make_remark(idea, "会后才想到的。", author=day.host)
    make_remark(idea, "说错了", author=day.host, session=day.session, withdrawn_at=timezone.now())
    Decision.objects.create(
        idea=idea, session=day.session, status=IdeaStatus.GOLDEN, reason="花钱少。", decided_by=day.host.user
    )
    make_item(
        plan=make_plan(org=day.session.org), goal="设三个误时投放点", owner=day.host,
        origin_kind="sharing.idea", origin_id=idea.pk,
    )  # fmt: skip
    Attendance.objects.create(session=day.session, member=day.host, takeaway="先试再推。")
    text = minutes_of(day.session).text
    for part in (
        "地点：二楼会议室", "主持人：徐静", "到场（1 人）：徐静", "一、", "徐静：可以先在三号楼试。",
        "决定：金点子。理由：花钱少。", "列入工作计划：设三个误时投放点", "没能到会（生病）",
        "有 1 位到场人员记下了收获",
    ):  # fmt: skip
        assert part in text, part
    for part in ("会后才想到的", "说错了", "先试再推"):
        assert part not in text, part


def test_two_hundred_remarks_are_told_in_short(day: Day, django_assert_max_num_queries: Any) -> None:
    for number in range(200):
        make_remark(idea_of(day), f"第{number}句", author=day.host, session=day.session)
    with django_assert_max_num_queries(12):
        text = minutes_of(day.session).text
    assert "另有 188 条发言" in text


def test_what_was_edited_stays_and_is_set_back_on_wish(day: Day) -> None:
    save_minutes(actor=day.chair, session=day.session, version=0, text="# 会议情况\r\n- 都到了\r\n")
    assert minutes_of(day.session).text == "# 会议情况\n- 都到了\n"
    reset_minutes(actor=day.chair, session=day.session)
    assert "地点：二楼会议室" in minutes_of(day.session).text


def test_the_second_of_two_editors_is_shown_the_difference(day: Day) -> None:
    save_minutes(actor=day.chair, session=day.session, version=0, text="# 会议情况\n- 都到了\n")
    with pytest.raises(ChangedMeanwhile) as told:
        save_minutes(actor=day.chair, session=day.session, version=0, text="# 会议情况\n- 缺一人\n")
    assert [(each.label, each.now, each.wanted) for each in told.value.differences] == [
        ("第 2 行", "- 都到了", "- 缺一人")
    ]
    save_minutes(actor=day.chair, session=day.session, version=told.value.version, text="# 会议情况\n- 缺一人\n")
    assert "缺一人" in minutes_of(day.session).text


def test_the_same_words_sent_twice_are_kept_once(day: Day) -> None:
    for _again in range(2):
        kept = save_minutes(actor=day.chair, session=day.session, version=0, text="- 都到了")
    assert kept.version == 1


def test_empty_minutes_are_not_kept(day: Day) -> None:
    with pytest.raises(DayProblem):
        save_minutes(actor=day.chair, session=day.session, version=0, text="  \n ")


def test_only_chair_and_leader_keep_the_minutes(day: Day) -> None:
    with pytest.raises(PermissionDenied):
        save_minutes(actor=make_viewer(), session=day.session, version=0, text="- 我写的")
    save_minutes(actor=make_viewer("leader"), session=day.session, version=0, text="- 书记写的")


def test_signed_minutes_stay_whatever_happens_after(day: Day) -> None:
    shown = minutes_of(day.session)
    sign_minutes(actor=day.chair, session=day.session, seal=shown.seal)
    make_remark(idea_of(day), "迟到的发言", author=day.host, session=day.session)
    assert minutes_of(day.session).text == shown.text
    for change in (
        lambda: save_minutes(actor=day.chair, session=day.session, version=1, text="- 改"),
        lambda: reset_minutes(actor=day.chair, session=day.session),
    ):
        with pytest.raises(DayProblem) as refused:
            change()
        assert refused.value.code == "minutes_signed"


def test_nobody_signs_what_she_did_not_read(day: Day) -> None:
    seal = minutes_of(day.session).seal
    make_remark(idea_of(day), "签发前的一句", author=day.host, session=day.session)
    with pytest.raises(DayProblem) as refused:
        sign_minutes(actor=day.chair, session=day.session, seal=seal)
    assert refused.value.code == "minutes_changed"
    assert not Minutes.objects.exists()


def test_minutes_of_a_running_session_are_not_signed() -> None:
    running = make_day()
    with pytest.raises(DayProblem) as refused:
        sign_minutes(actor=running.chair, session=running.session, seal=minutes_of(running.session).seal)
    assert refused.value.code == "session_not_over"


def test_a_signature_is_taken_back_with_a_reason_that_is_kept(day: Day) -> None:
    sign_minutes(actor=day.chair, session=day.session, seal=minutes_of(day.session).seal)
    with pytest.raises(DayProblem):
        take_signature_back(actor=day.chair, session=day.session, reason=" ")
    take_signature_back(actor=day.chair, session=day.session, reason="漏了一人")
    assert not minutes_of(day.session).is_signed
    assert AuditEntry.objects.get(action="sharing.minutes_opened").data == {"reason": "漏了一人"}


def test_the_word_file_has_styles_headings_and_chinese_fonts(day: Day) -> None:
    make_remark(idea_of(day), "可以先\x0b在三号楼试。", author=day.host, session=day.session)
    sign_minutes(actor=day.chair, session=day.session, seal=minutes_of(day.session).seal)
    paper = Document(io.BytesIO(word_file(minutes_of(day.session))))
    styles = {paragraph.style.name for paragraph in paper.paragraphs}
    assert {"Title", "Heading 1", "List Bullet"} <= styles
    assert paper.paragraphs[0].text.endswith("会议纪要")
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "在三号楼试。" in words
    assert "徐静 于" in words
    fonts = paper.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    assert [cell.text for cell in paper.tables[0].rows[0].cells] == ["主持人：", "记录人：", "日期："]
    table = next(part for part in paper.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    assert "仿宋_GB2312" in table.blob.decode()


def test_a_title_with_signs_that_xml_cannot_hold_goes_into_the_word_file(day: Day) -> None:
    day.session.title = "八月\x01分享\uffff会"
    make_remark(idea_of(day), "先试\ufffe一个月。", author=day.host, session=day.session)
    paper = Document(io.BytesIO(word_file(minutes_of(day.session))))
    assert "八月分享会" in paper.paragraphs[0].text
    assert "先试一个月。" in "\n".join(paragraph.text for paragraph in paper.paragraphs)


def test_the_pages_lead_from_reading_to_signing_and_back(day: Day, client: Client) -> None:
    client.force_login(day.host.user)
    page, edit, sign, again = (
        reverse(f"sharing:{name}", args=[day.session.pk])
        for name in ("minutes", "minutes_edit", "minutes_sign", "minutes_open")
    )
    save_minutes(actor=day.chair, session=day.session, version=0, text="- 先写的")
    late = client.post(edit, {"version": 0, "text": "- 后写的"})
    assert late.status_code == 422
    assert "先写的" in late.content.decode()
    assert "后写的" in late.content.decode()
    client.post(edit, {"version": 1, "text": "- 后写的"})
    shown = client.get(page)
    assert "后写的" in shown.content.decode()
    assert "签发" in client.post(sign, {"seal": minutes_of(day.session).seal}, follow=True).content.decode()
    assert edit not in client.get(page).content.decode()
    assert client.post(again, {"reason": ""}).status_code == 422
    client.post(again, {"reason": "漏了一人"})
    assert edit in client.get(page).content.decode()


def test_everybody_of_the_unit_takes_the_word_file_home(day: Day, client: Client) -> None:
    client.force_login(make_member().user)
    answer = client.get(reverse("sharing:minutes_word", args=[day.session.pk]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert Document(io.BytesIO(b"".join(answer))).paragraphs
