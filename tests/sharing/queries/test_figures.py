"""Figures of sessions and ideas: what is counted where, how long it takes, and who sees whom."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea, make_session, make_talk
from tests.web.pages import parsed
from wellspring.core.models import AuditEntry
from wellspring.people.models import Level, Member, OrgUnit
from wellspring.sharing.charts import columns
from wellspring.sharing.models import Attendance, Decision, Idea, IdeaStatus, SessionState, TalkState
from wellspring.sharing.queries.figures import Tally, figures_of
from wellspring.sharing.queries.speaking import speaking_balance
from wellspring.sharing.services.figures import export_figures

pytestmark = pytest.mark.django_db

SPAN = (date(2026, 1, 1), date(2026, 3, 31))


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def decided(idea: Idea, status: str, days: float, by: Member | None = None) -> None:
    moment = idea.proposed_at + timedelta(days=days)
    Decision.objects.create(idea=idea, status=status, decided_at=moment, decided_by=by.user if by else None)


def held_session(org: OrgUnit, when: datetime, *present: Member) -> None:
    session = make_session(org=org, starts_at=when, state=SessionState.HELD)
    for member in present:
        Attendance.objects.create(session=session, member=member)


def test_sessions_talks_and_ideas_are_counted_by_month_unit_and_state() -> None:
    home, beside = make_org("园东社区"), make_org("荷塘社区")
    member, other = make_member(org=home), make_member(org=beside)
    held_session(home, at(1, 7), member)
    make_session(org=home, starts_at=at(1, 8))
    make_talk(author=member, state=TalkState.GIVEN, given_at=at(1, 7))
    make_talk(author=member)
    make_idea(proposer=member, proposed_at=at(1, 31, 23), status=IdeaStatus.GOLDEN, is_golden=True)
    make_idea(proposer=member, proposed_at=at(2, 1, 0), status=IdeaStatus.REPORTED, is_golden=True)
    make_idea(proposer=member, proposed_at=at(4, 1, 0))
    make_idea(proposer=other, proposed_at=at(2, 1))
    figures = figures_of(make_viewer(org=home), SPAN)
    assert figures.total == Tally(sessions=1, attended=1, talks=1, ideas=2, golden=2, adopted=1, reported=1)
    assert [(month.month, tally.ideas) for month, tally in figures.by_month] == [(1, 1), (2, 1), (3, 0)]
    assert dict(figures.by_state)[IdeaStatus.REPORTED] == 1
    assert sum(count for _status, count in figures.by_state) == 2
    assert [unit for unit, _tally in figures.by_unit] == [home]


def test_waiting_is_the_median_of_what_people_decided() -> None:
    leader = make_member("leader")
    for days in (1, 3, 30):
        idea = make_idea(proposed_at=at(1, 5))
        decided(idea, "studying", days, leader)
        decided(idea, "adopted", days + 10, leader)
    alone = make_idea(proposed_at=at(1, 5))
    decided(alone, "collected", 2)
    figures = figures_of(make_viewer("leader"), SPAN)
    assert (figures.until_decided.days, figures.until_decided.count) == (3, 3)
    assert (figures.until_adopted.days, figures.until_adopted.count) == (13, 3)
    assert (figures.until_reported.days, figures.until_reported.count) == (None, 0)


def test_an_observer_of_the_subdistrict_sees_units_and_no_names() -> None:
    street = make_org("胜浦街道", level=Level.SUBDISTRICT)
    for name in ("园东社区", "荷塘社区"):
        make_idea(proposer=make_member(org=make_org(name, parent=street)), proposed_at=at(2, 2))
    observer = make_viewer("observer", org=street)
    assert [unit.name for unit, _tally in figures_of(observer, SPAN).by_unit] == ["园东社区", "荷塘社区"]
    home = make_org("园东社区", parent=street)
    assert [unit.name for unit, _tally in figures_of(observer, SPAN, home).by_unit] == ["园东社区"]
    assert speaking_balance(observer, home, SPAN) == []
    with pytest.raises(PermissionDenied):
        export_figures(actor=make_viewer("observer", org=make_org("唯亭街道")), span=SPAN, unit=home)


def test_speaking_is_shown_by_name_with_those_who_have_not_spoken() -> None:
    org = make_org()
    wang, an = make_member(org=org, full_name="王芳"), make_member(org=org, full_name="安宁")
    make_member("observer", org=org, full_name="顾督导")
    make_talk(author=wang, state=TalkState.GIVEN, given_at=at(2, 2))
    make_talk(author=wang, state=TalkState.GIVEN, given_at=at(6, 2))
    make_idea(proposer=wang, proposed_at=at(2, 2))
    rows = speaking_balance(make_viewer(org=org, full_name="周舟"), org, SPAN)
    shown = [(row.member.user.full_name, row.talks, row.last_on, row.ideas) for row in rows]
    assert shown == [("安宁", 0, None, 0), ("王芳", 1, date(2026, 6, 2), 1), ("周舟", 0, None, 0)]
    assert an.pk == rows[0].member.pk


def test_figures_cost_the_same_for_many_ideas(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    member = make_member()
    Idea.objects.bulk_create(
        Idea(org=member.org, proposer=member, title="错时投放", proposed_at=at(2, 2)) for _number in range(300)
    )
    viewer = make_viewer()
    with django_assert_max_num_queries(5):
        assert figures_of(viewer, SPAN).total.ideas == 300


def test_the_export_opens_as_it_was_counted_and_is_told() -> None:
    member = make_member(full_name="=1+1")
    make_idea(proposer=member, proposed_at=at(2, 2))
    content = export_figures(actor=make_viewer("leader"), span=SPAN, unit=member.org)
    book = load_workbook(io.BytesIO(content))
    months = list(book.worksheets[0].values)
    assert [row[4] for row in months[1:4]] == [0, 1, 0]
    people = list(book.worksheets[-1].values)
    assert any(row[0] == "'=1+1" for row in people)
    assert AuditEntry.objects.get(action="sharing.figures_exported").data["first"] == "2026-01-01"
    lines = export_figures(actor=make_viewer("leader"), span=SPAN, as_csv=True).decode("utf-8-sig").splitlines()
    assert lines[2].startswith("2026-02,0,0,0,1")


def test_the_page_shows_numbers_charts_and_their_table_and_tells_wrong_days() -> None:
    member = make_member()
    make_idea(proposer=member, proposed_at=at(2, 2))
    client = Client()
    client.force_login(member.user)
    tree = parsed(client.get("/sharing/figures/?since=2026-01-01&until=2026-03-31"))
    assert len(tree.css(".figures-columns rect")) == 1
    assert len(tree.css(".figures-table tbody tr")) == 3
    wrong = client.get("/sharing/figures/?since=2026-03-31&until=2026-01-01")
    assert wrong.status_code == 200
    assert parsed(wrong).css_first(".error-summary") is not None
    assert client.get("/sharing/figures/?since=0001-01-01&until=9999-12-31&unit=x").status_code == 200
    assert client.post("/sharing/figures/export/", {"as": "csv"})["Content-Type"].startswith("text/csv")


def test_the_tallest_column_reaches_the_top_and_none_leaves_the_drawing() -> None:
    chart = columns([("1", (0, 4)), ("2", (2, 1))])
    bars = [bar for group in chart.groups for bar in group.bars]
    assert max(bar.height for bar in bars) == chart.base - chart.top
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in bars)
    assert columns([]).most == 0
